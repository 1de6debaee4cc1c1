package dev.storewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.RandomChanges;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PackedTotals;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Dates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Days that are kept, after all kinds of changes, are those that core computes from the polls. */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // a folder is opened before each test
final class HistoryTest {
  private static final int ROUNDS = 6;

  /**
   * Two weeks each, in which the clocks of four zones change, some of them at midnight: the day
   * begins at one o'clock then, or has two midnights.
   */
  private static final Map<LocalDate, List<String>> TIMES =
      Map.of(
          LocalDate.of(2026, 3, 1),
          List.of("America/Havana", "America/Chicago", "Asia/Kolkata", "Pacific/Kiritimati"),
          LocalDate.of(2026, 3, 24),
          List.of("Asia/Beirut", "Europe/Berlin", "America/Santiago", "Pacific/Pago_Pago"),
          LocalDate.of(2026, 4, 18),
          List.of("Africa/Cairo", "Australia/Lord_Howe", "America/Chicago", "Asia/Beirut"),
          LocalDate.of(2026, 8, 30),
          List.of("America/Santiago", "America/Asuncion", "Africa/Casablanca", "Europe/London"),
          LocalDate.of(2026, 10, 24),
          List.of("America/Havana", "Asia/Beirut", "Africa/Cairo", "Europe/Dublin"));

  @TempDir private Path path;
  private TestFolder folder;
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  /** All polls of each store, as of a revision. */
  private final Map<Integer, List<Long>> scanned = new HashMap<>();

  private int scannedAt = -1;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private HistoryTracker tracker() {
    InstantSource clock = () -> now;
    return new HistoryTracker(
        folder.database(),
        folder.stores(),
        folder.polls(),
        LateClose.AS_GIVEN,
        clock.withZone(ZoneOffset.UTC));
  }

  private History history() {
    return new History(folder.database(), folder.stores(), folder.polls());
  }

  @ParameterizedTest
  @Seeds
  void isWhatCoreComputesFromThePolls(long seed) throws IOException {
    Random random = new Random(seed);
    List<LocalDate> starts = TIMES.keySet().stream().sorted().toList();
    for (LocalDate start : starts) {
      close();
      now = start.atStartOfDay(ZoneOffset.UTC).toInstant();
      folder = new TestFolder(path.resolve(start.toString()));
      scannedAt = -1;
      isWhatCoreComputesFromThePolls(random, start, TIMES.getOrDefault(start, List.of()));
    }
  }

  private void isWhatCoreComputesFromThePolls(Random random, LocalDate start, List<String> zones)
      throws IOException {
    RandomChanges changes = new RandomChanges(folder, start, zones);
    changes.importPolls(random, 600);
    putInto(zones);
    HistoryTracker tracker = tracker();
    int kept = 0;
    for (int round = 0; round < Seeds.Rounds.of(ROUNDS) / TIMES.size(); round++) {
      for (int i = random.nextInt(3); i > 0; i--) {
        changes.make(random);
      }
      if (random.nextInt(3) > 0) {
        now = now.plusSeconds(random.nextInt(5 * 86_400));
      }
      if (random.nextInt(4) == 0) {
        tracker = tracker();
      }
      if (random.nextInt(6) == 0) {
        breakOff(random);
      }
      if (random.nextInt(3) > 0) {
        long _ = tracker.update();
        assertThat(tracker.update()).as("months of which nothing was changed").isZero();
        kept += assertKept("round %d from %s".formatted(round, start));
      }
      assertAsFromScratch(random, start, "round %d from %s".formatted(round, start));
    }
    now = now.plusSeconds(90 * 86_400);
    changes.importPolls(random, 40);
    long _ = tracker.update();
    kept += assertKept("when all is long past");
    assertAsFromScratch(random, start, "when all is long past");
    assertThat(kept).as("days that were kept").isGreaterThan(200);
  }

