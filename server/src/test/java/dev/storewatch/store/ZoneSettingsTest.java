package dev.storewatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.hours.ZoneTable;
import dev.storewatch.setting.BadSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZoneSettingsTest {
  @Test
  void areTheRulesOfTheProgramUnlessOthersAreAskedFor() {
    assertThat(ZoneSettings.table("bundled")).isSameAs(ZoneTable.bundled());
    assertThat(ZoneSettings.table(" Bundled ")).isSameAs(ZoneTable.bundled());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "sytem", "/not/there", "a\0b", "/"})
  void sayWhatWouldBeRight(String rules) {
    assertThatThrownBy(() -> ZoneSettings.table(rules))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith("storewatch.zone-rules ")
        .hasMessageEndingWith(
            "use bundled, system, or a folder of TZif files, for example /usr/share/zoneinfo");
  }

  @Test
  void tellOfNewerRules() {
    assertThat(ZoneSettings.notices("2026f", "2026f", "2026f")).isEmpty();
    assertThat(ZoneSettings.notices("2026f", "2026f", "2025b")).isEmpty();
    assertThat(ZoneSettings.notices("unknown", "2026f", "2026g")).isEmpty();
    assertThat(ZoneSettings.notices("2026f", "2026f", "2026g"))
        .containsExactly(
            "this machine has newer rules of time zones (2026g in /usr/share/zoneinfo) than those"
                + " in use (2026f): use them by storewatch.zone-rules system, or a newer version of"
                + " this program");
    assertThat(ZoneSettings.notices("2025b", "2026f", "2025b"))
        .containsExactly(
            "the rules of time zones in use (2025b) are older than those of the program (2026f):"
                + " use these by storewatch.zone-rules bundled");
  }

  @Test
  void tellOfWhatWasMadeByOthers() {
    String now = ZoneTable.inUse().version();

    assertThat(ZoneSettings.differing(now)).isNull();
    assertThat(ZoneSettings.differing("2026a"))
        .isEqualTo(
            "made by the rules 2026a of time zones, those in use now are %s: make it again to have them"
                .formatted(now));
    assertThat(ZoneSettings.differing(null)).startsWith("made by unknown rules of time zones, ");
  }
}
