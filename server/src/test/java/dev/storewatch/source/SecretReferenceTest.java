package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Request;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretReferenceTest {
  private static final Request GET = Request.get(URI.create("https://example.com/"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "env:PATH",
        "env:AWS_SECRET_ACCESS_KEY",
        "env:STOREWATCH_SECRET_",
        "env:storewatch_secret_a",
        "file:/etc/passwd",
        "file:../passwd",
        "file:a/b",
        "file:.a",
        "file:",
        "http://a/",
        ""
      })
  void refusesWhatIsNoReferenceToASecretOfSources(String text) {
    assertThatThrownBy(() -> SecretReference.parse(text))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("for example env:STOREWATCH_SECRET_CHAIN")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void readsVariablesAndFiles(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("chain"), "s3cret\n");
    SecretReference file = SecretReference.parse("file:chain");
    SecretReference variable = SecretReference.parse("env:STOREWATCH_SECRET_A");
    assertThat(file.read(name -> null, folder)).isEqualTo("s3cret");
    assertThat(variable.read(name -> name.equals("STOREWATCH_SECRET_A") ? "x" : null, null))
        .isEqualTo("x");
    assertThat(variable).hasToString("env:STOREWATCH_SECRET_A");
  }

  @Test
  void saysWhatIsMissing(@TempDir Path folder) throws Exception {
    SecretReference file = SecretReference.parse("file:chain");
    SecretReference variable = SecretReference.parse("env:STOREWATCH_SECRET_A");
    assertThatThrownBy(() -> variable.read(name -> null, folder))
        .hasMessage("the environment of the server has no STOREWATCH_SECRET_A");
    assertThatThrownBy(() -> file.read(name -> null, null)).hasMessageContaining("chain");
    Files.writeString(folder.resolve("chain"), " \n");
    assertThatThrownBy(() -> file.read(name -> null, folder))
        .isInstanceOf(SecretReference.Missing.class);
  }

  @Test
  void isSentInSeveralWays() {
    assertThat(SentAs.parse("Bearer").on(GET, "a").headers())
        .containsEntry("Authorization", "Bearer a");
    assertThat(SentAs.parse("basic").on(GET, "ann:pw").headers())
        .containsEntry("Authorization", "Basic YW5uOnB3");
    assertThat(SentAs.parse("X-Api-Key").on(GET, "a").headers()).containsEntry("X-Api-Key", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "X-A: b", "Host", "content-length", "é"})
  void isNotSentInAnyOther(String text) {
    assertThatThrownBy(() -> SentAs.parse(text))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("for example X-Api-Key");
  }
}
