package dev.storewatch.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.RandomChanges;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.outage.OutageSums.OfGroup;
import dev.storewatch.outage.OutageSums.OfStore;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.UnknownStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Outages added up, by hand and by chance. */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // a folder is opened before each test
final class OutageSummaryTest {
  private static final OutageFilter ALL =
      new OutageFilter(OutageFilter.State.ANY, null, new Span(Long.MIN_VALUE, Long.MAX_VALUE));
  private static final String MONDAY = "2026-03-02T00:00:00Z";
  private static final String FRIDAY = "2026-03-06T00:00:00Z";

  @TempDir private Path path;
  private TestFolder folder;
  private Instant now = Instant.parse("2026-03-05T16:00:00Z");

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private Clock clock() {
    InstantSource source = () -> now;
    return source.withZone(ZoneOffset.UTC);
  }

  private void update() {
    long _ =
        new OutageTracker(
                folder.database(),
                folder.stores(),
                folder.polls(),
                LateClose.AS_GIVEN,
                clock(),
                List.of())
            .update();
  }

  private OutageSummary summary(OutageSummaryQuery.Asked asked) {
    return new OutageSummaries(
            folder.database(), folder.stores(), folder.polls(), LateClose.AS_GIVEN, clock())
        .of(Scope.EVERYTHING, asked);
  }

  private static OutageSummaryQuery.Asked asked(
      @Nullable String from, @Nullable String to, String... groupBy) {
    return new OutageSummaryQuery.Asked(from, to, null, List.of(), List.of(groupBy));
  }

  /**
   * A shop and a bar, open from 9 to 17 in UTC. The shop is down on Monday from 11 to 13, from
   * Tuesday 13 to Wednesday 11, and from Thursday 11 on. The bar is silent for two days between its
   * two outages.
   */
  private void importShopAndBar() throws IOException {
    folder.importText(
        """
        store_id,status,timestamp_utc
        shop,active,2026-03-02T10:00:00Z
        shop,inactive,2026-03-02T12:00:00Z
        shop,active,2026-03-02T14:00:00Z
        shop,active,2026-03-03T10:00:00Z
        shop,inactive,2026-03-03T16:00:00Z
        shop,inactive,2026-03-04T10:00:00Z
        shop,active,2026-03-04T12:00:00Z
        shop,active,2026-03-05T10:00:00Z
        shop,inactive,2026-03-05T12:00:00Z
        bar,inactive,2026-03-02T10:00:00Z
        bar,inactive,2026-03-05T10:00:00Z
        closed,active,2026-03-02T10:00:00Z
        """);
    List<OpeningInterval> hours =
        Stream.of(DayOfWeek.values())
            .map(day -> OpeningInterval.of(day, LocalTime.of(9, 0), LocalTime.of(17, 0)))
            .toList();
    describe("shop", hours, "region:west");
    describe("bar", hours, "region:east", "region:west");
    describe("closed", hours, "old");
    update();
  }

  private void describe(String id, List<OpeningInterval> hours, String... tags) {
    int key = folder.stores().registry().key(id).orElseThrow();
    folder.inTransaction(
        () ->
            folder
                .stores()
                .describe(key, new StoreDetails("the " + id, Zone.of("UTC"), hours, Set.of(tags))));
  }

  private OutageSums shop(String from, String to) {
    return summary(asked(from, to)).page("closed", 1).stores().getFirst().sums();
  }

  /** Returns sums as text, times in hours. */
  private static String text(OutageSums sums) {
    OutageSums.Longest longest = sums.longest();
    return "%d outages, %d ongoing, %s lost, longest %s, %d recoveries of %s, %d intervals of %s"
        .formatted(
            sums.outages(),
            sums.ongoing(),
            hours(sums.openSeconds()),
            longest == null
                ? "none"
                : "%s at %s".formatted(hours(longest.openSeconds()), longest.storeId()),
            sums.recoveries(),
            hours(sums.meanSecondsToRecover()),
            sums.intervals(),
            hours(sums.meanSecondsBetween()));
  }

