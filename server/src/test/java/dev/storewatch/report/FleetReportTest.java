package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Between;
import dev.storewatch.window.Dates;
import dev.storewatch.window.Window;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares reports on a random fleet with what the engine says of each store by itself. */
@AnyDatabase
@ParameterizedClass
@Seeds
@SuppressWarnings("NullAway.Init") // a fleet is made before the tests of a seed
final class FleetReportTest {
  /** The newest poll; the clocks of Chicago and Berlin change in the weeks before it. */
  private static final long NEWEST = Micros.of(Instant.parse("2023-04-01T17:21:19.123456Z"));

  private static final List<String> ZONES =
      List.of("America/Chicago", "Europe/Berlin", "Asia/Kolkata", "Pacific/Chatham", "UTC");
  private static final FleetReport.Progress NO_MATTER = done -> {};

  private static final List<StoreData> FLEET = new ArrayList<>();

  @TempDir private static Path path;
  private static DataFolder folder;
  private static Database database;
  private static Stores stores;
  private static Polls polls;

  private final Random random;

  FleetReportTest(long seed) {
    random = new Random(seed);
  }

  /** A store as it was made up. */
  private record StoreData(
      String id,
      @Nullable String zone,
      List<OpeningInterval> hours,
      TreeMap<Long, Boolean> polls,
      Set<String> tags) {
    Schedule schedule(boolean lateCloseAsMidnight) {
      List<OpeningInterval> intervals =
          lateCloseAsMidnight
              ? hours.stream().map(OpeningInterval::withLateCloseAsMidnight).toList()
              : hours;
      return new Schedule(
          hours.isEmpty() ? WeeklyHours.always() : WeeklyHours.of(intervals),
          zone == null ? Schedule.defaultZone() : Zone.of(zone));
    }

    PollSeries upTo(long asOf) {
      return PollSeries.ofPacked(
          polls.headMap(asOf, true).entrySet().stream()
              .mapToLong(poll -> PackedPoll.of(poll.getKey(), poll.getValue()))
              .toArray());
    }
  }

  @BeforeParameterizedClassInvocation
  static void makeUpAFleet(long seed) {
    folder = DataFolder.take(path.resolve(Long.toString(seed)), "test");
    database = TestFolder.open(folder, TestDatabase.settings(folder.path()));
    stores = Stores.open(database);
    polls = Polls.open(database);
    TestFleet fleet = new TestFleet();
    Random random = new Random(seed);
    FLEET.clear();
    for (int i = 0; i < 300; i++) {
      FLEET.add(randomStore(random, "store " + Long.toString(random.nextLong() >>> 8, 36)));
      put(fleet, FLEET.getLast());
    }
    fleet.save(database, stores, polls);
    tagAllAndDeleteSome(random);
  }

  private static void tagAllAndDeleteSome(Random random) {
    int left =
        database.inWriteTransaction(
            () -> {
              Registry registry = stores.registry();
              for (StoreData store : FLEET) {
                int key = registry.key(store.id).orElseThrow();
                StoreDetails known = registry.details(key);
                stores.describe(
                    key, new StoreDetails(null, known.zone(), known.hours(), store.tags));
              }
              List<StoreData> deleted = FLEET.stream().filter(s -> random.nextInt(6) == 0).toList();
              deleted.forEach(store -> stores.delete(registry.key(store.id).orElseThrow()));
              FLEET.removeAll(deleted);
              return FLEET.size();
            });
    assertThat(stores.registry().count()).isEqualTo(left);
  }

  private static void put(TestFleet fleet, StoreData store) {
    fleet.store(store.id);
    if (store.zone != null) {
      fleet.zone(store.zone);
    }
    store.hours.forEach(fleet::hours);
    store.polls.forEach(fleet::poll);
  }

