package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.GatedPolls;
import dev.storewatch.TestDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.http.Caller;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@AnyDatabase
final class ReportQueueTest {
  private static final Instant NOW = Instant.parse("2023-01-26T00:00:00Z");

  @TempDir private Path path;
  private Parts parts;

  /** A queue and all that it stands on, of one process. */
  private static final class Parts {
    private final DataFolder folder;
    private final Database database;
    private final GatedPolls polls;
    private final Stores stores;
    private final Reports reports;
    private final ReportQueue queue;

    Parts(Path path) {
      folder = DataFolder.take(path, "test");
      database = TestFolder.open(folder, TestDatabase.settings(folder.path()));
      polls = new GatedPolls(Polls.open(database));
      stores = Stores.open(database);
      reports = Reports.open(database, stores);
      FleetReport fleetReport = new FleetReport(database, stores, polls, 1);
      queue =
          new ReportQueue(
              database,
              reports,
              fleetReport,
              Clock.fixed(NOW, ZoneOffset.UTC),
              LateClose.AS_GIVEN,
              MOST,
              List.of());
    }

    void close() {
      polls.open();
      queue.close();
      database.close();
      folder.close();
    }

    ReportState state(Report report) {
      return reports.find(report.id()).orElseThrow().state();
    }

    ReportState ended(Report report) {
      return Eventually.until(
          "the end of report " + report.id(),
          () -> state(report),
          state -> state.ended().isPresent());
    }
  }

  @BeforeEach
  void open() {
    parts = new Parts(path);
  }

  @AfterEach
  void close() {
    parts.close();
  }

  private void save() {
    new TestFleet()
        .store("A")
        .poll("2023-01-25T12:00:00Z", true)
        .store("B")
        .poll("2023-01-25T11:00:00Z", false)
        .save(parts.database, parts.stores, parts.polls);
  }

  private static final int MOST = 1_000;
  private static final Predicate<String> NUMBER = Pattern.compile("\\d+").asMatchPredicate();
  private static final Caller CALLER = new Caller("key:test", "127.0.0.1");
  private static final ReportRequest STANDARD = ReportRequest.standard(Scope.EVERYTHING);

  private static ReportRequest asOf(AsOf asOf) {
    return new ReportRequest(asOf, Rule.standard(), Window.STANDARD, null, null, Scope.EVERYTHING);
  }

  @Test
  void resolvesTheAsOfInstantWhenAReportIsAskedFor() {
    save();

    assertThat(parts.queue.submit(STANDARD, CALLER).spec().asOfInstant())
        .isEqualTo(Instant.parse("2023-01-25T12:00:00Z"));
    assertThat(parts.queue.submit(asOf(new AsOf.Now()), CALLER).spec().asOfInstant())
        .isEqualTo(NOW);
    assertThat(parts.queue.submit(asOf(new AsOf.At(7)), CALLER).asOf()).hasValue(7);
  }

  @Test
  void completesAReportOnAFleetWithoutPolls() throws Exception {
    parts.queue.start();

    Report report = parts.queue.submit(STANDARD, CALLER);

    assertThat(report.asOf()).isEmpty();
    assertThat(parts.ended(report))
        .isInstanceOfSatisfying(
            ReportState.Complete.class, end -> assertThat(end.rowCount()).isZero());
  }

  @Test
  void refusesStoresThatAreNotThere() {
    save();

    assertThatThrownBy(
            () ->
                parts.queue.submit(
                    new ReportRequest(
                        new AsOf.Now(),
                        Rule.standard(),
                        Window.STANDARD,
                        List.of("A", "C"),
                        null,
                        Scope.EVERYTHING),
                    CALLER))
        .isInstanceOf(FleetReport.UnknownStores.class)
        .hasMessage("there is no store with the id C");
    assertThat(parts.reports.claim(1)).isEmpty();
  }

  @Test
  void failsAReportWhoseStoresWentAway() throws Exception {
    ReportSpec spec =
        new ReportSpec(7, Rule.standard(), Window.STANDARD, List.of("gone"), LateClose.AS_GIVEN);
    Report report = parts.reports.add(spec, OptionalLong.of(7), new RequestOrigin(1, "test", null));
    parts.queue.start();

    assertThat(parts.ended(report))
        .isInstanceOfSatisfying(
            ReportState.Failed.class,
            end -> assertThat(end.reason()).isEqualTo("there is no store with the id gone"));
    assertThat(parts.ended(parts.queue.submit(STANDARD, CALLER)))
        .as("the next report")
        .isInstanceOf(ReportState.Complete.class);
  }

  @Test
  void showsHowFarARunningReportIs() throws Exception {
    save();
    parts.queue.start();
    parts.polls.shut();
    Report report = parts.queue.submit(STANDARD, CALLER);
    parts.polls.awaitScan();

    assertThat(parts.queue.progress(parts.reports.find(report.id()).orElseThrow()))
        .contains(new Reports.Progress(0, 2));
    parts.polls.open();
    parts.ended(report);
  }

  @Test
  void computesAtTheNextStartWhatAStopInterrupted() throws Exception {
    save();
    parts.queue.start();
    parts.polls.shut();
    Report report = parts.queue.submit(STANDARD, CALLER);
    parts.polls.awaitScan();
    Thread closer = Thread.ofPlatform().start(parts.queue::close);
    Eventually.until(
        "the queue waits for its threads", () -> closer.getState() == Thread.State.TIMED_WAITING);
    parts.polls.open();
    closer.join();

    assertThat(parts.state(report)).isInstanceOf(ReportState.Queued.class);
    parts.close();
    open();
    parts.queue.start();
    assertThat(parts.ended(report)).isInstanceOf(ReportState.Complete.class);
  }