  private static String hours(@Nullable BigDecimal seconds) {
    return seconds == null
        ? "-"
        : seconds.divide(BigDecimal.valueOf(3_600), 3, RoundingMode.HALF_UP).toPlainString();
  }

  @Test
  void addsUpEachStore() throws IOException {
    importShopAndBar();
    OutageSummary.Page page = summary(asked(MONDAY, FRIDAY)).page(null, 50);

    assertThat(page.stores().stream().map(store -> store.storeId() + ": " + text(store.sums())))
        .containsExactly(
            "bar: 2 outages, 1 ongoing, 23.000 lost, longest 14.000 at bar, 0 recoveries of -, 0"
                + " intervals of -",
            "closed: 0 outages, 0 ongoing, 0.000 lost, longest none, 0 recoveries of -, 0"
                + " intervals of -",
            "shop: 3 outages, 1 ongoing, 13.000 lost, longest 6.000 at shop, 2 recoveries of"
                + " 4.000, 2 intervals of 8.000");
    assertThat(page.stores().getFirst().storeName()).isEqualTo("the bar");
    assertThat(page.from()).isEqualTo(MONDAY);
    assertThat(page.to()).isEqualTo(FRIDAY);
    assertThat(page.after()).isNull();
  }

  @Test
  void addsUpGroupsByTheirSums() throws IOException {
    importShopAndBar();
    List<OfGroup> totals = summary(asked(MONDAY, FRIDAY, "region")).page(null, 1).totals();

    String both =
        "5 outages, 2 ongoing, 36.000 lost, longest 14.000 at bar, 2 recoveries of 4.000, 2"
            + " intervals of 8.000";
    assertThat(
            totals.stream()
                .map(
                    total ->
                        "%s %s %d: %s"
                            .formatted(
                                total.total(), total.tag(), total.stores(), text(total.sums()))))
        .containsExactly(
            "fleet null 3: " + both,
            "group region:east 1: 2 outages, 1 ongoing, 23.000 lost, longest 14.000 at bar, 0"
                + " recoveries of -, 0 intervals of -",
            "group region:west 2: " + both,
            "group null 1: 0 outages, 0 ongoing, 0.000 lost, longest none, 0 recoveries of -, 0"
                + " intervals of -");
  }

  @Test
  void cutsWhatReachesOverAnEdge() throws IOException {
    importShopAndBar();

    assertThat(text(shop("2026-03-03T15:00:00Z", "2026-03-04T10:00:00Z")))
        .as("both edges inside the outage")
        .isEqualTo(
            "1 outages, 0 ongoing, 3.000 lost, longest 3.000 at shop, 0 recoveries of -, 0"
                + " intervals of -");
    assertThat(text(shop("2026-03-04T10:00:00Z", "2026-03-05T00:00:00Z")))
        .as("recovered inside: the whole time to recover counts")
        .isEqualTo(
            "1 outages, 0 ongoing, 1.000 lost, longest 1.000 at shop, 1 recoveries of 6.000, 0"
                + " intervals of -");
    assertThat(text(shop("2026-03-03T18:00:00Z", "2026-03-04T08:00:00Z")))
        .as("a night in an outage")
        .isEqualTo(
            "1 outages, 0 ongoing, 0.000 lost, longest 0.000 at shop, 0 recoveries of -, 0"
                + " intervals of -");
    assertThat(text(shop("2026-03-03T13:00:00Z", "2026-03-04T11:00:00Z")))
        .as("exactly the outage")
        .isEqualTo(
            "1 outages, 0 ongoing, 6.000 lost, longest 6.000 at shop, 1 recoveries of 6.000, 0"
                + " intervals of -");
    assertThat(text(shop("2026-03-04T11:00:00Z", "2026-03-05T11:00:00Z")))
        .as("exactly between two")
        .isEqualTo(
            "0 outages, 0 ongoing, 0.000 lost, longest none, 0 recoveries of -, 0 intervals of -");
  }

