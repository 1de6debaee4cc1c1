package dev.storewatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Seeds;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Span;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What every place that keeps stores does. */
abstract class StoresContract {
  private static final List<Closure.Repeat> REPEATS = List.of(Closure.Repeat.values());

  /** Returns the stores of an installation that has none yet. */
  abstract Stores stores();

  /** Returns the same stores as another process sees them that opens the installation later. */
  abstract Stores openedAnew();

  /** Does work in a transaction. */
  abstract void inTransaction(Runnable work);

  @Test
  void hasNoStoreAtFirst() {
    assertThat(stores().registry().size()).isZero();
    assertThat(stores().registry().keysById()).isEmpty();
    assertThat(stores().registry().key("a")).isEmpty();
  }

  @Test
  void knowsAStoreFromItsCommitOn() {
    add(1, "b", "a");
    add(3, "ö \"quoted\", 😀");

    Registry registry = stores().registry();
    assertThat(IntStream.rangeClosed(1, registry.size()).mapToObj(registry::id))
        .containsExactly("b", "a", "ö \"quoted\", 😀");
    assertThat(registry.key("a")).hasValue(2);
    assertThat(registry.zone(1)).isNull();
    assertThat(registry.firstPoll(1)).isEmpty();
    assertThat(registry.intervals(1)).isEmpty();
  }

  @ParameterizedTest
  @Seeds
  void ordersIdsByCodePoint(long seed) {
    Random random = new Random(seed);
    // Between the two, UTF-16 puts the surrogates of what comes after both.
    String[] characters = {"a", "B", "1", "10", " ", "é", "\uD7FF", "\uE000", "\uFFFD", "😀", "𝕏"};
    Set<String> ids = new LinkedHashSet<>();
    for (int i = 0; i < 300; i++) {
      StringBuilder id = new StringBuilder();
      for (int length = random.nextInt(4); length >= 0; length--) {
        id.append(characters[random.nextInt(characters.length)]);
      }
      ids.add(id.toString());
    }
    add(1, ids.toArray(new String[0]));

    List<String> ordered = ids.stream().sorted(StoresContract::byCodePoint).toList();
    Registry registry = stores().registry();
    assertThat(Arrays.stream(registry.keysById()).mapToObj(registry::id))
        .containsExactlyElementsOf(ordered);
    for (String after : List.of(ordered.get(0), ordered.get(150), "a", "\uFFFD", "😀", "~")) {
      assertThat(registry.keysAfter(after).mapToObj(registry::id))
          .as("after %s", after)
          .containsExactlyElementsOf(
              ordered.stream().filter(id -> byCodePoint(id, after) > 0).toList());
    }
  }

  private static int byCodePoint(String one, String other) {
    return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
  }

  @Test
  void leavesARegistryThatWasReadEarlierAsItWas() {
    add(1, "a");
    Registry before = stores().registry();

    add(2, "b");

    assertThat(before.size()).isEqualTo(1);
    assertThat(stores().registry().size()).isEqualTo(2);
  }

  @Test
  void setsZonesAndFirstPollsOfTheNamedStoresAlone() {
    add(1, "a", "b", "c");
    inTransaction(
        () -> {
          stores().setZones(new int[] {1, 3}, List.of("UTC", "Asia/Kolkata"));
          stores().setFirstPolls(new int[] {3, 2}, new long[] {30, 20});
        });
    inTransaction(() -> stores().setZones(new int[] {3}, List.of("Europe/Berlin")));

    Registry registry = stores().registry();
    assertThat(registry.zone(1)).isEqualTo(Zone.of("UTC"));
    assertThat(registry.zone(2)).isNull();
    assertThat(registry.zone(3)).isEqualTo(Zone.of("Europe/Berlin"));
    assertThat(registry.firstPoll(1)).isEmpty();
    assertThat(registry.firstPoll(2)).hasValue(20);
    assertThat(registry.firstPoll(3)).hasValue(30);
  }

  @Test
  void changesAStoreInTheTransactionThatAddsIt() {
    inTransaction(
        () -> {
          stores().add(1, List.of("a"));
          stores().setZones(new int[] {1}, List.of("UTC"));
          stores().setFirstPolls(new int[] {1}, new long[] {5});
          stores().replaceHours(new int[] {1}, new long[] {Registry.PackedHours.pack(0, 0, 60)});
        });

    Registry registry = stores().registry();
    assertThat(registry.zone(1)).isEqualTo(Zone.of("UTC"));
    assertThat(registry.firstPoll(1)).hasValue(5);
    assertThat(registry.intervals(1)).containsExactly(new OpeningInterval(DayOfWeek.MONDAY, 0, 60));
  }

