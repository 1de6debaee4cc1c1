package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/x",
        "jdbc:postgresql://db/x?user=ann&password=secret",
        "jdbc:postgresql://ann:secret@db/x?ssl=true",
        "jdbc:postgresql://ann:p@secret@db/x",
      })
  void showNothingThatIsSecret(String url) {
    DatabaseSettings settings = DatabaseSettings.of(url, "ann", "secret");

    assertThat(settings.address()).isEqualTo("jdbc:postgresql://db/x");
    assertThat(settings).hasToString("DatabaseSettings[jdbc:postgresql://db/x]");
  }

  @Test
  void doNotRepeatAnAddressThatIsNone() {
    assertThatThrownBy(() -> DatabaseSettings.of("postgres://ann:secret@db/x", null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has to begin with jdbc:postgresql:")
        .hasMessageNotContaining("secret");
  }

  @Test
  void giveWhatIsKnownAlone() {
    Map<String, String> known = new TreeMap<>();
    DatabaseSettings.of("jdbc:postgresql://db/x", null, "secret").forEach(known::put);

    assertThat(known)
        .containsExactly(
            Map.entry("storewatch.database.password", "secret"),
            Map.entry("storewatch.database.url", "jdbc:postgresql://db/x"));
    DatabaseSettings.inDataFolder()
        .forEach(
            (name, value) -> {
              throw new AssertionError(name);
            });
  }

  @Test
  void nameTheDatabaseForPeople(@TempDir Path path) {
    try (DataFolder folder = DataFolder.take(path, "test")) {
      assertThat(DatabaseSettings.inDataFolder().nameOr(folder))
          .isEqualTo(path.toAbsolutePath().normalize().toString());
      assertThat(DatabaseSettings.of("jdbc:postgresql://db/x?a=b", null, null).nameOr(folder))
          .isEqualTo("jdbc:postgresql://db/x");
    }
  }
}
