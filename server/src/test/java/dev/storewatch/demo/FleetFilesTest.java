package dev.storewatch.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.demo.ReadFleet.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What is in the files of one fleet. */
@TestInstance(Lifecycle.PER_CLASS)
class FleetFilesTest {
  private static final int STORES = 2_000;
  private static final int DAYS = 8;

  private FleetFiles files;
  private ReadFleet fleet;

  @BeforeAll
  void writeFleet(@TempDir Path directory) throws IOException {
    files = new Fleet(STORES, DAYS, 20_260_310).writeTo(directory);
    fleet = ReadFleet.of(files);
  }

  @Test
  void theHeadersAreThoseOfTheRealFiles() {
    assertThat(fleet.pollLines.getFirst()).isEqualTo("store_id,status,timestamp_utc");
    assertThat(fleet.hoursLines.getFirst())
        .isEqualTo("store_id,day,start_time_local,end_time_local");
    assertThat(fleet.zoneLines.getFirst()).isEqualTo("store_id,timezone_str");
  }

  @Test
  void theRowsOfTheStatusFileAreCounted() {
    assertThat(files.statusRows()).isEqualTo(fleet.pollLines.size() - 1L);
  }

  @Test
  void everyStoreIsPolledAboutOnceAnHour() {
    Map<String, Long> counts =
        fleet.polls.stream().collect(groupingBy(Observation::id, counting()));

    assertThat(counts).hasSize(STORES);
    assertThat(share(counts.values(), count -> count > 20 * DAYS)).isBetween(0.85, 0.97);
    assertThat(share(counts.values(), count -> count <= 8)).isBetween(0.01, 0.04);
    assertThat(counts.values()).allMatch(count -> count < 28 * DAYS);
  }

  @Test
  void theNewestPollIsTheEnd() {
    List<Instant> at = fleet.polls.stream().map(Observation::at).sorted().toList();

    assertThat(at.getLast()).isEqualTo(Fleet.END);
    assertThat(at.getFirst())
        .isBetween(
            Fleet.END.minus(Duration.ofDays(DAYS)),
            Fleet.END.minus(Duration.ofDays(DAYS)).plus(Duration.ofHours(1)));
  }

  @Test
  void thePollsAreInNoOrderOfTime() {
    List<Instant> at = fleet.polls.stream().map(Observation::at).toList();
    int later = 0;
    for (int i = 1; i < at.size(); i++) {
      later += at.get(i).isAfter(at.get(i - 1)) ? 1 : 0;
    }

    assertThat((double) later / at.size()).isBetween(0.49, 0.51);
  }

  @Test
  void timesHaveNoZerosAtTheEndOfTheFraction() {
    List<Integer> digits =
        fleet.polls.stream()
            .map(poll -> poll.time().length() - "2026-03-08 18:13:22 UTC".length())
            .toList();

    assertThat(digits).contains(0, 2, 3, 4, 5, 6, 7);
    assertThat(share(digits, length -> length == 7)).isBetween(0.89, 0.91);
  }

  @Test
  void someIdsAreNames() {
    Set<String> names =
        fleet.polls.stream()
            .map(Observation::id)
            .filter(id -> id.contains("store-"))
            .collect(toSet());

    assertThat(names)
        .hasSize(20)
        .anyMatch(name -> name.startsWith("\""))
        .anyMatch(name -> name.contains("store-042 "));
  }

  @Test
  void storesAreMostlyActiveWhenOpenAndInactiveWhenClosed() {
    List<Observation> open = fleet.polls.stream().filter(Observation::open).toList();
    List<Observation> closed = fleet.polls.stream().filter(poll -> !poll.open()).toList();

    assertThat(share(open, Observation::active)).isBetween(0.90, 0.98);
    assertThat(share(closed, Observation::active)).isBetween(0.06, 0.10);
  }

  @Test
  void someStoresAreDownHalfOfTheTime() {
    Map<String, List<Observation>> byStore =
        fleet.polls.stream().filter(Observation::open).collect(groupingBy(Observation::id));
    double bad =
        share(byStore.values(), of -> of.size() > 30 && share(of, Observation::active) < 0.7);

    assertThat(bad).isBetween(0.01, 0.06);
  }

  @Test
  void aRegionalOutageTakesMostStoresOfAZoneDown() {
    List<Double> active =
        fleet.polls.stream()
            .filter(Observation::open)
            .collect(
                groupingBy(poll -> List.of(poll.zone(), poll.at().truncatedTo(ChronoUnit.HOURS))))
            .values()
            .stream()
            .filter(of -> of.size() > 100)
            .map(of -> share(of, Observation::active))
            .sorted()
            .toList();

    assertThat(active.get(1)).isLessThan(0.55);
    assertThat(active.get(20)).isGreaterThan(0.8);
  }

