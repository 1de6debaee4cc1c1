package dev.storewatch.outage;

import static dev.storewatch.outage.OutageChange.Kind.BEGAN;
import static dev.storewatch.outage.OutageChange.Kind.CHANGED;
import static dev.storewatch.outage.OutageChange.Kind.ENDED;
import static dev.storewatch.outage.OutageChange.Kind.FOUND_LATE;
import static dev.storewatch.outage.OutageChange.Kind.RESUMED;
import static dev.storewatch.outage.OutageChange.Kind.WITHDRAWN;
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
import dev.storewatch.interval.SpanSet;
import dev.storewatch.outage.KeptOutage.EndedBy;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Outages that are kept, after all kinds of changes, are those that core finds from scratch. */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // a folder is opened before each test
final class OutageTrackerTest {
  private static final Rule RULE = Rule.standard();
  private static final OutageFilter ALL =
      new OutageFilter(OutageFilter.State.ANY, null, new Span(Long.MIN_VALUE, Long.MAX_VALUE));
  private static final int ROUNDS = 60;

  @TempDir private Path path;
  private TestFolder folder;
  private Instant now = RandomChanges.START;
  private OutageTracker tracker;

  /** The outages by their ids, as a listener put them together from what it was told. */
  private final Map<Long, KeptOutage> told = new HashMap<>();

  private final List<OutageChange.Kind> kinds = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    tracker = tracker();
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private OutageTracker tracker() {
    InstantSource clock = () -> now;
    return new OutageTracker(
        folder.database(),
        folder.stores(),
        folder.polls(),
        LateClose.AS_GIVEN,
        clock.withZone(ZoneOffset.UTC),
        List.of((changes, at) -> changes.forEach(this::hear)));
  }

  private void hear(OutageChange change) {
    kinds.add(change.kind());
    KeptOutage before = change.before();
    KeptOutage after = change.after();
    if (before != null) {
      assertThat(told.remove(before.id())).isEqualTo(before);
    }
    if (after != null) {
      assertThat(told.put(after.id(), after)).isNull();
    }
  }

  @ParameterizedTest
  @Seeds
  void keepsWhatCoreFindsFromScratch(long seed) throws IOException {
    Random random = new Random(seed);
    RandomChanges changes = new RandomChanges(folder);
    changes.importPolls(random, 600);
    for (int round = 0; round < Seeds.Rounds.of(ROUNDS); round++) {
      for (int i = random.nextInt(3); i > 0; i--) {
        changes.make(random);
      }
      if (random.nextInt(3) == 0) {
        now = now.plusSeconds(random.nextInt(20 * 3_600));
      }
      if (random.nextInt(8) == 0) {
        tracker = tracker();
      }
      tracker.update();
      assertAsFromScratch("round %d".formatted(round));
    }
    now = now.plusSeconds(90 * 86_400);
    tracker.update();
    assertAsFromScratch("when all is long past");
    assertThat(kinds)
        .contains(OutageChange.Kind.BEGAN, OutageChange.Kind.ENDED, OutageChange.Kind.FOUND_LATE);
  }

  @Test
  void tellsWhatBecomesOfAnOutage() throws IOException {
    assertThat(kindsAfter(3, "a,active,01", "a,inactive,02")).containsExactly(BEGAN);
    assertThat(kindsAfter(4, "a,inactive,03")).containsExactly(CHANGED);
    assertThat(kindsAfter(5, "a,active,04")).containsExactly(ENDED);
    assertThat(kindsAfter(5, "a,inactive,04")).containsExactly(RESUMED);
    assertThat(kindsAfter(5, "a,active,02", "a,active,03", "a,active,04"))
        .containsExactly(WITHDRAWN);
    assertThat(kindsAfter(5, "b,active,01", "b,inactive,02", "b,active,03"))
        .containsExactly(FOUND_LATE);
    assertThat(kindsAfter(6)).isEmpty();
  }

  /** Imports polls of hours of the first day, and returns what became of outages by an hour. */
  private List<OutageChange.Kind> kindsAfter(int hour, String... polls) throws IOException {
    now = RandomChanges.START.plusSeconds(3_600L * hour);
    if (polls.length > 0) {
      folder.importText(
          Stream.of(polls)
              .map(poll -> poll.replaceFirst("([^,]*)$", "2026-03-01T$1:00:00Z"))
              .collect(Collectors.joining("\n", "store_id,status,timestamp_utc\n", "\n")));
    }
    kinds.clear();
    tracker.update();
    assertAsFromScratch("hour %d".formatted(hour));
    return List.copyOf(kinds);
  }

  private void assertAsFromScratch(String when) {
    Map<Long, KeptOutage> kept = new HashMap<>();
    List<KeptOutage> all = new ArrayList<>();
    for (KeptOutage outage : new Outages(folder.database()).latest(null, ALL, 100_000)) {
      assertThat(kept.put(outage.id(), outage)).isNull();
      all.addFirst(outage.knownAs(0, 0));
    }
    assertThat(told).isEqualTo(kept);
    Registry registry = folder.stores().registry();
    for (int key = 1; key <= registry.size(); key++) {
      int store = key;
      assertThat(all.stream().filter(outage -> outage.store() == store))
          .as("%s, %s at %s", when, registry.id(key), now)
          .containsExactlyElementsOf(
              registry.isDeleted(key) ? List.of() : fromScratch(registry, key));
    }
  }

  private List<KeptOutage> fromScratch(Registry registry, int key) {
    long asOf = Micros.of(now);
    if (!registry.hasPollBy(key, asOf)) {
      return List.of();
    }
    long from = registry.firstPoll(key).orElseThrow() - RULE.carryMicros() - 9 * Micros.DAY;
    Span period = new Span(from, asOf);
    Span horizon = Timeline.horizon(RULE, asOf, period);
    Schedule schedule = registry.schedule(key, LateClose.AS_GIVEN);
    Clocks clocks = new Clocks(horizon);
    SpanSet open = schedule.open(clocks);
    LongStream.Builder polls = LongStream.builder();
    folder.polls().scan(horizon, key, key, (store, poll) -> polls.add(poll));
    Timeline timeline =
        Timeline.of(
            RULE,
            asOf,
            period,
            open,
            schedule.closed(clocks),
            PollSeries.ofPacked(polls.build().toArray()));
    return timeline.outages().stream()
        .map(
            outage -> {
              EndedBy by =
                  timeline.segments().stream()
                      .filter(segment -> segment.span().start() >= outage.span().end())
                      .map(
                          segment ->
                              switch (segment.state()) {
                                case UP -> EndedBy.RECOVERY;
                                case UNKNOWN -> EndedBy.SILENCE;
                                case DOWN, EXCLUDED, CLOSED -> EndedBy.NOTHING;
                              })
                      .filter(end -> end != EndedBy.NOTHING)
                      .findFirst()
                      .orElse(EndedBy.NOTHING);
              boolean ended = by != EndedBy.NOTHING;
              return new KeptOutage(
                  0,
                  key,
                  outage.span().start(),
                  outage.lastUp(),
                  outage.firstDown(),
                  outage.lastDown(),
                  ended ? OptionalLong.of(outage.span().end()) : OptionalLong.empty(),
                  outage.nextUp(),
                  by,
                  ended ? outage.openMicros() : 0,
                  0);
            })
        .toList();
  }
}
