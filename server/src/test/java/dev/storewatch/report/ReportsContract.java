package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestFleet;
import dev.storewatch.csv.CsvRows;
import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every place where reports are kept does. */
abstract class ReportsContract {
  private static final long AS_OF = 1_674_648_000_000_000L;
  static final ReportSpec STANDARD = ReportSpec.standard(AS_OF);

  private static final RequestOrigin ORIGIN = new RequestOrigin(1, null, null);

  /** Returns a place without reports. */
  abstract Reports reports();

  /** Goes on as another process, after the one that there was has ended. */
  abstract void restart() throws IOException;

  /** Returns the database in which they are. */
  abstract Database database();

  /** Puts stores and polls where the reports take them from. */
  abstract void save(TestFleet fleet);

  /** Computes a report on what was put there. */
  abstract ReportTable compute(ReportSpec spec);

  Report add() {
    return reports().add(STANDARD, OptionalLong.of(AS_OF), ORIGIN);
  }

  private Report found(Report report) {
    return reports().find(report.id()).orElseThrow();
  }

  @Test
  void keepsWhatAReportIsAbout() {
    ReportSpec spec =
        new ReportSpec(
            AS_OF,
            new Rule.Previous(Duration.ofMinutes(90)),
            Window.parseAll(
                "PT30M,P1Y2M,P7D-before,2026-03-04,2026-W10,2026-03,2026-03-01/2026-03-15,"
                    + "2026-03-01T00:00:00.000001Z/2026-03-02T00:00:00Z"),
            List.of("a,b", "\"c\"", "ü"),
            LateClose.AS_MIDNIGHT,
            Scope.of(Set.of("west", "big")),
            List.of("new", "region:west"));
    RequestOrigin origin =
        new RequestOrigin(7, "key:a", new RequestOrigin.Once("a key", "an order"));

    Report report = reports().add(spec, OptionalLong.of(AS_OF), origin);

    assertThat(report.spec()).isEqualTo(spec);
    assertThat(report.asOf()).hasValue(AS_OF);
    assertThat(report.origin()).isEqualTo(origin);
    assertThat(report.state()).isEqualTo(new ReportState.Queued());
    assertThat(found(report)).isEqualTo(report);
    assertThat(reports().find(report.number())).contains(report);
  }

  @Test
  void keepsAReportWithoutAnyPoll() {
    Report report = reports().add(ReportSpec.standard(0), OptionalLong.empty(), ORIGIN);

    assertThat(found(report).asOf()).isEmpty();
  }