  @Test
  void replacesAllHoursOfTheNamedStoresAlone() {
    add(1, "a", "b", "c");
    replaceHours("1 6 86399 86400", "1 0 600 1200", "1 0 60 120", "3 3 0 0");

    assertThat(stores().registry().intervals(1))
        .containsExactly(
            new OpeningInterval(DayOfWeek.MONDAY, 60, 120),
            new OpeningInterval(DayOfWeek.MONDAY, 600, 1_200),
            new OpeningInterval(DayOfWeek.SUNDAY, 86_399, 86_400));

    replaceHours("1 2 7 8", "2 1 5 6");

    Registry registry = stores().registry();
    assertThat(registry.intervals(1))
        .containsExactly(new OpeningInterval(DayOfWeek.WEDNESDAY, 7, 8));
    assertThat(registry.intervals(2)).containsExactly(new OpeningInterval(DayOfWeek.TUESDAY, 5, 6));
    assertThat(registry.intervals(3))
        .containsExactly(new OpeningInterval(DayOfWeek.THURSDAY, 0, 0));
    assertThat(registry.hasHours(3)).isTrue();
  }

  @Test
  void keepsNothingOfATransactionThatFails() {
    add(1, "a");
    inTransaction(() -> stores().setZones(new int[] {1}, List.of("UTC")));

    assertThatThrownBy(
            () ->
                inTransaction(
                    () -> {
                      stores().add(2, List.of("b"));
                      stores().setZones(new int[] {1}, List.of("Asia/Kolkata"));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(stores().registry().size()).isEqualTo(1);
    assertThat(stores().registry().zone(1)).isEqualTo(Zone.of("UTC"));
    assertThat(openedAnew().registry().size()).isEqualTo(1);
  }

  @Test
  void refusesAnIdOrAKeyThatIsThere() {
    add(1, "a");

    assertThatThrownBy(() -> add(2, "a")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> add(1, "b")).isInstanceOf(RuntimeException.class);
    assertThat(openedAnew().registry().size()).isEqualTo(1);
  }

  @Test
  void keepsWhatPeopleSayAboutAStore() {
    add(1, "a", "b");
    StoreDetails details =
        new StoreDetails(
            "Main Street",
            Zone.of("Europe/Berlin"),
            List.of(
                new OpeningInterval(DayOfWeek.MONDAY, 60, 86_400),
                new OpeningInterval(DayOfWeek.FRIDAY, 0, 0)),
            Set.of("west", "big"));
    inTransaction(() -> stores().describe(2, details));

    assertThat(stores().registry().details(1)).isEqualTo(StoreDetails.NONE);
    assertThat(openedAnew().registry().details(2)).isEqualTo(details);
    assertThat(stores().registry().tags(2)).containsExactly("big", "west");

    inTransaction(() -> stores().describe(2, StoreDetails.NONE));
    assertThat(stores().registry().details(2)).isEqualTo(StoreDetails.NONE);
  }

  @Test
  void findsADeletedStoreByItsKeyAlone() {
    add(1, "a", "b");
    inTransaction(() -> stores().describe(1, new StoreDetails("A", null, List.of(), Set.of("t"))));
    inTransaction(() -> stores().setFirstPolls(new int[] {1}, new long[] {5}));
    inTransaction(() -> stores().delete(1));

    for (Registry registry : List.of(stores().registry(), openedAnew().registry())) {
      assertThat(registry.key("a")).isEmpty();
      assertThat(registry.keyEver("a")).hasValue(1);
      assertThat(registry.isDeleted(1)).isTrue();
      assertThat(registry.id(1)).isEqualTo("a");
      assertThat(registry.keysById()).containsExactly(2);
      assertThat(registry.count()).isEqualTo(1);
      assertThat(registry.size()).isEqualTo(2);
      assertThat(registry.details(1)).isEqualTo(StoreDetails.NONE);
      assertThat(registry.hasPollBy(1, Long.MAX_VALUE - 1)).isFalse();
    }
  }

  @Test
  void bringsADeletedStoreBackWhenAnythingIsSaidOfIt() {
    add(1, "zone", "poll", "hours", "details", "nothing");
    inTransaction(() -> IntStream.rangeClosed(1, 5).forEach(stores()::delete));
    inTransaction(
        () -> {
          stores().setZones(new int[] {1}, List.of("UTC"));
          stores().setFirstPolls(new int[] {2}, new long[] {5});
          stores().replaceHours(new int[] {3}, new long[] {Registry.PackedHours.pack(0, 0, 60)});
          stores().describe(4, StoreDetails.NONE);
        });

    Registry registry = openedAnew().registry();
    assertThat(Arrays.stream(registry.keysById()).mapToObj(registry::id))
        .containsExactly("details", "hours", "poll", "zone");
    assertThat(registry.key("poll")).hasValue(2);
  }

  @Test
  void readsBackManyStoresAsTheyWereWritten() {
    int count = 5_000;
    List<String> ids = IntStream.range(0, count).mapToObj(i -> "store " + i * 7_919L).toList();
    int[] keys = IntStream.rangeClosed(1, count).toArray();
    inTransaction(
        () -> {
          stores().add(1, ids);
          stores().setFirstPolls(keys, IntStream.of(keys).mapToLong(key -> key * 3L).toArray());
          stores()
              .replaceHours(
                  keys,
                  IntStream.of(keys)
                      .mapToLong(key -> Registry.PackedHours.pack(key % 7, key, 80_000))
                      .toArray());
        });

    Registry registry = openedAnew().registry();
    for (int key : keys) {
      assertThat(registry.id(key)).isEqualTo(ids.get(key - 1));
      assertThat(registry.key(ids.get(key - 1))).hasValue(key);
      assertThat(registry.firstPoll(key)).hasValue(key * 3L);
      assertThat(registry.packedHours(key))
          .containsExactly(Registry.PackedHours.pack(key % 7, key, 80_000));
    }
  }

  @ParameterizedTest
  @Seeds
  void knowsSpecialDaysAndClosuresAsTheyAreReadAnew(long seed) {
    Random random = new Random(seed);
    add(1, "a", "b");
    inTransaction(() -> stores().addTags(new int[] {1}, List.of("west")));
    for (int i = 0; i < 30; i++) {
      int turn = i;
      boolean fails = random.nextInt(5) == 0;
      Runnable work = () -> changeEntries(random, turn, fails);
      if (fails) {
        assertThatThrownBy(() -> inTransaction(work)).hasMessageContaining("taken back");
      } else {
        inTransaction(work);
      }
      assertSame(stores().registry(), openedAnew().registry());
    }
  }

  private void changeEntries(Random random, int turn, boolean fails) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      String id = turn + "-" + i;
      Registry now = stores().registry();
      switch (random.nextInt(5)) {
        case 0 -> stores().addClosures(List.of(closure(random, id), closure(random, id + "-2")));
        case 1 -> stores().addDays(List.of(day(random, id), day(random, id + "-2")));
        case 2 ->
            one(random, now.plannedClosures()).ifPresent(x -> stores().removeClosure(x, 9, "y"));
        case 3 -> one(random, now.plannedDays()).ifPresent(x -> stores().removeDay(x, 9, "y"));
        default ->
            stores().setZones(new int[] {2}, List.of(random.nextBoolean() ? "UTC" : "Asia/Tokyo"));
      }
    }
    if (fails) {
      throw new IllegalStateException("it is taken back");
    }
  }

  private static Optional<String> one(Random random, List<? extends CalendarEntry> entries) {
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(entries.get(random.nextInt(entries.size())).id());
  }

  private static Target target(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Target.ALL;
      case 1 -> new Target(null, "west");
      default -> new Target(1 + random.nextInt(2), null);
    };
  }

