package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of all settings in the documentation for users. */
final class SettingsTableTest {
  @Test
  void isWhatTheProgramReads() throws IOException {
    GeneratedDocs.check("settings", SettingsTableTest.class, table(AllSettings.read()));
  }

  @Test
  void namesEverySettingWithItsMeaning() throws IOException {
    List<AllSettings.Setting> settings = AllSettings.read();

    assertThat(settings)
        .extracting(AllSettings.Setting::name)
        .contains(
            "storewatch.report-retention",
            "storewatch.late-close-as-midnight",
            "storewatch.limits.stores",
            "storewatch.access.oidc.issuer")
        .doesNotHaveDuplicates();
    assertThat(settings)
        .allSatisfy(
            setting ->
                assertThat(setting.meaning())
                    .as("the @param of " + setting.name() + " in " + setting.source())
                    .isNotBlank());
  }

  private static String table(List<AllSettings.Setting> settings) {
    StringBuilder table = new StringBuilder("| setting | default | |\n| --- | --- | --- |\n");
    for (AllSettings.Setting setting : settings) {
      table.append(
          "| `%s` | %s | %s |\n"
              .formatted(setting.name(), standard(setting.standard()), words(setting.meaning())));
    }
    return table.toString();
  }

  private static String standard(@Nullable String value) {
    return value == null ? "none" : "`" + value + "`";
  }

  /** Returns a text of a comment as Markdown has it. */
  private static String words(@Nullable String comment) {
    return String.valueOf(comment)
        .replaceAll("\\{@code\\s+([^}]*)}", "`$1`")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|");
  }
}
