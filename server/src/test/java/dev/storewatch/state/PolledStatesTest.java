package dev.storewatch.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Scope;
import dev.storewatch.store.States.Moment;
import dev.storewatch.store.States.State;
import dev.storewatch.store.States.StoreState;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Compares the states of random fleets with what the definition says of each store. */
@AnyDatabase
class PolledStatesTest {
  /** The newest poll; the clocks of Chicago changed on the day before. */
  private static final long NEWEST = Micros.of(Instant.parse("2023-03-13T02:30:00.000001Z"));

  private static final List<String> ZONES =
      List.of("America/New_York", "Asia/Kolkata", "Pacific/Chatham", "UTC");

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

  private PolledStates states(Polls polls, boolean lateCloseAsMidnight) {
    return new PolledStates(
        folder.database(),
        folder.stores(),
        polls,
        folder.clock(),
        LateClose.asMidnight(lateCloseAsMidnight));
  }

  /** A store as it was made up, and its state by definition. */
  private record Made(
      String id, @Nullable String zone, List<OpeningInterval> hours, Map<Long, Boolean> polls) {
    StoreState state(long asOf, boolean lateCloseAsMidnight) {
      if (!isOpen(asOf, lateCloseAsMidnight)) {
        return new StoreState(State.CLOSED, OptionalLong.empty());
      }
      OptionalLong last =
          polls.keySet().stream()
              .mapToLong(at -> at)
              .filter(at -> at <= asOf && asOf < at + 24 * 3_600_000_000L)
              .filter(at -> isOpen(at, lateCloseAsMidnight))
              .max();
      if (last.isEmpty()) {
        return new StoreState(State.UNKNOWN, last);
      }
      boolean active = Boolean.TRUE.equals(polls.get(last.getAsLong()));
      return new StoreState(active ? State.UP : State.DOWN, last);
    }

    private boolean isOpen(long at, boolean lateCloseAsMidnight) {
      LocalDateTime shown =
          Zone.of(zone == null ? "America/Chicago" : zone)
              .wallClock(Micros.toInstant(at))
              .toLocalDateTime();
      return hours.isEmpty()
          || hours.stream()
              .map(one -> lateCloseAsMidnight ? one.withLateCloseAsMidnight() : one)
              .anyMatch(one -> isInside(one, shown));
    }

    private static boolean isInside(OpeningInterval one, LocalDateTime shown) {
      int second = shown.toLocalTime().toSecondOfDay();
      boolean hasOpened = shown.getDayOfWeek() == one.day() && second >= one.opens();
      return one.opens() < one.closes()
          ? hasOpened && second < one.closes()
          : hasOpened || (shown.getDayOfWeek() == one.day().plus(1) && second < one.closes());
    }
  }

  private static Made randomStore(Random random, int number) {
    String zone = random.nextInt(4) == 0 ? null : ZONES.get(random.nextInt(ZONES.size()));
    List<OpeningInterval> hours = new ArrayList<>();
    int intervals = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(12);
    for (int i = 0; i < intervals; i++) {
      int closes = random.nextInt(3) == 0 ? 86_340 + random.nextInt(61) : random.nextInt(48) * 1800;
      hours.add(
          new OpeningInterval(
              DayOfWeek.of(1 + random.nextInt(7)), random.nextInt(48) * 1_800, closes));
    }
    Map<Long, Boolean> polls = new TreeMap<>();
    int count = random.nextInt(5) == 0 ? 0 : random.nextInt(30);
    for (int i = 0; i < count; i++) {
      long back = random.nextLong(4 * Micros.DAY);
      polls.put(
          NEWEST - (random.nextBoolean() ? back : back / (1_800 * Micros.SECOND) * 1_800_000_000L),
          random.nextBoolean());
    }
    return new Made("store " + number, zone, hours, polls);
  }

  private List<Made> saveRandomFleet(Random random) {
    List<Made> made = new ArrayList<>();
    TestFleet fleet = new TestFleet();
    for (int i = 0; i < 200; i++) {
      Made store = randomStore(random, i);
      made.add(store);
      fleet.store(store.id);
      if (store.zone != null) {
        fleet.zone(store.zone);
      }
      store.hours.forEach(fleet::hours);
      store.polls.forEach(fleet::poll);
    }
    fleet
        .store("newest")
        .poll(NEWEST, true)
        .save(folder.database(), folder.stores(), folder.polls());
    return made;
  }

