package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommonPasswordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "Password!2024",
        "P@ssw0rd2024!",
        "passwordpassword",
        "PasswordPassword1!",
        "qwertyuiop123",
        "123456789012",
        "098765432109",
        "abcdefghijkl",
        "abcabcabcabc",
        "111monkey111",
        "!!!!iloveyou!!!!",
        "m0nk3y-------",
      })
  void areRefused(String password) {
    assertThat(CommonPasswords.isLike(password)).isTrue();
    assertThatThrownBy(() -> User.checkPassword("ann", password))
        .hasMessage("this password is easily guessed: four random words make a good one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "four random words here",
        "monkey dragon master shadow",
        "correct horse battery staple",
        "kQ7#vLp2!xZ9",
        "trombone-lamp-7-fiddle",
        "\u03B1\u03B2\u03B3 \u03B4\u03B5\u03B6 lamp trombone",
      })
  void areNotThoseThatAreLongForOtherReasons(String password) {
    assertThat(CommonPasswords.isLike(password)).isFalse();
    User.checkPassword("ann", password);
  }
}
