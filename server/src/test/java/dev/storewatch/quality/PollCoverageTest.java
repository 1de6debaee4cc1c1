package dev.storewatch.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The polls that came, against those that were expected. */
@AnyDatabase
final class PollCoverageTest {
  private static final String FROM = "2026-10-26T00:00:00Z";
  private static final String TO = "2026-10-27T00:00:00Z";

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

  private PollCoverage of(TestFleet fleet) {
    fleet.save(folder.database(), folder.stores(), folder.polls());
    return new PollCoverage(
        folder.stores().registry(), folder.polls(), Scope.EVERYTHING, LateClose.AS_GIVEN);
  }

  private static CoverageRequest day() {
    return CoverageRequest.parse(FROM, TO, null, OptionalLong.empty(), 0);
  }

  /** Open from 09:30 to 17:00 in UTC on the Monday of the period. */
  private static TestFleet store(TestFleet fleet, String id) {
    return fleet
        .store(id)
        .zone("UTC")
        .hours(new OpeningInterval(DayOfWeek.MONDAY, 9 * 3_600 + 1_800, 17 * 3_600));
  }

  private static String csv(PollCoverage coverage, CoverageRequest request, CoverageWriter.By by) {
    StringWriter text = new StringWriter();
    CoverageWriter.write(coverage, request, by, new PrintWriter(text));
    return text.toString();
  }

  private static TestFleet fleet() {
    TestFleet fleet = new TestFleet();
    store(fleet, "whole");
    for (int hour = 10; hour < 17; hour++) {
      fleet.poll("2026-10-26T%02d:59:59.999999Z".formatted(hour), true);
    }
    store(fleet, "gaps,2")
        .poll("2026-10-26T10:00:00Z", true)
        .poll("2026-10-26T10:05:59Z", false)
        .poll("2026-10-26T10:12:00Z", true)
        .poll("2026-10-26T14:00:00Z", true)
        .poll("2026-10-26T20:00:00Z", true);
    store(fleet, "night").poll("2026-10-26T03:00:00Z", true).poll("2026-10-26T09:45:00Z", true);
    store(fleet, "night only").poll("2026-10-26T03:00:00Z", true);
    store(fleet, "before").poll("2026-10-25T23:59:59.999999Z", true);
    store(fleet, "never");
    return fleet;
  }

  @Test
  void comparesStores() {
    assertThat(csv(of(fleet()), day(), CoverageWriter.By.STORE))
        .isEqualTo(
            """
            store_id,expected,received,missing,polls,closed_polls,gaps,longest_gap,longest_gap_from,contradictions,findings
            whole,7,7,0,7,0,0,P0D,,0,
            "gaps,2",7,2,5,5,1,2,PT3H,2026-10-26T11:00:00Z,1,gaps;contradictory
            night,7,0,7,2,1,1,PT7H,2026-10-26T10:00:00Z,0,gaps
            night only,7,0,7,1,1,1,PT7H,2026-10-26T10:00:00Z,0,polled-only-while-closed;gaps
            before,7,0,7,0,0,1,PT7H,2026-10-26T10:00:00Z,0,not-polled;gaps
            never,7,0,7,0,0,1,PT7H,2026-10-26T10:00:00Z,0,never-polled;gaps
            """);
  }

  @Test
  void comparesSlots() {
    assertThat(csv(of(fleet()), day(), CoverageWriter.By.SLOT))
        .contains(
            """
            "gaps,2",2026-10-26T09:00:00Z,1800,0,0
            "gaps,2",2026-10-26T10:00:00Z,3600,1,3
            "gaps,2",2026-10-26T11:00:00Z,3600,1,0
            """)
        .contains("\"gaps,2\",2026-10-26T20:00:00Z,0,0,1\n")
        .doesNotContain("T08:00:00Z", "T17:00:00Z");
  }

  @Test
  void addsUp() {
    assertThat(of(fleet()).totals(day())).isEqualTo(new CoverageTotals(6, 42, 9, 1, 1, 1, 5, 1));
  }

  /** A store that is always open, on the day on which the clocks go back: 25 hours. */
  @Test
  void expectsAsManyPollsAsThereAreHours() {
    PollCoverage coverage = of(new TestFleet().store("a").zone("America/Chicago"));
    CoverageRequest request =
        CoverageRequest.parse(
            "2026-11-01T00:00:00-05:00",
            "2026-11-02T00:00:00-06:00",
            null,
            OptionalLong.empty(),
            0);
    assertThat(coverage.totals(request).expected()).isEqualTo(25);
  }

