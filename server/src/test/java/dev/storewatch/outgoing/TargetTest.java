package dev.storewatch.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://example.com/a | does not begin with http",
        "file:///etc/passwd | does not begin with http",
        "example.com/a | does not begin with http",
        "//example.com/a | does not begin with http",
        "https:/a | has no host",
        "https://user:secret@example.com/ | has a name or a password",
        "https://user@/ | has a name or a password",
        "http://0177.0.0.1./ | has no host",
        "http://127.1/ | has no host",
        "https://example.com:0/ | has a port that is none",
        "https://example.com:65536/ | has a port that is none",
        "https://exa mple.com/ | is no address",
      })
  void refusesWhatCannotBeAsked(String text, String fault) {
    assertThatThrownBy(() -> Target.parse("url", text))
        .isInstanceOf(WrongInput.class)
        .hasMessageStartingWith("url " + fault)
        .hasMessageEndingWith("use for example https://example.com/polls.csv")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThatThrownBy(() -> Target.parse("url", "https://example.com/" + "a".repeat(2_000)))
        .hasMessage("url has 2020 letters: use at most 2000");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/a?b=c#d,https://example.com/a?b=c",
    "HTTP://[2606:4700::1]:8080/,HTTP://[2606:4700::1]:8080/",
    "' https://example.com',https://example.com"
  })
  void readsTheOthers(String text, String read) {
    assertThat(Target.parse("url", text)).hasToString(read);
  }
}