  @Test
  void givesRandomIdsAndGrowingNumbers() {
    Report first = add();
    Report second = add();

    assertThat(UUID.fromString(first.id()).version()).isEqualTo(4);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.number()).isGreaterThan(first.number());
  }

  @Test
  void knowsNoReportThatIsNotThere() {
    assertThat(reports().find("x' OR 1=1")).isEmpty();
    assertThat(reports().find("")).isEmpty();
    assertThat(reports().find(74)).isEmpty();
    assertThat(reports().claim(1)).isEmpty();
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    Report first = add();
    Report second = add();
    Report third = add();

    assertThat(reports().list(2, Integer.MAX_VALUE, null, Scope.EVERYTHING))
        .containsExactly(third, second);
    assertThat(reports().list(2, second.number(), null, Scope.EVERYTHING)).containsExactly(first);
    assertThat(reports().list(2, first.number(), null, Scope.EVERYTHING)).isEmpty();
  }

  @Test
  void listsTheReportsOfAStateAndOfAScopeAlone() {
    Report everything = add();
    Report west = addFor("west");
    Report both = addFor("west", "east");
    reports().start(west.number(), 5);

    assertThat(reports().list(9, Integer.MAX_VALUE, "queued", Scope.EVERYTHING))
        .extracting(Report::number)
        .containsExactly(both.number(), everything.number());
    assertThat(reports().list(9, Integer.MAX_VALUE, null, Scope.of(Set.of("west"))))
        .extracting(Report::number)
        .containsExactly(west.number());
    assertThat(reports().list(9, Integer.MAX_VALUE, null, Scope.of(Set.of("west", "east", "x"))))
        .extracting(Report::number)
        .containsExactly(both.number(), west.number());
    assertThat(reports().find(everything.id(), Scope.of(Set.of("west")))).isEmpty();
    assertThat(reports().find(both.number(), Scope.of(Set.of("west")))).isEmpty();
    assertThat(reports().find(west.id(), Scope.of(Set.of("west")))).isPresent();
    assertThat(reports().countQueued()).isEqualTo(2);
  }

  private Report addFor(String... tags) {
    ReportSpec spec =
        new ReportSpec(
            AS_OF,
            Rule.standard(),
            Window.STANDARD,
            null,
            LateClose.AS_GIVEN,
            Scope.of(Set.of(tags)));
    return reports().add(spec, OptionalLong.of(AS_OF), ORIGIN);
  }

  @Test
  void findsWhatSomebodyAskedForWithAKey() {
    RequestOrigin origin =
        new RequestOrigin(7, "key:a", new RequestOrigin.Once("once", "an order"));
    Report report = reports().add(STANDARD, OptionalLong.of(AS_OF), origin);

    assertThat(reports().findRequested("key:a", "once", 7)).contains(report);
    assertThat(reports().findRequested("key:a", "once", 8)).isEmpty();
    assertThat(reports().findRequested("key:b", "once", 7)).isEmpty();
    assertThat(reports().findRequested("key:a", "twice", 7)).isEmpty();
  }

  @Test
  void startsTheOldestFirstAndEachOnce() {
    Report first = add();
    Report second = add();

    assertThat(reports().claim(5).map(Report::number)).hasValue(first.number());
    assertThat(reports().start(first.number(), 6)).isFalse();
    assertThat(found(first).state()).isEqualTo(new ReportState.Running(5));
    assertThat(reports().claim(6).map(Report::number)).hasValue(second.number());
    assertThat(reports().claim(7)).isEmpty();
  }

  @Test
  void keepsHowFarARunningReportIsAndMarksThatItCameFarther() {
    Report report = add();
    Reports.Progress progress = new Reports.Progress(3, 8);
    Set<Integer> numbers = Set.of(report.number(), 99);

    assertThat(reports().keepProgress(report.number(), progress)).as("while queued").isFalse();
    Map<Integer, String> queued = reports().marks(numbers);
    reports().start(report.number(), 5);
    Map<Integer, String> running = reports().marks(numbers);
    assertThat(reports().keepProgress(report.number(), progress)).isTrue();
    Map<Integer, String> farther = reports().marks(numbers);

    assertThat(reports().progress(report.number())).contains(progress);
    assertThat(queued).containsOnlyKeys(report.number()).isNotEqualTo(running);
    assertThat(farther).isNotEqualTo(running);
    reports().delete(report.number());
    assertThat(reports().keepProgress(report.number(), progress)).as("deleted").isFalse();
    assertThat(reports().progress(report.number())).isEmpty();
    assertThat(reports().marks(numbers)).isEmpty();
  }

  @Test
  void leavesAReportToTheProcessThatHasTakenIt() throws IOException {
    save(fleet());
    Report report = add();
    ReportTable rows = compute(STANDARD);
    reports().start(report.number(), 5);

    assertThat(reports().requeueAbandoned()).isZero();
    restart();
    assertThat(reports().complete(report.number(), 8, rows, "abc")).isFalse();
    assertThat(reports().fail(report.number(), 8, "no")).isFalse();
    assertThat(reports().keepProgress(report.number(), new Reports.Progress(1, 2))).isFalse();
    assertThat(found(report).state()).isEqualTo(new ReportState.Running(5));
  }

  @Test
  void putsBackWhatThisProcessHasTaken() {
    Report first = add();
    Report second = add();
    reports().start(second.number(), 5);

    reports().releaseAllBut(List.of());

    assertThat(found(second).state()).isEqualTo(new ReportState.Queued());
    reports().start(second.number(), 5);
    reports().releaseAllBut(List.of(second.number()));
    assertThat(found(second).state()).isEqualTo(new ReportState.Running(5));
    assertThat(reports().claim(6).map(Report::number)).hasValue(first.number());
  }

  @Test
  void completesARunningReportWithItsRows() {
    save(fleet());
    Report report = add();
    ReportTable rows = compute(STANDARD);

    assertThat(reports().complete(report.number(), 8, rows, "c")).as("while queued").isFalse();
    reports().start(report.number(), 5);
    assertThat(reports().complete(report.number(), 8, rows, "abc")).isTrue();
    assertThat(reports().complete(report.number(), 9, rows, "c")).as("twice").isFalse();

    assertThat(found(report).state())
        .isEqualTo(
            new ReportState.Complete(
                5, 8, 2, "abc", rows.findings(), ZoneTable.inUse().version(), rows.revision()));
    assertThat(csv(found(report)))
        .isEqualTo(csv(rows))
        .startsWith("store_id,window,")
        .contains("\nA,PT1H,", "\nB,P7D,");
  }

  @Test
  void keepsManyRowsInOrder() {
    TestFleet fleet = new TestFleet();
    int stores = 25_000;
    for (int i = 0; i < stores; i++) {
      // Keys run against the order of the ids, so that an order by key is told from it.
      fleet.store("s%06d".formatted(stores - i)).poll(AS_OF - i * 1_000_000L, i % 3 > 0);
    }
    save(fleet);
    Report report = add();
    ReportTable rows = compute(STANDARD);
    reports().start(report.number(), 5);
    reports().complete(report.number(), 8, rows, "abc");

    assertThat(csv(found(report)).equals(csv(rows))).isTrue();
  }

  @Test
  void keepsTheWindowsOfEachStore() {
    TestFleet fleet = new TestFleet();
    for (int i = 0; i < 3_000; i++) {
      fleet
          .store("s%06d".formatted(i))
          .zone(i % 2 == 0 ? "Asia/Kathmandu" : "America/Chicago")
          .poll(AS_OF - i * 60_000_000L, i % 3 > 0);
    }
    save(fleet);
    ReportSpec spec = ofDays("yesterday", "PT1H");
    ReportTable rows = compute(spec);

    Report report = completed(spec, rows);

    assertThat(csv(report).equals(csv(spec, rows))).isTrue();
    assertThat(csv(spec, rows))
        .contains(",2023-01-23T18:15:00Z,")
        .contains(",2023-01-24T06:00:00Z,");
  }

  private static ReportSpec ofDays(String... windows) {
    return new ReportSpec(
        AS_OF,
        Rule.standard(),
        Stream.of(windows)
            .map(Asked::parse)
            .map(asked -> asked.at(LocalDate.of(2023, 1, 25)))
            .toList(),
        null,
        LateClose.AS_GIVEN,
        Scope.EVERYTHING,
        List.of());
  }

  private Report completed(ReportSpec spec, ReportTable rows) {
    Report report = reports().add(spec, OptionalLong.of(AS_OF), ORIGIN);
    reports().start(report.number(), 5);
    assertThat(reports().complete(report.number(), 8, rows, "abc")).isTrue();
    return found(report);
  }

  /** Reports were kept as a row for each store and window. */
  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "PT24H"})
  void readsWhatEarlierProgramsHaveKept(String window) {
    save(fleet());
    ReportSpec spec = ofDays("PT1H", window);
    ReportTable rows = compute(spec);
    Report report = completed(spec, rows);
    OlderRows.keep(database(), report, rows);

    assertThat(csv(report)).isEqualTo(csv(spec, rows)).hasLineCount(5);
    StoreSet about = reports().stores(report);
    assertThat(about.stream()).containsExactlyInAnyOrder(rows.store(0), rows.store(1));
    assertThat(reports().delete(report.number())).isTrue();
    assertThatThrownBy(() -> csv(report)).isInstanceOf(Reports.RowsGone.class);
  }

  @Test
  void completesAReportWithoutRows() {
    Report report = add();
    reports().start(report.number(), 5);

    assertThat(reports().complete(report.number(), 8, compute(STANDARD), "abc")).isTrue();
    assertThat(csv(found(report))).hasLineCount(1);
  }

  @Test
  void failsARunningReportWithTheReason() {
    Report report = add();

    assertThat(reports().fail(report.number(), 8, "no")).as("while queued").isFalse();
    reports().start(report.number(), 5);
    assertThat(reports().fail(report.number(), 8, "there is no store X")).isTrue();
    assertThat(reports().fail(report.number(), 9, "no")).as("twice").isFalse();
    assertThat(found(report).state())
        .isEqualTo(new ReportState.Failed(5, 8, "there is no store X"));
  }

  @Test
  void putsReportsOfAProcessThatEndedBackIntoTheQueue() throws IOException {
    Report first = add();
    Report second = add();
    Report ended = add();
    reports().start(first.number(), 5);
    reports().start(ended.number(), 5);
    reports().fail(ended.number(), 6, "no");

    restart();
    assertThat(reports().requeueAbandoned()).isEqualTo(1);
    assertThat(reports().requeueAbandoned()).isZero();
    assertThat(found(first)).isEqualTo(first);
    assertThat(found(second).state()).isEqualTo(new ReportState.Queued());
    assertThat(found(ended).state()).isInstanceOf(ReportState.Failed.class);
  }

  @Test
  void deletesAReportWithItsRows() {
    save(fleet());
    Report report = completed(8);
    Report other = completed(9);
    assertThat(found(report)).isEqualTo(report);
    assertThat(reports().find(report.number())).contains(report);

    assertThat(reports().delete(report.number())).isTrue();
    assertThat(reports().delete(report.number())).isFalse();
    assertThat(reports().find(report.id())).isEmpty();
    assertThat(reports().find(report.number())).isEmpty();
    assertThatThrownBy(() -> csv(report))
        .isInstanceOf(Reports.RowsGone.class)
        .hasMessageContaining(report.id());
    assertThat(csv(other)).contains("\nA,PT1H,");
  }

  @Test
  void deletesWhatEndedLongAgo() {
    save(fleet());
    Report old = completed(8);
    Report young = completed(9);
    Report queued = add();
    assertThat(found(old)).isEqualTo(old);

    assertThat(reports().deleteEndedBefore(9)).isEqualTo(1);
    assertThat(reports().find(old.id())).isEmpty();
    assertThatThrownBy(() -> csv(old)).isInstanceOf(Reports.RowsGone.class);
    assertThat(csv(young)).contains("\nA,PT1H,");
    assertThat(reports().find(queued.id())).isPresent();
  }

  @Test
  void doesNotCompleteWhatWasDeletedMeanwhile() {
    save(fleet());
    Report report = add();
    reports().start(report.number(), 5);
    reports().delete(report.number());

    assertThat(reports().complete(report.number(), 8, compute(STANDARD), "abc")).isFalse();
    assertThat(reports().find(report.id())).isEmpty();
  }

  static TestFleet fleet() {
    return new TestFleet()
        .store("B")
        .poll(AS_OF, true)
        .store("A")
        .poll(AS_OF - 1_800_000_000L, false);
  }

  private Report completed(long at) {
    Report report = add();
    reports().start(report.number(), 5);
    reports().complete(report.number(), at, compute(STANDARD), "abc");
    return found(report);
  }

  private String csv(Report report) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reports().writeRows(report, Scope.EVERYTHING, CsvRows.full(report.spec().windows(), out));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String csv(ReportTable rows) {
    return csv(STANDARD, rows);
  }

  private static String csv(ReportSpec spec, ReportTable rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    rows.writeTo(CsvRows.full(spec.windows(), out));
    return out.toString(StandardCharsets.UTF_8);
  }
}