  @Test
  void takesTheDayBeforeTheNewestPoll() {
    long newest = Micros.of(Instant.parse("2026-10-26T10:47:00Z"));
    CoverageRequest request = CoverageRequest.parse(null, null, null, OptionalLong.of(newest), 0);
    assertThat(request.period().start())
        .isEqualTo(Micros.of(Instant.parse("2026-10-25T11:00:00Z")));
    assertThat(request.period().end()).isEqualTo(Micros.of(Instant.parse("2026-10-26T10:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-10-26T00:00Z | 2026-10-26T00:59Z | PT1H | has no whole PT1H in it",
        "2026-10-26T00:00Z | 2026-12-26T00:00Z | PT1M | has more than 44640 times PT1M",
        "2026-10-26T00:00Z | 2026-10-25T00:00Z | PT1H | not after from",
        "2026-10-26T00:00Z |  | PT1H | needs both from and to",
        "2026-10-26T00:00Z | 2026-10-27T00:00Z | PT59S | use PT1M to P1D, for example PT1H",
        "2026-10-26T00:00Z | 2026-10-27T00:00Z | P2D | use PT1M to P1D, for example PT1H",
        "2026-10-26T00:00Z | 2026-10-27T00:00Z | often | use for example PT1H",
      })
  void saysWhatWouldBeRight(String from, String to, String every, String message) {
    assertThatThrownBy(() -> CoverageRequest.parse(from, to, every, OptionalLong.empty(), 0))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining(message);
  }

  /** What a reader would count by hand, slot by slot. */
  @ParameterizedTest
  @Seeds
  void agreesWithCountingByHand(long seed) {
    Random random = new Random(seed);
    TestFleet fleet = new TestFleet();
    Map<String, List<Long>> polls = new HashMap<>();
    long start = Micros.of(Instant.parse("2026-10-31T00:00:00Z"));
    for (int i = 0; i < 30; i++) {
      fleet.store("s" + i).zone(random.nextBoolean() ? "America/Chicago" : "Europe/Lisbon");
      if (random.nextBoolean()) {
        int opens = random.nextInt(80_000);
        fleet.hours(new OpeningInterval(DayOfWeek.SUNDAY, opens, opens + 6_000));
      }
      List<Long> own = new ArrayList<>();
      for (int j = random.nextInt(40); j > 0; j--) {
        long at = start + random.nextInt(3 * 86_400) * Micros.SECOND;
        if (!own.contains(at)) {
          own.add(at);
          fleet.poll(at, random.nextBoolean());
        }
      }
      polls.put("s" + i, own);
    }
    PollCoverage coverage = of(fleet);
    CoverageRequest request =
        CoverageRequest.parse(
            "2026-10-31T12:00Z", "2026-11-02T12:00Z", "PT30M", OptionalLong.empty(), 0);
    coverage.all(
        request,
        (store, _) ->
            assertCounted(store, request, polls.getOrDefault(store.storeId(), List.of())));
  }

  private void assertCounted(Coverage store, CoverageRequest request, List<Long> polls) {
    Registry registry = folder.stores().registry();
    int key = registry.key(store.storeId()).orElseThrow();
    SpanSet open = registry.schedule(key, LateClose.AS_GIVEN).open(new Clocks(request.period()));
    int expected = 0;
    int received = 0;
    for (long at = request.period().start(); at < request.period().end(); at += request.slot()) {
      long begin = at;
      long end = at + request.slot();
      boolean isOpen =
          open.spans().stream().anyMatch(span -> span.start() <= begin && span.end() >= end);
      expected += isOpen ? 1 : 0;
      received += isOpen && polls.stream().anyMatch(poll -> poll >= begin && poll < end) ? 1 : 0;
    }
    List<Long> inside = polls.stream().filter(request.period()::contains).toList();
    assertThat(store.expected()).as("%s", store).isEqualTo(expected);
    assertThat(store.received()).as("%s", store).isEqualTo(received);
    assertThat(store.missing()).isEqualTo(expected - received);
    assertThat(store.polls()).isEqualTo(inside.size());
    assertThat(store.closedPolls())
        .isEqualTo((int) inside.stream().filter(poll -> !open.contains(poll)).count());
    assertThat(store.gaps() > 0).isEqualTo(expected > received);
  }
}
