package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "127.0.0.1",
        "127.255.0.9",
        "::1",
        "[::1]",
        "0:0:0:0:0:0:0:1",
      })
  void areThisMachineByTheNamesThatMeanNothingElse(String host) {
    assertThat(Hosts.isLoopback(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost.example.com",
        "my-localhost",
        "127.0.0.1.example.com",
        "127.0.0",
        "1127.0.0.1",
        "128.0.0.1",
        "0.0.0.0",
        "::",
        "::2",
        "[::1",
      })
  void areNotThisMachineByNamesThatAnybodyCanOwn(String host) {
    assertThat(Hosts.isLoopback(host)).isFalse();
  }

  @Test
  void areNotThisMachineWithoutAName() {
    assertThat(Hosts.isLoopback(null)).isFalse();
  }

  @Test
  void areComparedWithoutBracketsAndInLowerCase() {
    assertThat(Hosts.bare("[FE80::1]")).isEqualTo("fe80::1");
    assertThat(Hosts.bare("Uptime.Example.COM")).isEqualTo("uptime.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uptime.example.com",
        "uptime.example.com.",
        "store_watch",
        "b\u00FCro",
        "10.0.0.7",
        "fe80::1",
        "[2001:db8::7]"
      })
  void areNamesOfOneHost(String host) {
    assertThat(settings(host).hosts()).containsExactly(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*.example.com",
        "",
        " ",
        "https://uptime.example.com",
        "uptime.example.com:8000",
        "uptime.example.com/",
        "a b",
        "a,b",
        ".example.com",
        "0.0.0.0",
        "::",
        "[::]"
      })
  void areNoPatternsAndNoAddresses(String host) {
    assertThatThrownBy(() -> settings(host))
        .hasMessageStartingWith("storewatch.access.hosts has '%s'", host.strip())
        .hasMessageContaining("for example storewatch.example.com");
  }

  private static AccessSettings settings(String host) {
    return new AccessSettings(List.of(host), List.of(), false, 200, 20, Duration.ofHours(8), null);
  }
}
