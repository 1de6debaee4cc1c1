package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyTextTest {
  @Test
  void isReadBackFromWhatItsOwnerWasShown() {
    KeyText key = KeyText.random();

    assertThat(KeyText.parse(key.reveal())).contains(key);
    assertThat(KeyText.parse(" " + key.reveal() + "\n")).contains(key);
  }

  @Test
  void isNeverTheSameTwice() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      KeyText key = KeyText.random();
      assertThat(seen.add(key.id())).isTrue();
      assertThat(seen.add(key.secret())).isTrue();
    }
  }

  @Test
  void matchesTheHashOfItsOwnSecretAlone() {
    KeyText key = KeyText.random();

    assertThat(key.matches(key.secretHash())).isTrue();
    assertThat(key.secretHash()).hasSize(64).doesNotContain(key.secret());
    assertThat(new KeyText(key.id(), KeyText.random().secret()).matches(key.secretHash()))
        .isFalse();
  }

  @Test
  void showsItsPublicPartAloneInMessages() {
    KeyText key = KeyText.random();

    assertThat(key.toString()).contains(key.id()).doesNotContain(key.secret());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sw_",
        "sw_short_short",
        "sw_0123456789AB_",
        "xx_0123456789AB_0123456789012345678901234567890123456789012",
        "sw_0123456789AB_01234567890123456789012345678901234567890123",
        "sw_0123456789A'_0123456789012345678901234567890123456789012",
      })
  void isNothingElse(String text) {
    assertThat(KeyText.parse(text)).isEmpty();
  }
}