  private static StoreData randomStore(Random random, String id) {
    String zone = random.nextInt(5) == 0 ? null : ZONES.get(random.nextInt(ZONES.size()));
    List<OpeningInterval> hours = new ArrayList<>();
    int intervals = random.nextInt(4) == 0 ? 0 : random.nextInt(12);
    for (int i = 0; i < intervals; i++) {
      int closes = random.nextInt(4) == 0 ? 86_340 + random.nextInt(60) : random.nextInt(86_401);
      hours.add(
          new OpeningInterval(DayOfWeek.of(1 + random.nextInt(7)), random.nextInt(86_400), closes));
    }
    TreeMap<Long, Boolean> times = new TreeMap<>();
    int count = random.nextInt(5) == 0 ? 0 : random.nextInt(400);
    boolean active = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      active = random.nextInt(6) == 0 ? !active : active;
      times.put(NEWEST - random.nextLong(20 * Micros.DAY), active);
    }
    if (random.nextInt(10) == 0) {
      times.put(NEWEST, active);
    }
    return new StoreData(id, zone, hours, times, randomTags(random));
  }

  private static Set<String> randomTags(Random random) {
    return Stream.of("west", "east", "north")
        .filter(tag -> random.nextBoolean())
        .collect(Collectors.toSet());
  }

  @AfterParameterizedClassInvocation
  static void close() {
    database.close();
    folder.close();
  }

  private static ReportTable compute(ReportSpec spec, int threads) {
    return new FleetReport(database, stores, polls, threads).compute(spec, NO_MATTER);
  }

  private static void assertAsOneByOne(ReportSpec spec, ReportTable table) {
    List<String> wanted = spec.storeIds();
    List<StoreData> reported =
        FLEET.stream()
            .filter(store -> wanted == null || wanted.contains(store.id))
            .filter(store -> sees(spec.scope(), store))
            .filter(store -> !store.polls.headMap(spec.asOf(), true).isEmpty())
            .sorted(Comparator.comparing(StoreData::id))
            .toList();
    assertThat(table.size()).isEqualTo(reported.size());
    for (int row = 0; row < table.size(); row++) {
      StoreData store = reported.get(row);
      assertThat(table.storeId(row)).isEqualTo(store.id);
      List<WindowTotals> expected = oneByOne(spec, store);
      List<Span> spans = spec.spans(store.schedule(spec.lateClose().isAsMidnight()));
      for (int window = 0; window < expected.size(); window++) {
        assertThat(table.ends()[table.firstEnd(row) + 2 * window])
            .isEqualTo(spans.get(window).start());
        assertThat(table.ends()[table.firstEnd(row) + 2 * window + 1])
            .isEqualTo(spans.get(window).end());
        assertThat(table.totals(row, window))
            .as("store %s, window %d of %s", store.id, window, spec)
            .isEqualTo(expected.get(window));
      }
    }
  }

  private static boolean sees(Scope scope, StoreData store) {
    Set<String> tags = scope.tags();
    return tags == null || !Collections.disjoint(tags, store.tags);
  }

  private static List<WindowTotals> oneByOne(ReportSpec spec, StoreData store) {
    Schedule schedule = store.schedule(spec.lateClose().isAsMidnight());
    UptimeEngine engine = new UptimeEngine(spec.rule(), spec.asOf(), spec.spans(schedule));
    return engine.measure(
        schedule.open(new Clocks(engine.horizon())), SpanSet.empty(), store.upTo(spec.asOf()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void saysOfEveryStoreWhatTheEngineSays(int threads) {
    for (int i = 0; i < 12; i++) {
      ReportSpec spec = randomSpec(null);
      assertAsOneByOne(spec, compute(spec, threads));
    }
  }

  @Test
  void saysTheSameOfSomeStoresAlone() {
    for (int size : new int[] {1, 5, 32, 33, 150}) {
      List<String> ids = FLEET.stream().limit(size).map(StoreData::id).toList();
      ReportSpec spec = randomSpec(ids);
      assertAsOneByOne(spec, compute(spec, 2));
    }
  }

  private Window randomWindow() {
    return Window.of(Duration.ofMinutes(1 + random.nextInt(10_000)));
  }

  /** Returns dates that are over at the as-of instants that are drawn, or not yet. */
  private Window randomDates() {
    LocalDate first = LocalDate.parse("2023-03-15").plusDays(random.nextInt(17));
    return new Dates(first, first.plusDays(random.nextInt(5)));
  }

  private Window randomBetween() {
    long end = NEWEST - 10 * Micros.DAY - random.nextLong(8 * Micros.DAY);
    return new Between(Span.endingAt(end, 1 + random.nextLong(3 * Micros.DAY)));
  }

  private ReportSpec randomSpec(@Nullable List<String> ids) {
    Duration carry = Duration.ofMinutes(1 + random.nextInt(3 * 24 * 60));
    Rule rule = Rule.of(List.of("nearest", "previous", "ratio").get(random.nextInt(3)), carry);
    List<Window> windows =
        switch (random.nextInt(5)) {
          case 0 -> Window.STANDARD;
          case 3 -> List.of(randomDates(), randomBetween());
          case 4 -> List.of(randomWindow(), randomDates(), Window.parse("P2D-before"));
          case 1 -> List.of(randomWindow(), Window.of(Duration.ofDays(15)));
          default -> List.of(Window.parse("P1M"), randomWindow(), Window.parse("P5D"));
        };
    long asOf =
        random.nextInt(3) == 0 ? NEWEST : NEWEST - random.nextLong(-Micros.DAY, 10 * Micros.DAY);
    Scope scope =
        ids != null || random.nextBoolean() ? Scope.EVERYTHING : Scope.of(List.of("west", "east"));
    return new ReportSpec(
        asOf, rule, windows, ids, LateClose.asMidnight(random.nextBoolean()), scope);
  }

  @Test
  void givesTheSameBytesWithOneAndSeveralThreads() {
    ReportSpec spec = ReportSpec.standard(NEWEST);

    String checksum = Checksum.of(spec, compute(spec, 1));

    assertThat(Checksum.of(spec, compute(spec, 2))).isEqualTo(checksum);
    assertThat(Checksum.of(spec, compute(spec, 64))).isEqualTo(checksum);
  }

  @Test
  void tellsHowFarItIs() {
    AtomicInteger total = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    ReportTable table =
        new FleetReport(database, stores, polls, 3)
            .compute(
                ReportSpec.standard(NEWEST),
                new FleetReport.Progress() {
                  @Override
                  public void starts(int stores) {
                    total.addAndGet(stores);
                  }

                  @Override
                  public void done(int stores) {
                    done.addAndGet(stores);
                  }
                });

    assertThat(total).hasValue(table.size());
    assertThat(done).hasValue(table.size());
  }

  @Test
  void namesItsThreadsAfterWhoAsks() {
    Set<String> names = ConcurrentHashMap.newKeySet();

    var _ =
        new FleetReport(database, stores, polls, 3)
            .compute(
                ReportSpec.standard(NEWEST), done -> names.add(Thread.currentThread().getName()));

    String own = Pattern.quote(Thread.currentThread().getName());
    assertThat(names).isNotEmpty().allMatch(name -> name.matches(own + "-range-\\d"));
  }

  @Test
  void givesUpWhenItIsNotWantedAnyMore() {
    FleetReport.Progress unwanted =
        new FleetReport.Progress() {
          @Override
          public void done(int stores) {}

          @Override
          public boolean isCancelled() {
            return true;
          }
        };

    for (int threads = 1; threads <= 3; threads++) {
      FleetReport report = new FleetReport(database, stores, polls, threads);
      assertThatThrownBy(() -> report.compute(ReportSpec.standard(NEWEST), unwanted))
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void namesTheStoresThatAreNotThere() {
    List<String> ids = List.of("a", "b", "c", "d", "e", "f").stream().collect(Collectors.toList());
    ReportSpec spec =
        new ReportSpec(NEWEST, Rule.standard(), Window.STANDARD, ids, LateClose.AS_GIVEN);

    assertThatThrownBy(() -> compute(spec, 1))
        .isInstanceOf(FleetReport.UnknownStores.class)
        .hasMessage("there is no store with the id a, b, c, d, e (and 1 more)");
  }

  @Test
  void knowsNoStoreOutsideItsScope() {
    Scope scope = Scope.of(List.of("north"));
    String inside = first(store -> sees(scope, store));
    String outside = first(store -> !sees(scope, store));
    ReportSpec spec =
        new ReportSpec(
            NEWEST,
            Rule.standard(),
            Window.STANDARD,
            List.of(inside, outside),
            LateClose.AS_GIVEN,
            scope);

    assertThatThrownBy(() -> compute(spec, 1))
        .isInstanceOf(FleetReport.UnknownStores.class)
        .hasMessage("there is no store with the id " + outside);
    ReportSpec alone =
        new ReportSpec(
            NEWEST, Rule.standard(), Window.STANDARD, List.of(inside), LateClose.AS_GIVEN, scope);
    assertAsOneByOne(alone, compute(alone, 1));
  }

  @Test
  void isAboutTheStoresThatHaveAllItsTags() {
    List<String> tags = List.of("west");
    ReportSpec spec = ofTags(Scope.EVERYTHING, tags);
    ReportTable table = compute(spec, 2);

    assertThat(table.size()).isPositive();
    ReportSpec seen =
        new ReportSpec(
            NEWEST,
            Rule.standard(),
            Window.STANDARD,
            null,
            LateClose.AS_GIVEN,
            Scope.of(List.of("west")));
    assertThat(Checksum.of(spec, table)).isEqualTo(Checksum.of(spec, compute(seen, 2)));

    assertThatThrownBy(() -> compute(ofTags(Scope.EVERYTHING, List.of("west", "none")), 1))
        .isInstanceOf(FleetReport.NoStoreTagged.class)
        .hasMessageContaining("no store with the tags none and west");
    assertThatThrownBy(() -> compute(ofTags(Scope.of(List.of("nobody")), tags), 1))
        .isInstanceOf(FleetReport.NoStoreTagged.class)
        .hasMessageContaining("with the tag west: use tags that stores have");
    assertThatThrownBy(() -> ofTags(Scope.EVERYTHING, List.of("no tag")))
        .hasMessageContaining("'no tag' is not a tag");
  }

  private static ReportSpec ofTags(Scope scope, List<String> tags) {
    return new ReportSpec(
        NEWEST, Rule.standard(), Window.STANDARD, null, LateClose.AS_GIVEN, scope, tags);
  }

  private static String first(Predicate<StoreData> wanted) {
    return FLEET.stream().filter(wanted).findFirst().orElseThrow().id;
  }
}
