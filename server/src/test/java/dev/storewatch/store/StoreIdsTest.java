package dev.storewatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreIdsTest {
  private static String problemOfBytes(String id) {
    byte[] line = ("x," + id + ",y").getBytes(StandardCharsets.UTF_8);
    return String.valueOf(StoreIds.problem(line, 2, line.length - 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "8419537941919820732", " a b ", "a,\"b\"", "Łódź/7", "\u00A0", "店"})
  void mayBeAnyPrintableText(String id) {
    assertThat(StoreIds.problem(id)).isNull();
    assertThat(problemOfBytes(id)).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({"'',empty", "'a\tb',control", "'a\u007F',control", "'a\u0085',control"})
  void mayNotBeEmptyOrHoldControlCharacters(String id, String problem) {
    assertThat(StoreIds.problem(id)).contains(problem);
    assertThat(problemOfBytes(id)).contains(problem);
  }

  @Test
  void mayNotHoldHalfOfACharacter() {
    assertThat(StoreIds.problem("a\ud83d")).contains("half of a character");
  }

  @Test
  void areAsLongAsTheirBytes() {
    assertThat(StoreIds.problem("店".repeat(85) + "a")).isNull();
    assertThat(StoreIds.problem("店".repeat(85) + "ab")).contains("longer than 256 bytes");
    assertThat(problemOfBytes("a".repeat(256))).isEqualTo("null");
    assertThat(problemOfBytes("a".repeat(257))).contains("longer than 256 bytes");
  }
}