  private void putInto(List<String> zones) throws IOException {
    StringBuilder text = new StringBuilder("store_id,timezone_str\n");
    for (int store = 0; store < 12; store++) {
      text.append("s%d,%s\n".formatted(store, zones.get(store % zones.size())));
    }
    folder.importText(text.toString());
  }

  /** Leaves the rows as a process does that ends in the middle of its work. */
  private void breakOff(Random random) {
    HistoryRows rows = new HistoryRows(folder.database());
    rows.progress()
        .ifPresent(
            had -> {
              rows.begin(
                  new HistoryRows.Progress(
                      had.revision(), had.knownTo(), false, had.basis(), "another"),
                  null);
              int _ =
                  folder
                      .database()
                      .jdbc()
                      .sql(
                          "DELETE FROM history_month WHERE store_key %% 3 = %d"
                              .formatted(random.nextInt(3)))
                      .update();
            });
  }

  /** Checks each row by itself, and that no day is missing that should be kept. */
  private int assertKept(String when) {
    Registry registry = folder.stores().registry();
    long knownTo = new HistoryRows(folder.database()).progress().orElseThrow().knownTo();
    Map<String, Integer> kept = new HashMap<>();
    new HistoryRows(folder.database())
        .read(
            null,
            0,
            100_000,
            true,
            (store, month, days, sums, figures) -> {
              long[] totals = new long[31 * WindowTotals.FIELDS];
              assertThat(PackedTotals.unpack(String.valueOf(figures), totals)).isEqualTo(days);
              assertThat(registry.isDeleted(store)).as("%s, store %d", when, store).isFalse();
              WindowTotals sum = WindowTotals.ZERO;
              for (int day = 0; day < days; day++) {
                LocalDate date = LocalDate.ofEpochDay(Months.first(month) + day);
                WindowTotals figured = WindowTotals.read(totals, day * WindowTotals.FIELDS);
                assertThat(figured)
                    .as("%s, kept of %s on %s", when, registry.id(store), date)
                    .isEqualTo(fromScratch(registry, store, Dates.day(date), knownTo));
                sum = sum.plus(figured);
              }
              assertThat(WindowTotals.read(sums, 0)).isEqualTo(sum);
              assertThat(kept.put(store + " " + month, days)).isNull();
            });
    registry
        .keysAfter(null)
        .filter(key -> registry.firstPoll(key).isPresent())
        .forEach(key -> assertNoneMissing(registry, key, knownTo, kept, when));
    return kept.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void assertNoneMissing(
      Registry registry, int key, long knownTo, Map<String, Integer> kept, String when) {
    Schedule schedule = registry.schedule(key, LateClose.AS_GIVEN);
    long over = Math.min(knownTo, newest() - 7 * Micros.HOUR) - Micros.DAY;
    long from = Math.floorDiv(registry.firstPoll(key).orElseThrow(), Micros.DAY);
    for (long date = from; schedule.dayStart(LocalDate.ofEpochDay(date + 1)) <= over; date++) {
      int month = Months.of(date);
      assertThat(kept.getOrDefault(key + " " + month, 0))
          .as("%s, days of %s in month %d", when, registry.id(key), month)
          .isGreaterThan((int) (date - Months.first(month)));
    }
  }

  private long newest() {
    return folder.polls().newest(Micros.of(now)).orElse(Change.ALWAYS.start());
  }

  private void assertAsFromScratch(Random random, LocalDate start, String when) {
    long latest = Math.max(newest(), Micros.of(start.atStartOfDay(ZoneOffset.UTC).toInstant()));
    long asOf =
        switch (random.nextInt(4)) {
          case 0 -> Micros.of(now);
          case 1 -> latest - random.nextInt(10 * 24) * Micros.HOUR;
          default -> latest;
        };
    Rule rule =
        random.nextInt(8) == 0 ? new Rule.Previous(Duration.ofHours(3)) : HistoryTracker.RULE;
    List<Dates> parts = randomParts(random, start);
    history()
        .inSnapshot(
            (registry, reading) -> {
              HistoryTable table =
                  reading.of(
                      registry.keysById(),
                      parts,
                      new History.Terms(asOf, rule, LateClose.AS_GIVEN));
              for (int row = 0; row < table.size(); row++) {
                for (int part = 0; part < parts.size(); part++) {
                  assertThat(table.totals(row, part))
                      .as(
                          "%s, %s in %s as of %s by %s",
                          when,
                          registry.id(table.key(row)),
                          parts.get(part),
                          Micros.toInstant(asOf),
                          rule)
                      .isEqualTo(
                          fromScratch(registry, table.key(row), parts.get(part), asOf, rule));
                }
              }
              return true;
            });
  }

  private static List<Dates> randomParts(Random random, LocalDate start) {
    LocalDate first = start.minusDays(random.nextInt(40));
    List<Dates> parts = new ArrayList<>();
    int longest = random.nextBoolean() ? 1 : 50;
    while (first.isBefore(start.plusDays(20))) {
      LocalDate last = first.plusDays(random.nextInt(longest));
      if (random.nextInt(5) > 0) {
        parts.add(new Dates(first, last));
      }
      first = last.plusDays(1);
    }
    return parts.isEmpty() ? List.of(Dates.day(start)) : parts;
  }

  private WindowTotals fromScratch(Registry registry, int key, Dates dates, long asOf) {
    return fromScratch(registry, key, dates, asOf, HistoryTracker.RULE);
  }

  /** Computes a period as a report on it does. */
  private WindowTotals fromScratch(Registry registry, int key, Dates dates, long asOf, Rule rule) {
    Schedule schedule = registry.schedule(key, LateClose.AS_GIVEN);
    UptimeEngine engine = new UptimeEngine(rule, asOf, List.of(dates.span(asOf, schedule)));
    Clocks clocks = new Clocks(engine.horizon());
    long[] polls =
        polls(key).filter(poll -> engine.horizon().contains(PackedPoll.at(poll))).toArray();
    return engine
        .measure(schedule.open(clocks), schedule.closed(clocks), PollSeries.ofPacked(polls))
        .getFirst();
  }

  /** Returns the polls of a store, which are read once after each change. */
  private LongStream polls(int key) {
    if (scannedAt != new Revisions(folder.database()).latest()) {
      scanned.clear();
      scannedAt = new Revisions(folder.database()).latest();
      folder
          .polls()
          .scan(
              Change.ALWAYS,
              1,
              folder.stores().registry().size(),
              (store, poll) ->
                  scanned.computeIfAbsent(store, first -> new ArrayList<>()).add(poll));
    }
    return scanned.getOrDefault(key, List.of()).stream().mapToLong(Long::longValue);
  }

  @Test
  void readsWhatIsKept() throws IOException {
    importHours("a", 40);
    long _ = tracker().update();
    LocalDate date = LocalDate.of(2026, 3, 10);
    assertThat(figures("a", date)).isEqualTo(fromScratch("a", date));
    long[] others = {7, 7, 0, 0, 0, 7, 0, 1};
    HistoryRows rows = new HistoryRows(folder.database());
    HistoryRows.Progress progress = rows.progress().orElseThrow();
    rows.begin(progress, null);
    HistoryRows.Batch batch = new HistoryRows.Batch(Months.of(date.toEpochDay()), new int[] {1});
    long[] days = new long[31 * WindowTotals.FIELDS];
    System.arraycopy(others, 0, days, 9 * WindowTotals.FIELDS, others.length);
    batch.add(1, days, 31);
    assertThat(rows.write(batch, progress.writer())).isTrue();
    assertThat(figures("a", date)).isEqualTo(WindowTotals.read(others, 0));
    assertThat(figures("a", new Dates(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31))))
        .as("the sums of a whole month")
        .isEqualTo(WindowTotals.read(others, 0));
  }