  /** Where several processes share a database, {@code FaultsTest} kills one. */
  @DisabledIfSystemProperty(named = "test.backend", matches = "postgresql")
  @Test
  void computesAtTheNextStartWhatAKilledProcessLeft() throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                path.resolve("killed").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int number;
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      // The log is written there too.
      number = out.lines().filter(NUMBER).mapToInt(Integer::parseInt).findFirst().orElseThrow();
    } finally {
      child.destroyForcibly().waitFor();
    }

    close();
    parts = new Parts(path.resolve("killed"));
    Report left = parts.reports.find(number).orElseThrow();
    assertThat(left.state()).isInstanceOf(ReportState.Running.class);
    parts.queue.start();
    assertThat(parts.ended(left))
        .isInstanceOfSatisfying(
            ReportState.Complete.class, end -> assertThat(end.rowCount()).isEqualTo(2));
  }

  /** A process that is in the middle of a report for ever. */
  static final class Child {
    private Child() {}

    /** Takes the data folder, and prints the number of the report once it runs. */
    public static void main(String[] arguments) throws InterruptedException {
      Parts parts = new Parts(Path.of(arguments[0]));
      new TestFleet()
          .store("A")
          .poll("2023-01-25T12:00:00Z", true)
          .store("B")
          .poll("2023-01-25T12:00:00Z", true)
          .save(parts.database, parts.stores, parts.polls);
      parts.polls.shut();
      parts.queue.start();
      Report report = parts.queue.submit(STANDARD, CALLER);
      parts.polls.awaitScan();
      System.out.println(report.number());
      Thread.sleep(60_000); // until it is killed
    }
  }

  @Test
  void takesSeveralRequestsWithOneKeyForOne() throws Exception {
    save();
    IdempotencyKey key = new IdempotencyKey("one");
    List<Integer> numbers = Collections.synchronizedList(new ArrayList<>());
    List<Thread> askers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      askers.add(
          Thread.ofVirtual()
              .start(
                  () -> numbers.add(parts.queue.submit(STANDARD, CALLER, key).report().number())));
    }
    for (Thread asker : askers) {
      asker.join();
    }

    assertThat(numbers).hasSize(16).containsOnly(numbers.getFirst());
    assertThat(parts.queue.submit(STANDARD, CALLER, key).again()).isTrue();
    assertThat(parts.queue.submit(STANDARD, CALLER).number()).isNotEqualTo(numbers.getFirst());
    Caller other = new Caller("key:other", "127.0.0.1");
    assertThat(parts.queue.submit(STANDARD, other, key).again()).isFalse();
    assertThatThrownBy(() -> parts.queue.submit(asOf(new AsOf.Now()), CALLER, key))
        .isInstanceOf(ReportQueue.KeyTaken.class);
    assertThatThrownBy(
            () -> parts.queue.submit(ReportRequest.standard(Scope.of(Set.of("west"))), CALLER, key))
        .isInstanceOf(ReportQueue.KeyTaken.class);
  }

  @Test
  void takesNoMoreReportsThanMayWait() {
    save();
    parts.database.inWriteTransaction(
        () -> {
          for (int i = 0; i < MOST; i++) {
            var _ =
                parts.reports.add(
                    ReportSpec.standard(7), OptionalLong.of(7), new RequestOrigin(1, null, null));
          }
          return MOST;
        });

    assertThatThrownBy(() -> parts.queue.submit(STANDARD, CALLER))
        .isInstanceOf(ReportQueue.Full.class)
        .hasMessageContaining("1000 reports are queued");
  }

  @Test
  void reportsTheStoresThatTheAskerMaySee() throws Exception {
    save();
    parts.database.inWriteTransaction(
        () -> {
          int key = parts.stores.registry().key("A").orElseThrow();
          parts.stores.describe(key, new StoreDetails(null, null, List.of(), Set.of("west")));
          return key;
        });
    parts.queue.start();
    Scope west = Scope.of(Set.of("west"));

    Report report = parts.queue.submit(ReportRequest.standard(west), CALLER);

    assertThat(parts.ended(report))
        .isInstanceOfSatisfying(
            ReportState.Complete.class, end -> assertThat(end.rowCount()).isEqualTo(1));
    assertThatThrownBy(
            () -> parts.queue.submit(ReportRequest.standard(west).on(List.of("B")), CALLER))
        .isInstanceOf(FleetReport.UnknownStores.class)
        .hasMessage("there is no store with the id B");
  }

  @Test
  void worksOffManyReportsThatComeAtOnce() throws Exception {
    save();
    parts.queue.start();
    List<Thread> askers = new ArrayList<>();
    List<Report> asked = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 8; i++) {
      askers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int j = 0; j < 10; j++) {
                      asked.add(parts.queue.submit(STANDARD, CALLER));
                    }
                  }));
    }
    for (Thread asker : askers) {
      asker.join();
    }

    assertThat(asked).hasSize(80);
    for (Report report : asked) {
      assertThat(parts.ended(report)).isInstanceOf(ReportState.Complete.class);
    }
  }
}
