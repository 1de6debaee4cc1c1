package dev.storewatch.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.RowWriters;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.timeline.ExplanationText;
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
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Compares everything that polls lead to, after some of them were deleted, with a database that
 * never had those.
 */
@AnyDatabase
final class DeletedPollsTest {
  private static final int STORES = 6;
  private static final long START = Micros.of(Instant.parse("2026-08-25T00:00:00Z"));
  private static final int HOURS = 60 * 24;
  private static final Span ALL_TIME = new Span(0, Long.MAX_VALUE / 4);
  private static final String SCHEDULES =
      """
      store_id,day,start_time_local,end_time_local
      store 0,0,09:00,17:00
      store 1,2,18:00,02:00
      store 2,5,00:00,24:00
      store 3,6,10:00,12:00
      """;

  /** All stores, because one without any poll is there only if something else is known of it. */
  private static final String ZONES =
      """
      store_id,timezone_str
      store 0,America/Denver
      store 1,Asia/Kolkata
      store 2,America/Chicago
      store 3,Europe/Berlin
      store 4,Australia/Lord_Howe
      store 5,UTC
      """;

  @TempDir private Path path;
  private TestFolder folder;

  /** The polls that should be there. */
  private final SortedMap<String, SortedMap<Long, Boolean>> remaining = new TreeMap<>();

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path.resolve("deleted"));
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @ParameterizedTest
  @Seeds
  void leaveEverythingAsIfTheyHadNeverCome(long seed) throws IOException {
    Random random = new Random(seed);
    makeUp(random);
    fill(folder);
    PolledStates states = states(folder);
    for (int round = 0; round < 4; round++) {
      var _ = facts(folder, states); // so that whatever is kept in memory is
      for (int i = 0; i < 5; i++) {
        deleteSome(random);
      }
      try (TestFolder fresh = new TestFolder(path.resolve("fresh " + round))) {
        fill(fresh);
        assertThat(folder.allPolls()).as("round %d", round).isEqualTo(remaining);
        assertThat(facts(folder, states))
            .as("round %d", round)
            .isEqualTo(facts(fresh, states(fresh)));
      }
    }
  }

  private void makeUp(Random random) {
    for (int store = 0; store < STORES; store++) {
      SortedMap<Long, Boolean> polls = new TreeMap<>();
      for (int i = 0; i < 400; i++) {
        polls.put(instant(random), random.nextInt(4) > 0);
      }
      remaining.put("store " + store, polls);
    }
  }

  private static long instant(Random random) {
    return START + random.nextInt(HOURS) * Micros.HOUR + random.nextInt(3);
  }

  private void fill(TestFolder there) throws IOException {
    var _ = there.importText(SCHEDULES);
    var _ = there.importText(ZONES);
    StringBuilder file = new StringBuilder("store_id,status,timestamp_utc\n");
    remaining.forEach(
        (store, polls) ->
            polls.forEach(
                (at, active) ->
                    file.append(
                        "%s,%s,%s\n"
                            .formatted(
                                store, active ? "active" : "inactive", Micros.toInstant(at)))));
    var _ = there.importText(file.toString());
  }

  /** Deletes all of a store now and then, and most often some days of it. */
  private void deleteSome(Random random) {
    String store = "store " + random.nextInt(STORES);
    long from = instant(random);
    long to = from + 1 + random.nextInt(1 + random.nextInt(HOURS)) * Micros.HOUR;
    Span period = random.nextInt(12) == 0 ? ALL_TIME : new Span(from, to);
    SortedMap<Long, Boolean> polls = remaining.getOrDefault(store, new TreeMap<>());
    SortedMap<Long, Boolean> gone = polls.subMap(period.start(), period.end());
    long expected = gone.size();
    gone.clear();
    if (polls.isEmpty()) {
      remaining.remove(store);
    }

    assertThat(
            folder.parts().intake().<Long>write(in -> in.delete(Scope.EVERYTHING, store, period)))
        .isEqualTo(expected);
  }

  private static PolledStates states(TestFolder there) {
    return new PolledStates(
        there.database(), there.stores(), there.polls(), there.clock(), LateClose.AS_GIVEN);
  }

  /** Returns all that polls lead to. */
  private static List<String> facts(TestFolder there, PolledStates states) {
    List<String> facts = new ArrayList<>();
    OptionalLong newest = there.polls().newest();
    facts.add("newest " + newest);
    for (int days = 0; days <= 60; days += 6) {
      long instant = START + days * Micros.DAY;
      facts.add("newest by day %d: %s".formatted(days, there.polls().newest(instant)));
      facts.add(
          "polls by day %d: %d"
              .formatted(
                  days, there.polls().countRoughly(new Span(START - 40 * Micros.DAY, instant))));
    }
    Registry registry = there.stores().registry();
    for (int store = 0; store < STORES; store++) {
      int key = registry.key("store " + store).orElseThrow();
      facts.add("first of store %d: %s".formatted(store, registry.firstPoll(key)));
      facts.add(
          "state of store %d: %s".formatted(store, states.at(Scope.EVERYTHING, "latest").of(key)));
      facts.add(
          "in all, store %d: %s"
              .formatted(
                  store, states.at(Scope.EVERYTHING, "2026-10-01T17:00:00Z").ofAll().apply(key)));
    }
    long asOf = newest.orElse(START);
    facts.add(report(there, asOf));
    facts.add(report(there, START + 30 * Micros.DAY));
    for (int store = 0; store < STORES; store++) {
      facts.add(explanation(there, "store " + store, asOf));
    }
    return facts;
  }

  private static String report(TestFolder there, long asOf) {
    ReportSpec spec =
        new ReportSpec(
            asOf,
            Rule.standard(),
            List.of(
                Window.of(Duration.ofHours(1)),
                Window.parse("P1M"),
                Window.of(Duration.ofDays(60))),
            null,
            LateClose.AS_GIVEN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    there
        .parts()
        .fleetReport()
        .compute(spec, FleetReport.Progress.NONE)
        .writeTo(RowWriters.of(spec, Detail.FULL, Format.CSV, out));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String explanation(TestFolder there, String store, long asOf) {
    return ExplanationText.of(
        there
            .parts()
            .explainer()
            .explain(
                Scope.EVERYTHING,
                store,
                asOf,
                Rule.standard(),
                Span.endingAt(asOf, 20 * Micros.DAY),
                LateClose.AS_GIVEN));
  }
}