  @ParameterizedTest
  @Seeds
  void saysOfEveryStoreWhatTheDefinitionSays(long seed) {
    Random random = new Random(seed);
    List<Made> fleet = saveRandomFleet(random);
    Set<State> met = EnumSet.noneOf(State.class);
    for (boolean lateClose : List.of(false, true)) {
      PolledStates states = states(folder.polls(), lateClose);
      for (long asOf : instants(random, fleet)) {
        Moment moment = states.at(Scope.EVERYTHING, Micros.toInstant(asOf).toString());
        IntFunction<StoreState> stateOf = random.nextBoolean() ? moment::of : moment.ofAll();
        for (Made store : fleet) {
          int key = moment.registry().key(store.id).orElseThrow();
          met.add(store.state(asOf, lateClose).state());
          assertThat(stateOf.apply(key))
              .as("%s at %s, late close %s", store, Micros.toInstant(asOf), lateClose)
              .isEqualTo(store.state(asOf, lateClose));
        }
      }
    }
    assertThat(met).containsExactly(State.values());
  }

  /** Returns instants of and around polls and of the end of their reach, and any others. */
  private static List<Long> instants(Random random, List<Made> fleet) {
    List<Long> instants = new ArrayList<>(List.of(NEWEST, NEWEST + 1, NEWEST + Micros.DAY));
    for (int i = 0; i < 15; i++) {
      Made store = fleet.get(random.nextInt(fleet.size()));
      store.polls.keySet().stream()
          .findFirst()
          .ifPresent(
              at -> instants.addAll(List.of(at, at - 1, at + Micros.DAY, at + Micros.DAY - 1)));
      instants.add(NEWEST - random.nextLong(-2 * Micros.DAY, 5 * Micros.DAY));
    }
    return instants;
  }

  @ParameterizedTest
  @Seeds
  void findsTheSameInRangesOfStores(long seed) {
    saveRandomFleet(new Random(seed));
    var registry = folder.stores().registry();
    long[] expected =
        new LastPolls(registry, folder.polls(), LateClose.AS_GIVEN, NEWEST, Micros.DAY).ofAll();

    for (int atATime : new int[] {1, 7, 201}) {
      long[] found =
          new LastPolls(registry, folder.polls(), LateClose.AS_GIVEN, NEWEST, Micros.DAY, atATime)
              .ofAll();
      assertThat(found).as("%d at a time", atATime).isEqualTo(expected);
    }
  }

  @Test
  void isOfTheNewestPollUnlessAskedOtherwise() throws IOException {
    PolledStates states = states(folder.polls(), false);
    assertThat(states.at(Scope.EVERYTHING, "latest").instant())
        .isEqualTo(Micros.of(TestFolder.NOW));

    folder.importText("store_id,status,timestamp_utc\na,active,2023-01-25 12:00:00 UTC\n");

    assertThat(states.at(Scope.EVERYTHING, "latest").instant())
        .isEqualTo(Micros.of(Instant.parse("2023-01-25T12:00:00Z")));
    assertThat(states.at(Scope.EVERYTHING, "now").instant()).isEqualTo(Micros.of(TestFolder.NOW));
    assertThat(states.at(Scope.EVERYTHING, "now").of(1).state()).isEqualTo(State.UNKNOWN);
    assertThatThrownBy(() -> states.at(Scope.EVERYTHING, "soon"))
        .hasMessageContaining("2023-01-25T18:13:22Z");
  }

