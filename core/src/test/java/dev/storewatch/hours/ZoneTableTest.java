package dev.storewatch.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTableTest {
  private static final ZoneTable TABLE = ZoneTable.bundled();
  private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2041-01-01T00:00:00Z");

  @Test
  void isOfAReleaseWithTheRulesOfTheWinterOf2026() {
    assertThat(TABLE.version()).isGreaterThanOrEqualTo("2026f");
    assertThat(offset("America/Vancouver", "2026-12-01T00:00:00Z")).isEqualTo(-7);
    assertThat(offset("America/Edmonton", "2026-12-01T00:00:00Z")).isEqualTo(-6);
    assertThat(offset("America/Winnipeg", "2026-12-01T00:00:00Z")).isEqualTo(-5);
    assertThat(offset("America/New_York", "2026-12-01T00:00:00Z")).isEqualTo(-5);
  }

  @Test
  void hasTheOldNamesToo() {
    assertThat(TABLE.names()).contains("EST", "MST", "HST", "ROC", "US/Eastern", "Asia/Calcutta");
    assertThat(TABLE.names()).doesNotContain("PST", "Factory", "localtime", "SystemV/PST8");
    assertSameOffsets("EST", "America/Panama");
    assertSameOffsets("MST", "America/Phoenix");
    assertSameOffsets("HST", "Pacific/Honolulu");
    assertSameOffsets("ROC", "Asia/Taipei");
  }

  private static void assertSameOffsets(String one, String other) {
    assertThat(changes(TABLE.zone(one))).isEqualTo(changes(TABLE.zone(other)));
  }

  @Test
  void agreesWithAnotherTableMadeFromTheSameRelease() throws IOException {
    assertThat(jodaRelease()).startsWith(TABLE.version());
    Set<String> common = new TreeSet<>(TABLE.names());
    common.retainAll(DateTimeZone.getAvailableIDs());
    assertThat(common).hasSizeGreaterThan(590);
    for (String name : common) {
      assertThat(changes(TABLE.zone(name)))
          .as("changes of the clocks of %s from 1970 to 2040", name)
          .isEqualTo(changes(DateTimeZone.forID(name)));
    }
  }

  /** Joda-Time says it in the manifest alone. */
  private static String jodaRelease() throws IOException {
    Path jar =
        Path.of(DateTimeZone.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = Objects.requireNonNull(file.getManifest());
      return Objects.requireNonNull(
          manifest.getMainAttributes().getValue("Time-Zone-Database-Version"));
    }
  }

  private static List<String> changes(Zone zone) {
    long at = Micros.of(FROM);
    List<String> changes = new ArrayList<>(List.of(Long.toString(zone.offset(at) / 1_000)));
    for (var next = zone.nextChange(at);
        next.isPresent() && next.getAsLong() < Micros.of(TO);
        next = zone.nextChange(next.getAsLong())) {
      long change = next.getAsLong();
      changes.add(Micros.toInstant(change) + " " + zone.offset(change) / 1_000);
    }
    return changes;
  }

  private static List<String> changes(DateTimeZone zone) {
    long at = FROM.toEpochMilli();
    List<String> changes = new ArrayList<>(List.of(Integer.toString(zone.getOffset(at))));
    for (long next = zone.nextTransition(at);
        next != at && next < TO.toEpochMilli();
        next = zone.nextTransition(at)) {
      // Joda-Time also tells of changes of the name alone.
      if (zone.getOffset(next) != zone.getOffset(at)) {
        changes.add(Instant.ofEpochMilli(whole(zone, next)) + " " + zone.getOffset(next));
      }
      at = next;
    }
    return changes;
  }

  /**
   * Bangladesh ended its summer time of 2009 at 24:00, which Joda-Time has as the last millisecond
   * of the day.
   */
  private static long whole(DateTimeZone zone, long change) {
    boolean isLate = Set.of("Asia/Dacca", "Asia/Dhaka").contains(zone.getID());
    return isLate ? Math.ceilDiv(change, 1_000L) * 1_000 : change;
  }

  @Test
  void takesALocalTimeInTheGapForItsEndAndARepeatedOneForTheFirst() {
    assertThat(resolve("America/Chicago", "2026-03-08T01:59:59"))
        .isEqualTo(Instant.parse("2026-03-08T07:59:59Z"));
    assertThat(resolve("America/Chicago", "2026-03-08T02:30"))
        .isEqualTo(Instant.parse("2026-03-08T08:00:00Z"));
    assertThat(resolve("America/Chicago", "2026-03-08T03:00"))
        .isEqualTo(Instant.parse("2026-03-08T08:00:00Z"));
    assertThat(resolve("America/Chicago", "2026-11-01T01:30"))
        .isEqualTo(Instant.parse("2026-11-01T06:30:00Z"));
    assertThat(resolve("America/Chicago", "2026-11-01T02:00"))
        .isEqualTo(Instant.parse("2026-11-01T08:00:00Z"));
    assertThat(resolve("Pacific/Apia", "2011-12-30T12:00"))
        .isEqualTo(Instant.parse("2011-12-30T10:00:00Z"));
    assertThat(resolve("Etc/GMT-14", "2026-01-01T00:00"))
        .isEqualTo(Instant.parse("2025-12-31T10:00:00Z"));
  }

  private static Instant resolve(String zone, String local) {
    return Micros.toInstant(TABLE.zone(zone).resolve(LocalDateTime.parse(local)));
  }

  @Test
  void knowsTheYearsFarAhead() {
    assertThat(offset("America/Chicago", "2400-07-01T00:00:00Z")).isEqualTo(-5);
    assertThat(offset("America/Chicago", "2400-12-01T00:00:00Z")).isEqualTo(-6);
    assertThat(offset("Australia/Sydney", "2400-12-01T00:00:00Z")).isEqualTo(11);
  }

  @Test
  void refusesANameThatItDoesNotHave() {
    assertThat(TABLE.find("PST")).isNull();
    assertThatThrownBy(() -> TABLE.zone("Mars/Base"))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("'Mars/Base'");
  }

  @Test
  void readsTheFolderOfAnOperatingSystem(@TempDir Path folder) throws IOException {
    write(folder, "Etc/UTC", new Tzif(new long[0], new int[] {0}, "UTC0"));
    write(
        folder,
        "America/Los_Angeles",
        new Tzif(new long[] {0}, new int[] {-28_800, -25_200}, "MST7"));
    Files.writeString(folder.resolve("tzdata.zi"), "# version 2027a\nR A\n");
    ZoneTable system = ZoneTable.ofFolder(folder);

    assertThat(system.version()).isEqualTo("2027a");
    assertThat(system.zone("America/Los_Angeles").offset(1)).isEqualTo(-7 * Micros.HOUR);
    assertThat(system.zone("US/Pacific").offset(1)).isEqualTo(-7 * Micros.HOUR);
    assertThat(changes(system.zone("Asia/Beirut"))).isEqualTo(changes(TABLE.zone("Asia/Beirut")));
  }

  private static void write(Path folder, String name, Tzif rules) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, rules.toBytes());
  }

  @Test
  void readsAFolderThatIsALinkAndSaysWhenItDoesNotTellItsRelease(@TempDir Path path)
      throws IOException {
    Path folder = path.resolve("real");
    write(folder, "UTC", new Tzif(new long[0], new int[] {0}, "UTC0"));
    Path link = Files.createSymbolicLink(path.resolve("link"), folder);

    assertThat(ZoneTable.ofFolder(link).version()).isEqualTo("unknown");
    assertThat(ZoneTable.versionOf(link)).isEqualTo("unknown");
    Files.writeString(folder.resolve("+VERSION"), "2027b\n");
    assertThat(ZoneTable.ofFolder(link).version()).isEqualTo("2027b");
    assertThat(ZoneTable.versionOf(link)).isEqualTo("2027b");
    assertThat(ZoneTable.versionOf(path.resolve("nowhere"))).isEqualTo("unknown");
  }

  @Test
  void refusesAFolderWithAFileThatIsCutShort(@TempDir Path folder) throws IOException {
    write(folder, "UTC", new Tzif(new long[0], new int[] {0}, "UTC0"));
    byte[] whole = new Tzif(new long[] {0}, new int[] {0, 60}, "").toBytes();
    Files.write(folder.resolve("Somewhere"), Arrays.copyOf(whole, 70));

    assertThatThrownBy(() -> ZoneTable.ofFolder(folder))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("Somewhere");
  }

  @ParameterizedTest
  @CsvSource({
    "2026g, 2026f, true",
    "2027a, 2026z, true",
    "2026za, 2026z, true",
    "2026f, 2026f, false",
    "2026e, 2026f, false",
    "2025z, 2026a, false",
    "unknown, 2026f, false",
    "2026f, unknown, false",
    "2026f-1, 2026e, false",
  })
  void knowsWhichReleaseIsNewer(String release, String than, boolean newer) {
    assertThat(ZoneTable.isNewer(release, than)).isEqualTo(newer);
  }

  @Test
  void refusesAFolderWithoutZones(@TempDir Path folder) {
    assertThatThrownBy(() -> ZoneTable.ofFolder(folder))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("/usr/share/zoneinfo");
  }

  @Test
  void readsRulesOfAllForms() {
    assertThat(PosixRule.parse("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0").offset(0)).isEqualTo(39_600);
    assertThat(PosixRule.parse("EST5EDT,0/0,J365/25").offset(0)).isEqualTo(-14_400);
    assertThat(PosixRule.parse("EST5EDT,0/0,J365/25").changeAfter(0, -14_400)).isNull();
    assertThat(PosixRule.parse("AAA3BBB,J60/1,59/-2").changeAfter(0, -10_800)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PST",
        "EST5EDT,M3.2.0",
        "EST5EDT,M3,M11",
        "EST5EDT,M13.2.0,M11.1.0",
        "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,M3.2.7,M11.1.0",
        "EST5EDT,J0,J365",
        "EST5EDT,0,366",
      })
  void refusesWhatIsNoRule(String footer) {
    assertThatThrownBy(() -> PosixRule.parse(footer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a rule like CST6CDT,M3.2.0,M11.1.0");
  }

  @Test
  void refusesFilesThatAreNoRules() {
    byte[] whole = new Tzif(new long[] {0}, new int[] {0, 60}, "").toBytes();
    byte[] old = whole.clone();
    old[4] = 0;
    assertThatThrownBy(() -> Tzif.read(old)).hasMessageContaining("version 1");
    assertThatThrownBy(() -> Tzif.read(Arrays.copyOf(whole, 60)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tzif.read(new byte[100])).hasMessageContaining("not a TZif");
  }

  private static double offset(String zone, String instant) {
    return (double) TABLE.zone(zone).offset(Micros.of(Instant.parse(instant))) / Micros.HOUR;
  }
}
