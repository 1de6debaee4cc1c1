package dev.storewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.setting.BadSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretKeysTest {
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String OTHER = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

  @TempDir private Path folder;

  private static AlertSettings settings(@Nullable String key, String... old) {
    return new AlertSettings(key, List.of(old), Duration.ofDays(3), Duration.ofDays(30));
  }

  @Test
  void opensWhatItSealedAndNothingElse() {
    SecretKey key = new SecretKeys(settings(KEY), null).inUse();
    SecretKey other = new SecretKeys(settings(OTHER), null).inUse();

    String sealed = key.seal("open ✓ sesame", "here");

    assertThat(sealed).startsWith("v1:" + key.id() + ":").doesNotContain("sesame");
    assertThat(key.seal("open ✓ sesame", "here")).isNotEqualTo(sealed);
    assertThat(key.open(sealed, "here")).contains("open ✓ sesame");
    assertThat(key.open(sealed, "there")).isEmpty();
    assertThat(other.open(sealed, "here")).isEmpty();
    assertThat(other.open(sealed.replace(key.id(), other.id()), "here")).isEmpty();
    for (String broken :
        List.of("", "v1", "v1:x:y", sealed.replace("v1:", "v2:"), sealed.substring(0, 40))) {
      assertThat(key.open(broken, "here")).isEmpty();
    }
    char last = sealed.charAt(30);
    String changed = sealed.substring(0, 30) + (last == 'A' ? 'B' : 'A') + sealed.substring(31);
    assertThat(key.open(changed, "here")).isEmpty();
    assertThat(key.toString()).doesNotContain(KEY);
  }

  @Test
  void makesAKeyOnceThatItsOwnerAloneCanRead() throws IOException {
    SecretKeys keys = new SecretKeys(settings(null), folder);
    assertThat(keys.all()).isEmpty();

    SecretKey made = keys.inUse();

    assertThat(new SecretKeys(settings(null), folder).inUse().id()).isEqualTo(made.id());
    Path file = folder.resolve("alerts.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file).strip()).hasSize(44);
  }

  @Test
  void readsKeysFromFilesWithTheOneInUseFirst() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), OTHER + "\n");
    SecretKeys keys = new SecretKeys(settings("file:" + file, KEY), folder);

    assertThat(keys.all())
        .extracting(SecretKey::id)
        .containsExactly(
            new SecretKeys(settings(OTHER), null).inUse().id(),
            new SecretKeys(settings(KEY), null).inUse().id());
    assertThat(folder.resolve("alerts.key")).doesNotExist();
  }

  @Test
  void opensWithTheKeyOfTheFolderToo() {
    SecretKey made = new SecretKeys(settings(null), folder).inUse();

    assertThat(new SecretKeys(settings(KEY), folder).all())
        .extracting(SecretKey::id)
        .contains(made.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "MDEyMzQ1Njc4OWFiY2RlZg==", "not base64!", "file:/no/such/file"})
  void saysHowToMakeAKeyInsteadOfOneThatIsNone(String wrong) {
    assertThatThrownBy(() -> new SecretKeys(settings(wrong), folder))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("storewatch.alerts.key")
        .hasMessageContaining("openssl rand -base64 32");
    assertThatThrownBy(() -> new SecretKeys(settings(KEY, wrong), folder))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("storewatch.alerts.old-keys");
  }

  @Test
  void doesNotMakeAnotherKeyInThePlaceOfOneThatIsBroken() throws IOException {
    Files.writeString(folder.resolve("alerts.key"), "broken");

    assertThatThrownBy(() -> new SecretKeys(settings(null), folder).inUse())
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("put back the one that was there");
  }

  @Test
  void makesNoKeyThatOtherServersCouldNotHave() {
    assertThatThrownBy(() -> new SecretKeys(settings(null), null).inUse())
        .isInstanceOf(SecretKeys.Missing.class)
        .hasMessageContaining("openssl rand -base64 32")
        .hasMessageContaining("STOREWATCH_ALERTS_KEY");
  }

  @Test
  void refusesDurationsThatCannotBe() {
    assertThatThrownBy(() -> new AlertSettings(null, List.of(), Duration.ZERO, Duration.ofDays(30)))
        .hasMessageContaining("storewatch.alerts.give-up-after is PT0S")
        .hasMessageContaining("for example P3D");
    assertThat(settings(KEY, OTHER).toString()).doesNotContain(KEY, OTHER);
  }
}
