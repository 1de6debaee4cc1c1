package dev.storewatch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearIdsTest {
  @ParameterizedTest
  @CsvSource({
    "123.0, 123",
    "123.00, 123",
    "00123, 123",
    "'12 3 ', 123",
    "0, 0",
    "000, 0",
    "0.0, 0",
    "1.50, 1.50",
    "a.0, a.0",
    ".0, .0",
    "100, 100",
    "1 2, 12"
  })
  void bringsIdsIntoANormalForm(String id, String normal) {
    assertThat(NearIds.normal(id)).isEqualTo(normal);
  }
}