  @Test
  void computesWhatWasChangedSinceAndKeepsItThen() throws IOException {
    importHours("a", 40);
    importHours("b", 40);
    HistoryTracker tracker = tracker();
    assertThat(tracker.update()).as("three months of two stores").isEqualTo(6);
    LocalDate date = LocalDate.of(2026, 3, 10);
    folder.importText("store_id,status,timestamp_utc\na,inactive,2026-03-10T12:30:00Z\n");
    WindowTotals changed = fromScratch("a", date);
    assertThat(changed.down()).isPositive();
    assertThat(figures("a", date)).isEqualTo(changed);
    assertThat(tracker.update()).as("one month of one store").isEqualTo(1);
    assertThat(figures("a", date)).isEqualTo(changed);
    assertThat(history().revision()).isEqualTo(new Revisions(folder.database()).latest());
  }

  @Test
  void keepsDaysWhosePollsAreTooOldToBeKept() throws IOException {
    importHours("a", 70);
    HistoryTracker tracker = tracker();
    long _ = tracker.update();
    LocalDate date = LocalDate.of(2026, 3, 10);
    WindowTotals before = figures("a", date);
    long gone = Micros.of(Instant.parse("2026-04-01T00:00:00Z"));
    boolean _ =
        folder
            .database()
            .inWriteTransaction(
                () -> {
                  boolean deleted = folder.polls().deleteBefore(gone);
                  new Revisions(folder.database())
                      .note(
                          new Change(
                              Kind.OLD_POLLS, null, new Span(Change.ALWAYS.start(), gone), 1));
                  return deleted;
                });
    assertThat(fromScratch("a", date).up()).as("what the polls say now").isZero();
    long _ = tracker.update();
    assertThat(figures("a", date)).isEqualTo(before);
    folder.importText("store_id,day,start_time_local,end_time_local\na,0,08:00:00,20:00:00\n");
    assertThat(figures("a", date)).as("hours that were changed later").isEqualTo(before);
    long _ = tracker.update();
    assertThat(figures("a", date)).isEqualTo(before);
    LocalDate later = LocalDate.of(2026, 4, 20);
    assertThat(figures("a", later)).isEqualTo(fromScratch("a", later));
  }