  @Test
  void someStoresHaveNoHours() {
    Set<String> with = fleet.hours().map(row -> row.group("id")).collect(toSet());

    assertThat(1 - (double) with.size() / STORES).isBetween(0.12, 0.18);
  }

  @Test
  void someHoursAreSplitOrOvernightOrOfAWholeDay() {
    Map<String, Long> intervals =
        fleet.hours().collect(groupingBy(row -> row.group("id") + row.group("day"), counting()));
    Map<String, Long> days =
        intervals.keySet().stream()
            .collect(groupingBy(key -> key.substring(0, key.length() - 1), counting()));

    assertThat(share(intervals.values(), count -> count > 1)).isBetween(0.06, 0.20);
    assertThat(share(days.values(), count -> count < 7)).isBetween(0.18, 0.30);
    assertThat(fleet.hours().map(row -> row.group("opens") + "-" + row.group("closes")))
        .contains(
            "17:00:00-02:00:00",
            "00:00:00-23:59:00",
            "00:00:00-23:59:59",
            "00:00:00-24:00:00",
            "06:00:00-06:00:00");
  }

  @Test
  void someStoresHaveNoZoneAndMostOthersOneOfTheUsa() {
    Map<String, Long> zones =
        fleet.zones().collect(groupingBy(row -> row.group("zone"), counting()));

    assertThat(1 - fleet.zones().count() / (double) STORES).isBetween(0.03, 0.07);
    assertThat(zones.get("America/New_York")).isBetween(STORES * 2L / 5, STORES / 2L);
    assertThat(zones.get("America/Los_Angeles")).isBetween(STORES * 3L / 20, STORES / 4L);
    assertThat(zones).containsKeys("Europe/London", "Asia/Kolkata", "Australia/Sydney");
  }

  @Test
  void somePollsAreRepeatedAndSomeCorrected() {
    Map<String, List<Boolean>> statuses =
        fleet.polls.stream()
            .collect(
                groupingBy(
                    poll -> poll.id() + poll.time(), mapping(Observation::active, toList())));
    List<List<Boolean>> twice = statuses.values().stream().filter(of -> of.size() > 1).toList();

    assertThat(twice.stream().filter(of -> Set.copyOf(of).size() == 1).count()).isBetween(35L, 40L);
    assertThat(twice.stream().filter(of -> Set.copyOf(of).size() == 2).count()).isBetween(35L, 40L);
  }

  @Test
  void everyKindOfBrokenPollIsThere() {
    assertBroken(
        fleet.pollLines,
        ReadFleet.POLL,
        "[^,]+,active",
        "[^,]+,active,[^,]+ UTC,1",
        "[^,]+,perhaps,[^,]+ UTC",
        "[^,]+,,[^,]+ UTC",
        "[^,]+,active,2026-02-30 25:61:00 UTC",
        "[^,]+,inactive,yesterday",
        ",active,[^,]+ UTC",
        "caf\uFFFD[(],active,[^,]+ UTC");
  }

  @Test
  void everyKindOfBrokenHoursIsThere() {
    assertBroken(
        fleet.hoursLines,
        ReadFleet.HOURS,
        "[^,]+,2,09:00:00",
        "[^,]+,2,09:00:00,17:00:00,1",
        "[^,]+,9,09:00:00,17:00:00",
        "[^,]+,2,25:00:00,26:00:00",
        "[^,]+,2,09:00:00,late",
        ",2,09:00:00,17:00:00",
        "caf\uFFFD[(],2,09:00:00,17:00:00");
  }

  @Test
  void everyKindOfBrokenZoneIsThere() {
    assertBroken(
        fleet.zoneLines,
        ReadFleet.ZONE,
        "[^,]+",
        "[^,]+,America/Chicago,1",
        "[^,]+,Mars/Olympus_Mons",
        ",America/Chicago",
        "caf\uFFFD[(],America/Chicago");
  }

  /** Each pattern is found once for every 500 stores, and explains a row that is not good. */
  private static void assertBroken(List<String> lines, Pattern good, String... patterns) {
    List<String> broken =
        lines.stream().skip(1).filter(line -> !good.matcher(line).matches()).toList();

    assertThat(broken).hasSize(patterns.length * STORES / 500);
    for (String pattern : patterns) {
      assertThat(broken.stream().filter(line -> line.matches(pattern))).as(pattern).hasSize(4);
    }
  }

  private static <T> double share(Collection<T> of, Predicate<T> which) {
    return (double) of.stream().filter(which).count() / of.size();
  }
}
