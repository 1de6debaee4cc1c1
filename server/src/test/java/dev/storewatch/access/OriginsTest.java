package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "https://dashboard.example.com, https://dashboard.example.com",
    "' HTTPS://Dashboard.example.com:443/ ', https://dashboard.example.com",
    "http://localhost:80, http://localhost",
    "http://localhost:443, http://localhost:443",
    "http://[::1]:3000, http://[::1]:3000",
  })
  void areAsBrowsersSendThem(String given, String origin) {
    assertThat(Origins.checked(List.of(given))).containsExactly(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "null",
        "dashboard.example.com",
        "https://*.example.com",
        "https://dashboard.example.com/page",
        "https://user@dashboard.example.com",
        "ftp://dashboard.example.com",
        "https://",
        "https://[",
        "https://[::1",
        "https://a:b",
      })
  void areNothingElse(String given) {
    assertThatThrownBy(() -> Origins.checked(List.of(given)))
        .isInstanceOf(WrongInput.class)
        .hasMessageStartingWith("storewatch.access.cors-origins has '%s'", given)
        .hasMessageContaining("for example https://dashboard.example.com");
  }
}