  @Test
  void isAboutTheWeekBeforeTheNewestPoll() throws IOException {
    importShopAndBar();
    OutageSummary.Page page = summary(asked(null, null)).page(null, 50);

    assertThat(page.from()).isEqualTo("2026-02-26T12:00:00Z");
    assertThat(page.to()).isEqualTo("2026-03-05T12:00:00Z");
    assertThat(page.totals().getFirst().sums().outages()).isEqualTo(5);
  }

  @Test
  void isAboutTheWeekBeforeNowWithoutPolls() {
    OutageSummary.Page page = summary(asked(null, null)).page(null, 50);

    assertThat(page.to()).isEqualTo(now);
    assertThat(page.stores()).isEmpty();
    assertThat(page.totals().getFirst().stores()).isZero();
  }

  @Test
  void findsStoresByIdAndTags() throws IOException {
    importShopAndBar();

    assertThat(ids(new OutageSummaryQuery.Asked(MONDAY, FRIDAY, "bar", List.of(), List.of())))
        .containsExactly("bar");
    assertThat(
            ids(
                new OutageSummaryQuery.Asked(
                    MONDAY, FRIDAY, null, List.of("region:west"), List.of())))
        .containsExactly("bar", "shop");
    assertThat(
            ids(
                new OutageSummaryQuery.Asked(
                    MONDAY, FRIDAY, null, List.of("region:west", "region:east"), List.of())))
        .containsExactly("bar");
  }

  private List<String> ids(OutageSummaryQuery.Asked asked) {
    OutageSummary.Page page = summary(asked).page(null, 50);
    assertThat(page.totals().getFirst().stores()).isEqualTo(page.stores().size());
    return page.stores().stream().map(OfStore::storeId).toList();
  }

  @Test
  void saysWhatWouldBeRight() throws IOException {
    importShopAndBar();

    assertThatThrownBy(() -> summary(asked(MONDAY, null)))
        .isInstanceOf(WrongInput.class)
        .hasMessageStartingWith("a period needs both from and to");
    assertThatThrownBy(() -> summary(asked("1950-01-01T00:00:00Z", FRIDAY)))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("is longer than 3660 days: use a shorter one");
    assertThatThrownBy(() -> summary(asked(MONDAY, FRIDAY, "country")))
        .isInstanceOf(WrongInput.class)
        .hasMessageStartingWith("no store has the tag country or one that begins with country");
    assertThatThrownBy(
            () ->
                summary(
                    new OutageSummaryQuery.Asked(MONDAY, FRIDAY, "nobody", List.of(), List.of())))
        .isInstanceOf(UnknownStore.class);
  }

  @ParameterizedTest
  @Seeds
  void isWhatAnOutageByAnotherAddsUpTo(long seed) throws IOException {
    Random random = new Random(seed);
    RandomChanges changes = new RandomChanges(folder);
    changes.importPolls(random, 600);
    now = RandomChanges.START;
    for (int round = 0; round < Seeds.Rounds.of(20); round++) {
      changes.make(random);
      now = now.plusSeconds(random.nextInt(20 * 3_600));
      update();
      int start = random.nextInt(RandomChanges.HOURS);
      int end = start + 1 + random.nextInt(RandomChanges.HOURS);
      Span period = new Span(hour(start), hour(end));
      assertThat(pages(period, 1 + random.nextInt(5)))
          .as("round %d, %s", round, period)
          .isEqualTo(oneByOne(period));
      assertTotals(period);
    }
  }

  private static long hour(int hour) {
    return Micros.of(RandomChanges.START) + hour * Micros.HOUR;
  }

  private static OutageSummaryQuery.Asked within(Span period, String... groupBy) {
    return asked(
        Micros.toInstant(period.start()).toString(),
        Micros.toInstant(period.end()).toString(),
        groupBy);
  }

  private List<OfStore> pages(Span period, int most) {
    List<OfStore> all = new ArrayList<>();
    String after = null;
    do {
      OutageSummary.Page page = summary(within(period)).page(after, most);
      all.addAll(page.stores());
      after = page.after();
    } while (after != null);
    return all;
  }

