package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.RandomChanges;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.csv.CsvRows;
import dev.storewatch.hours.LateClose;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Old reports, made again of the data as it was known then; and what was changed since. */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // a folder is opened before each test
final class ReportsMadeAgainTest {
  private static final Instant START = RandomChanges.START;
  private static final int HOURS = RandomChanges.HOURS;

  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  /** A report as it was made. */
  private record Made(Report report, int revision, String csv) {}

  @ParameterizedTest
  @Seeds
  void areTheSameToTheByte(long seed) throws IOException {
    Random random = new Random(seed);
    RandomChanges changes = new RandomChanges(folder);
    changes.importPolls(random, 1_000);
    List<Made> made = new ArrayList<>();
    for (int i = 0; i < Math.min(100, Seeds.Rounds.of(20)); i++) {
      changes.make(random);
      if (random.nextBoolean()) {
        changes.make(random);
      }
      made.add(make(randomSpec(random)));
    }
    for (int i = 0; i < 30; i++) {
      changes.make(random);
    }
    Restatements restatements = restatements();
    for (Made each : made) {
      ReportSpec spec = each.report.spec().asKnownAt(each.revision);
      assertThat(csv(spec)).as("%s at revision %d", spec, each.revision).isEqualTo(each.csv);
      ComparisonView now =
          folder.parts().comparison().compare(each.report, Scope.EVERYTHING, 1_000);
      if (now.figures() > 0) {
        assertThat(restatements.of(each.report, Scope.EVERYTHING))
            .as("%s: %s", spec, now)
            .isPresent();
        assertThat(now.differences()).noneMatch(difference -> difference.because().isEmpty());
      }
    }
  }

  private Restatements restatements() {
    return new Restatements(
        folder.parts().reports(), folder.stores(), folder.polls(), folder.parts().revisions());
  }

  private Made make(ReportSpec spec) {
    Reports reports = folder.parts().reports();
    Report asked = reports.add(spec, OptionalLong.of(spec.asOf()), new RequestOrigin(1, "x", null));
    assertThat(reports.start(asked.number(), 2)).isTrue();
    ReportTable table = folder.parts().fleetReport().compute(spec, FleetReport.Progress.NONE);
    assertThat(reports.complete(asked.number(), 3, table, Checksum.of(spec, table))).isTrue();
    return new Made(reports.find(asked.number()).orElseThrow(), table.revision(), csv(spec, table));
  }

  private String csv(ReportSpec spec) {
    return csv(spec, folder.parts().fleetReport().compute(spec, FleetReport.Progress.NONE));
  }