  private static PlannedClosure closure(Random random, String id) {
    LocalDateTime from = LocalDateTime.of(2026, 3, 1 + random.nextInt(28), 6, 30);
    Closure.Repeat repeat = REPEATS.get(random.nextInt(REPEATS.size()));
    LocalDate until = random.nextBoolean() ? null : LocalDate.of(2027, 1, 1);
    Closure closure =
        random.nextBoolean()
            ? new Closure.Fixed(new Span(random.nextInt(99), 1_000_000_000), "works")
            : new Closure.Local(from, from.plusHours(3), repeat, until, "works");
    String by = random.nextBoolean() ? null : "x";
    return new PlannedClosure(id, target(random), closure, random.nextInt(4), by);
  }

  private static PlannedDay day(Random random, String id) {
    LocalDate date = LocalDate.of(2026, 3, 1 + random.nextInt(28));
    List<OpeningInterval> hours =
        random.nextBoolean()
            ? List.of()
            : List.of(
                new OpeningInterval(date.getDayOfWeek(), 3_600, 7_200),
                new OpeningInterval(date.getDayOfWeek(), 72_000, 3_600));
    String label = random.nextBoolean() ? null : "fair";
    String by = random.nextBoolean() ? null : "x";
    return new PlannedDay(id, target(random), date, hours, label, random.nextInt(4), by);
  }

  private static void assertSame(Registry known, Registry read) {
    assertThat(known.plannedClosures()).isEqualTo(read.plannedClosures());
    assertThat(known.plannedDays()).isEqualTo(read.plannedDays());
    for (int key = 1; key <= 2; key++) {
      assertThat(known.schedule(key, LateClose.AS_GIVEN))
          .isEqualTo(read.schedule(key, LateClose.AS_GIVEN));
    }
  }

  private void add(int firstKey, String... ids) {
    inTransaction(() -> stores().add(firstKey, List.of(ids)));
  }

  /** Replaces hours, each written as key, day, opening and closing second. */
  private void replaceHours(String... rows) {
    List<String[]> parts = List.of(rows).stream().map(row -> row.split(" ", -1)).toList();
    int[] keys = parts.stream().mapToInt(row -> Integer.parseInt(row[0])).toArray();
    long[] hours =
        parts.stream()
            .mapToLong(
                row ->
                    Registry.PackedHours.pack(
                        Integer.parseInt(row[1]),
                        Integer.parseInt(row[2]),
                        Integer.parseInt(row[3])))
            .toArray();
    inTransaction(() -> stores().replaceHours(keys, hours));
  }
}