  private List<OfStore> oneByOne(Span period) {
    Registry registry = folder.stores().registry();
    return registry
        .keysAfter(null)
        .mapToObj(
            key ->
                new OfStore(
                    registry.id(key), registry.name(key), sums(period, store -> store == key)))
        .toList();
  }

  private void assertTotals(Span period) {
    Registry registry = folder.stores().registry();
    List<OfGroup> totals = new ArrayList<>();
    List<OfStore> stores = new ArrayList<>();
    boolean hasWest = registry.keysAfter(null).anyMatch(key -> isOfWest(registry, key));
    summary(hasWest ? within(period, "west") : within(period))
        .forEach(
            new OutageSums.Receiver() {
              @Override
              public void total(OfGroup total) {
                totals.add(total);
              }

              @Override
              public void store(OfStore store) {
                stores.add(store);
              }
            });
    assertThat(stores).isEqualTo(hasWest ? List.of() : oneByOne(period));
    for (OfGroup total : totals) {
      assertThat(total.sums())
          .isEqualTo(
              sums(
                  period,
                  key ->
                      total.groupBy() == null
                          || isOfWest(registry, key) == "west".equals(total.tag())));
    }
  }

  private static boolean isOfWest(Registry registry, int key) {
    return registry.tags(key).contains("west");
  }

  /** Adds up outages one by one, with the schedules alone, in the order of ids and of time. */
  private OutageSums sums(Span period, Predicate<Integer> included) {
    Registry registry = folder.stores().registry();
    List<KeptOutage> outages =
        new Outages(folder.database())
            .latest(null, ALL, 100_000).reversed().stream()
                .filter(outage -> included.test(outage.store()))
                .sorted(Comparator.comparing(outage -> registry.id(outage.store())))
                .toList();
    int count = 0;
    int ongoing = 0;
    BigDecimal lost = BigDecimal.ZERO.setScale(6);
    OutageSums.Longest longest = null;
    List<BigDecimal> recoveries = new ArrayList<>();
    List<BigDecimal> between = new ArrayList<>();
    for (KeptOutage outage : outages) {
      long end = outage.end().orElse(Math.max(outage.start(), Micros.of(now)));
      if (outage.start() >= period.end() || (!outage.isOngoing() && end <= period.start())) {
        continue;
      }
      count++;
      ongoing += outage.isOngoing() ? 1 : 0;
      BigDecimal open =
          open(
              outage.store(),
              Math.max(outage.start(), period.start()),
              Math.min(end, period.end()));
      lost = lost.add(open);
      if (longest == null || open.compareTo(longest.openSeconds()) > 0) {
        longest =
            new OutageSums.Longest(Long.toString(outage.id()), registry.id(outage.store()), open);
      }
      if (outage.endedBy() == KeptOutage.EndedBy.RECOVERY) {
        if (end <= period.end()) {
          recoveries.add(open(outage.store(), outage.start(), end));
        }
        outages.stream()
            .filter(next -> next.store() == outage.store() && next.start() > outage.start())
            .findFirst()
            .filter(next -> next.start() < period.end())
            .ifPresent(next -> between.add(open(outage.store(), end, next.start())));
      }
    }
    return new OutageSums(
        count,
        ongoing,
        lost,
        longest,
        recoveries.size(),
        mean(recoveries),
        between.size(),
        mean(between));
  }

  private BigDecimal open(int store, long start, long end) {
    Registry registry = folder.stores().registry();
    long micros =
        start >= end
            ? 0
            : registry.schedule(store, LateClose.AS_GIVEN).inHours(new Span(start, end)).length();
    return BigDecimal.valueOf(micros, 6);
  }

  private static @Nullable BigDecimal mean(List<BigDecimal> lengths) {
    return lengths.isEmpty()
        ? null
        : lengths.stream()
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(lengths.size()), 6, RoundingMode.HALF_UP);
  }
}