  private static String csv(ReportSpec spec, ReportTable table) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.writeTo(CsvRows.full(spec.windows(), out));
    return out.toString(StandardCharsets.UTF_8);
  }

  private ReportSpec randomSpec(Random random) {
    Rule rule =
        Rule.of(
            List.of("nearest", "previous", "ratio").get(random.nextInt(3)),
            Duration.ofMinutes(30 + random.nextInt(2_000)));
    List<Window> windows =
        random.nextBoolean()
            ? Window.STANDARD
            : List.of(Window.parse("P1M"), Window.of(Duration.ofHours(1 + random.nextInt(200))));
    long asOf = Micros.of(START.plusSeconds(3_600L * (24 + random.nextInt(HOURS - 24))));
    Scope scope = random.nextInt(4) == 0 ? Scope.of(List.of("west")) : Scope.EVERYTHING;
    return new ReportSpec(
        asOf, rule, windows, null, LateClose.asMidnight(random.nextBoolean()), scope);
  }

  private static String poll(String store, String status, int hour) {
    return "%s,%s,%s\n".formatted(store, status, START.plusSeconds(3_600L * hour));
  }

  private static String polls(String... lines) {
    return "store_id,status,timestamp_utc\n" + String.join("", lines);
  }

  private static ReportSpec spec(int hour, List<String> stores) {
    return new ReportSpec(
        Micros.of(START.plusSeconds(3_600L * hour)),
        Rule.standard(),
        Window.STANDARD,
        stores,
        LateClose.AS_GIVEN);
  }

  @Test
  void areRestatedByWhatTouchesThemAlone() throws IOException {
    folder.importText(
        polls(poll("a", "active", 1), poll("b", "active", 1), poll("a", "active", 9)));
    Restatements restatements = restatements();
    Report ofA = make(spec(10, List.of("a"))).report;
    Report ofB = make(spec(10, List.of("b"))).report;

    folder.importText(polls(poll("a", "active", 11), poll("b", "inactive", 12)));
    assertThat(restatements.of(ofA, Scope.EVERYTHING)).as("polls after it").isEmpty();

    folder.importText(polls(poll("a", "active", 12), poll("b", "inactive", 5)));
    assertThat(restatements.of(ofA, Scope.EVERYTHING)).as("a late poll of another").isEmpty();
    assertThat(restatements.of(ofB, Scope.EVERYTHING))
        .hasValueSatisfying(
            restated -> assertThat(restated.kinds()).containsOnly(Map.entry("polls", 1)));

    folder.importText("store_id,date,start_time_local,end_time_local\n*,2026-03-01,,\n");
    folder.importText("store_id,date,start_time_local,end_time_local\n*,2026-04-01,,\n");
    assertThat(restatements.of(ofA, Scope.EVERYTHING))
        .hasValueSatisfying(
            restated -> {
              assertThat(restated.changes()).isEqualTo(1);
              assertThat(restated.kinds()).containsOnlyKeys("special_days");
              assertThat(Micros.of(restated.at())).isEqualTo(folder.parts().revisions().madeAt(4));
            });
    assertThat(restatements.of(ofB, Scope.EVERYTHING))
        .hasValueSatisfying(restated -> assertThat(restated.changes()).isEqualTo(2));
    assertThat(restatements.of(ofB, Scope.of(List.of("west")))).as("out of sight").isEmpty();
  }

  @Test
  void sayWhichFiguresDifferNow() throws IOException {
    folder.importText(
        polls(poll("a", "active", 1), poll("a", "active", 9), poll("b", "active", 9)));
    Report report = make(spec(10, List.of("a", "b"))).report;
    folder.importText(polls(poll("a", "inactive", 9)));

    ComparisonView now = folder.parts().comparison().compare(report, Scope.EVERYTHING, 3);

    assertThat(now.stores()).isEqualTo(1);
    assertThat(now.figures()).isGreaterThan(3);
    assertThat(now.differences())
        .hasSize(3)
        .allSatisfy(
            difference -> {
              assertThat(difference.storeId()).isEqualTo("a");
              assertThat(difference.because()).containsExactly("polls");
            });
    ComparisonView.Difference first = now.differences().getFirst();
    assertThat(first.window()).isEqualTo("PT1H");
    assertThat(first.figure()).isEqualTo("uptime_minutes");
    assertThat(first.reported()).isEqualByComparingTo("60");
    assertThat(first.now()).isEqualByComparingTo("0");
  }

  @Test
  void areCountedWhenHoursOfTheirStoresChange() throws IOException {
    folder.importText(polls(poll("a", "active", 1), poll("b", "active", 9)));
    make(spec(10, List.of("a")));
    make(spec(10, List.of("b")));
    make(spec(10, List.of("a", "b")));

    assertThat(hoursOf("a", 9).notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("2 reports that are kept are about stores whose hours changed"));
    assertThat(hoursOf("c", 9).notes()).noneMatch(note -> note.contains("reports that are kept"));
    assertThat(hoursOf("a", 9).notes())
        .as("nothing changed")
        .noneMatch(note -> note.contains("reports that are kept"));
  }

  private ImportRun hoursOf(String store, int opens) throws IOException {
    return folder.importText(
        "store_id,day,start_time_local,end_time_local\n%s,0,%02d:00:00,22:00:00\n"
            .formatted(store, opens));
  }

  @Test
  void cannotBeMadeAgainOnceTheirPollsAreDeletedForGood() throws IOException {
    folder.importText(polls(poll("a", "active", 1), poll("a", "active", 9)));
    Made made = make(spec(10, List.of("a")));
    folder.inTransaction(
        () -> {
          assertThat(folder.polls().deleteBefore(Micros.of(START.plusSeconds(4 * 3_600)))).isTrue();
          folder
              .parts()
              .revisions()
              .note(
                  new Change(
                      Kind.OLD_POLLS,
                      null,
                      new Span(0, Micros.of(START.plusSeconds(4 * 3_600))),
                      1));
        });
    assertThatThrownBy(() -> csv(made.report.spec().asKnownAt(made.revision)))
        .hasMessageContaining("older than is kept");
  }
}