  @Test
  void addsUpToWholePeriods() throws IOException {
    importHours("a", 40);
    long _ = tracker().update();
    Dates whole = new Dates(LocalDate.of(2026, 2, 20), LocalDate.of(2026, 4, 5));
    List<Dates> days =
        IntStream.range(0, 45).mapToObj(day -> Dates.day(whole.first().plusDays(day))).toList();
    WindowTotals sum = WindowTotals.ZERO;
    for (Dates day : days) {
      sum = sum.plus(figures("a", day));
    }
    assertThat(sum).isEqualTo(figures("a", whole)).isEqualTo(fromScratch("a", whole));
  }

  /**
   * Stores that are polled since January, one since the middle of March, one whose row of April is
   * gone, one of which a poll came later, and one that was never polled.
   */
  @Test
  void addsUpSeveralMonthsOfEachStore() throws IOException {
    Instant start = Instant.parse("2026-01-01T00:10:00Z");
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int hour = 0; hour < 24 * 170; hour += 5) {
      for (String id : List.of("whole", "young", "gap", "late")) {
        if (!id.equals("young") || hour > 24 * 75) {
          Instant at = start.plusSeconds(3_600L * hour);
          text.append("%s,%s,%s\n".formatted(id, hour % 7 == 0 ? "inactive" : "active", at));
        }
      }
    }
    folder.importText(text.toString());
    folder.importText("store_id,timezone_str\nnever,Asia/Beirut\nwhole,Asia/Beirut\n");
    now = start.plusSeconds(86_400L * 170);
    long _ = tracker().update();
    int gap = folder.stores().registry().key("gap").orElseThrow();
    int april = Months.of(LocalDate.of(2026, 4, 1).toEpochDay());
    change("DELETE FROM history_month WHERE store_key = %d AND month = %d".formatted(gap, april));
    folder.importText("store_id,status,timestamp_utc\nlate,inactive,2026-03-10T01:30:00Z\n");
    List<Dates> periods =
        List.of(
            new Dates(LocalDate.of(2025, 11, 3), LocalDate.of(2025, 12, 31)),
            new Dates(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 28)),
            new Dates(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 6, 10)));
    List<String> all = List.of("whole", "young", "gap", "late", "never");
    assertThat(table(all, periods)).isEqualTo(tableFromScratch(all, periods));
    Dates year = new Dates(LocalDate.of(2025, 7, 20), LocalDate.of(2026, 6, 15));
    assertThat(table(all, List.of(year))).isEqualTo(tableFromScratch(all, List.of(year)));

    // What is added up are the rows, of each store whose rows are good. December has some, because
    // the first polls speak of its last hours.
    List<List<WindowTotals>> before = table(all, periods);
    change("UPDATE history_month SET polls = polls + 1000");
    List<List<WindowTotals>> after = table(all, periods);
    assertThat(morePolls(before, after))
        .containsExactly("1 2 3", "0 0 3", "1 2 2", "1 2 2", "0 0 0");
  }

  /** Returns for each store how many thousands of polls more there are in each period. */
  private static List<String> morePolls(
      List<List<WindowTotals>> before, List<List<WindowTotals>> after) {
    return IntStream.range(0, before.size())
        .mapToObj(
            store ->
                IntStream.range(0, before.get(store).size())
                    .mapToLong(
                        part ->
                            after.get(store).get(part).polls()
                                - before.get(store).get(part).polls())
                    .mapToObj(more -> Long.toString(more / 1_000))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private void change(String sql) {
    int _ = folder.database().jdbc().sql(sql).update();
  }

  /** Returns the figures of stores, of each in some periods. */
  private List<List<WindowTotals>> table(List<String> ids, List<Dates> periods) {
    return history()
        .inSnapshot(
            (registry, reading) -> {
              int[] keys = ids.stream().mapToInt(id -> registry.key(id).orElseThrow()).toArray();
              HistoryTable table =
                  reading.of(
                      keys,
                      periods,
                      new History.Terms(newest(), HistoryTracker.RULE, LateClose.AS_GIVEN));
              return Arrays.stream(keys)
                  .mapToObj(
                      key ->
                          IntStream.range(0, periods.size())
                              .mapToObj(part -> table.totals(table.row(key), part))
                              .toList())
                  .toList();
            });
  }

  private List<List<WindowTotals>> tableFromScratch(List<String> ids, List<Dates> periods) {
    return ids.stream()
        .map(id -> periods.stream().map(period -> fromScratch(id, period)).toList())
        .toList();
  }

  /** Imports a poll of each hour for some days from March on, and says it is then. */
  private void importHours(String id, int days) throws IOException {
    Instant start = Instant.parse("2026-03-01T00:10:00Z");
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int hour = 0; hour < 24 * days; hour++) {
      text.append("%s,active,%s\n".formatted(id, start.plusSeconds(3_600L * hour)));
    }
    folder.importText(text.toString());
    now = start.plusSeconds(86_400L * days);
  }

  private WindowTotals figures(String id, LocalDate date) {
    return figures(id, Dates.day(date));
  }

  private WindowTotals figures(String id, Dates dates) {
    return history()
        .inSnapshot(
            (registry, reading) ->
                reading
                    .of(
                        new int[] {registry.key(id).orElseThrow()},
                        List.of(dates),
                        new History.Terms(newest(), HistoryTracker.RULE, LateClose.AS_GIVEN))
                    .totals(0, 0));
  }

  private WindowTotals fromScratch(String id, LocalDate date) {
    return fromScratch(id, Dates.day(date));
  }

  private WindowTotals fromScratch(String id, Dates dates) {
    Registry registry = folder.stores().registry();
    return fromScratch(registry, registry.key(id).orElseThrow(), dates, newest());
  }
}
