package dev.storewatch.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;

final class OutgoingSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.example.com",
        "http://example.com",
        "example.com:8080",
        "10.1.0.0/33",
        "10.1.0/16",
        "10.1",
        "2130706433.0",
        "fd00::/129",
        "a b",
        "10.1.0.0/-1"
      })
  void refuseWhatNamesNoHostAndNoNetwork(String entry) {
    assertThatThrownBy(() -> OutgoingSettings.allowing(entry))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("storewatch.outgoing.allowed has '%s'".formatted(entry))
        .hasMessageContaining("for example intranet.example.com, 10.1.2.3 or 10.1.0.0/16");
  }

  @ParameterizedTest
  @ValueSource(strings = {" Intranet ", "a.example.com", "10.1.2.3", "10.0.0.0/8", "fd00::/8"})
  void takeNamesAndNetworks(String entry) {
    assertThat(OutgoingSettings.allowing(entry).allowed())
        .containsExactly(entry.strip().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "-1s", "301s"})
  void refuseTimesThatAreNoGood(String time) {
    Duration timeout = DurationStyle.detectAndParse(time);
    assertThatThrownBy(() -> new OutgoingSettings(List.of(), timeout, null))
        .hasMessageContaining("storewatch.outgoing.connect-timeout is")
        .hasMessageContaining("for example 10s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "x\r\nHost: y", "(x)"})
  void refuseContactsThatAreNoPartOfAHeader(String contact) {
    assertThatThrownBy(() -> new OutgoingSettings(List.of(), Duration.ofSeconds(1), contact))
        .hasMessageContaining("storewatch.outgoing.contact is");
  }
}