  @Test
  void ignoresPollsAfterTheInstant() throws IOException {
    folder.importText(
        """
        store_id,status,timestamp_utc
        a,active,2023-01-25 12:00:00 UTC
        a,inactive,2023-01-25 12:20:00 UTC
        """
            + "a,inactive,%s\n".formatted(TestFolder.NOW.plus(Duration.ofHours(20))));
    PolledStates states = states(folder.polls(), false);

    assertThat(states.at(Scope.EVERYTHING, "latest").instant())
        .isEqualTo(Micros.of(Instant.parse("2023-01-25T12:20:00Z")));
    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).state()).isEqualTo(State.DOWN);
    assertThat(states.at(Scope.EVERYTHING, "2023-01-25T12:10:00Z").of(1).state())
        .isEqualTo(State.UP);
    assertThat(states.at(Scope.EVERYTHING, "2023-01-25T12:30:00Z").of(1).state())
        .isEqualTo(State.DOWN);
    assertThat(states.at(Scope.EVERYTHING, "now").of(1).state()).isEqualTo(State.UNKNOWN);
    assertThatThrownBy(
            () -> states.at(Scope.EVERYTHING, TestFolder.NOW.plusNanos(1_000).toString()))
        .hasMessageContaining("is after the clock, which says " + TestFolder.NOW);
  }

  @Test
  void looksAtPollsAgainOnlyWhenSomethingHasChanged() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    PolledStates states = states(counting(looks), false);
    folder.importText(
        """
        store_id,status,timestamp_utc
        a,active,2023-01-25 12:00:00 UTC
        b,active,2023-01-25 12:00:00 UTC
        """);
    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).state()).isEqualTo(State.UP);
    int once = looks.get();
    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).state()).isEqualTo(State.UP);
    assertThat(states.at(Scope.EVERYTHING, "2023-01-25T13:00:00Z").of(1).state())
        .isEqualTo(State.UP);
    assertThat(looks).hasValue(once);

    assertThat(states.at(Scope.EVERYTHING, "latest").ofAll().apply(2).state()).isEqualTo(State.UP);
    int all = looks.get();
    assertThat(states.at(Scope.EVERYTHING, "latest").ofAll().apply(1).state()).isEqualTo(State.UP);
    assertThat(states.at(Scope.EVERYTHING, "latest").of(2).state()).isEqualTo(State.UP);
    assertThat(looks).hasValue(all);

    folder.importText("store_id,status,timestamp_utc\na,inactive,2023-01-25 12:00:00 UTC\n");
    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).state()).isEqualTo(State.DOWN);
    assertThat(looks).hasValueGreaterThan(all);
  }

  private Polls counting(AtomicInteger looks) {
    Object counting =
        Proxy.newProxyInstance(
            Polls.class.getClassLoader(),
            new Class<?>[] {Polls.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("version")) {
                looks.incrementAndGet();
              }
              try {
                return method.invoke(folder.polls(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return Polls.class.cast(counting);
  }

  @Test
  void followsEveryChangeOfAStoreAndItsPolls() throws IOException {
    PolledStates states = states(folder.polls(), false);
    folder.importText("store_id,status,timestamp_utc\na,active,2023-01-25 12:00:00 UTC\n");
    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).state()).isEqualTo(State.UP);

    OpeningInterval monday = new OpeningInterval(DayOfWeek.MONDAY, 0, 3_600);
    StoreDetails closed = new StoreDetails(null, Zone.of("UTC"), List.of(monday), Set.of());
    folder.inTransaction(() -> folder.stores().describe(1, closed));
    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).state()).isEqualTo(State.CLOSED);

    folder.inTransaction(() -> folder.stores().describe(1, StoreDetails.NONE));
    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).poll())
        .hasValue(Micros.of(Instant.parse("2023-01-25T12:00:00Z")));

    folder.inTransaction(() -> folder.polls().delete(1));
    assertThat(states.at(Scope.EVERYTHING, "2023-01-25T12:00:00Z").of(1).state())
        .isEqualTo(State.UNKNOWN);
  }

  @Test
  void forgetsWhatATransactionWroteThatFailed() throws IOException {
    PolledStates states = states(folder.polls(), false);
    folder.importText("store_id,status,timestamp_utc\na,active,2023-01-25 12:00:00 UTC\n");
    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).state()).isEqualTo(State.UP);

    assertThatThrownBy(
            () ->
                folder.inTransaction(
                    () -> {
                      var rows = new PollRows(1);
                      rows.add(1, PackedPoll.of(Micros.of(TestFolder.NOW), false));
                      folder.polls().add(rows);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(states.at(Scope.EVERYTHING, "latest").of(1).state()).isEqualTo(State.UP);
  }
}
