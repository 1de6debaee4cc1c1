package dev.storewatch.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.ZoneOffsets;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the files of one fleet, read with patterns that match a whole good row. */
class FleetFilesTest {
  private static final int STORES = 2_000;
  private static final int DAYS = 8;

  private static final String ID = "(?<id>[0-9]{16,19}|store-[0-9]{3,} [^,\"]+|\"store-.+\")";
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
  private static final Pattern POLL =
      Pattern.compile(
          ID
              + ",(?<status>active|inactive),(?<at>2026-0[23]-[0-9]{2} "
              + TIME
              + "([.][0-9]{0,5}[1-9])? UTC)");
  private static final Pattern HOURS =
      Pattern.compile(
          ID + ",(?<day>[0-6]),(?<opens>" + TIME + "),(?<closes>24:00:00|" + TIME + ")");
  private static final Pattern ZONE =
      Pattern.compile(ID + ",(?<zone>(?!Mars)[A-Za-z_]+/[A-Za-z_/]+)");

  @TempDir private static Path directory;

  private static long statusRows;
  private static List<String> pollLines = List.of();
  private static List<String> hoursLines = List.of();
  private static List<String> zoneLines = List.of();
  private static List<MatchResult> polls = List.of();
  private static List<Observation> observations = List.of();

  @BeforeAll
  static void writeFleet() throws IOException {
    FleetFiles files = new Fleet(STORES, DAYS, 20_260_310).writeTo(directory);
    statusRows = files.statusRows();
    pollLines = lines(files.storeStatus());
    hoursLines = lines(files.businessHours());
    zoneLines = lines(files.timezones());
    polls = good(pollLines, POLL).toList();
    observations = observe();
  }

  /** Bytes that are not UTF-8 are read as the replacement character, which no good row has. */
  private static List<String> lines(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n").doesNotContain("\r");
    return text.lines().toList();
  }

  @Test
  void theHeadersAreThoseOfTheRealFiles() {
    assertThat(pollLines.getFirst()).isEqualTo("store_id,status,timestamp_utc");
    assertThat(hoursLines.getFirst()).isEqualTo("store_id,day,start_time_local,end_time_local");
    assertThat(zoneLines.getFirst()).isEqualTo("store_id,timezone_str");
  }

  @Test
  void theRowsOfTheStatusFileAreCounted() {
    assertThat(statusRows).isEqualTo(pollLines.size() - 1L);
  }

  @Test
  void everyStoreIsPolledAboutOnceAnHour() {
    Map<String, Long> counts =
        polls.stream().collect(groupingBy(poll -> poll.group("id"), counting()));

    assertThat(counts).hasSize(STORES);
    assertThat(share(counts.values(), count -> count > 20 * DAYS)).isBetween(0.85, 0.97);
    assertThat(share(counts.values(), count -> count <= 8)).isBetween(0.01, 0.04);
    assertThat(counts.values()).allMatch(count -> count < 28 * DAYS);
  }

  @Test
  void theNewestPollIsTheEnd() {
    List<Instant> at = polls.stream().map(FleetFilesTest::instant).sorted().toList();

    assertThat(at.getLast()).isEqualTo(Fleet.END);
    assertThat(at.getFirst())
        .isBetween(
            Fleet.END.minus(Duration.ofDays(DAYS)),
            Fleet.END.minus(Duration.ofDays(DAYS)).plus(Duration.ofHours(1)));
  }

  @Test
  void thePollsAreInNoOrderOfTime() {
    List<Instant> at = polls.stream().map(FleetFilesTest::instant).toList();
    int later = 0;
    for (int i = 1; i < at.size(); i++) {
      later += at.get(i).isAfter(at.get(i - 1)) ? 1 : 0;
    }

    assertThat((double) later / at.size()).isBetween(0.49, 0.51);
  }

  @Test
  void timesHaveNoZerosAtTheEndOfTheFraction() {
    List<Integer> digits =
        polls.stream()
            .map(poll -> poll.group("at").length() - "2026-03-08 18:13:22 UTC".length())
            .toList();

    assertThat(digits).contains(0, 2, 3, 4, 5, 6, 7);
    assertThat(share(digits, length -> length == 7)).isBetween(0.89, 0.91);
  }

  @Test
  void someIdsAreNames() {
    Set<String> names =
        polls.stream()
            .map(poll -> poll.group("id"))
            .filter(id -> id.contains("store-"))
            .collect(toSet());

    assertThat(names)
        .hasSize(20)
        .anyMatch(name -> name.startsWith("\""))
        .anyMatch(name -> name.contains("store-042 "));
  }

  @Test
  void storesAreMostlyActiveWhenOpenAndInactiveWhenClosed() {
    List<Observation> open = observations.stream().filter(Observation::open).toList();
    List<Observation> closed = observations.stream().filter(poll -> !poll.open()).toList();

    assertThat(share(open, Observation::active)).isBetween(0.90, 0.98);
    assertThat(share(closed, Observation::active)).isBetween(0.06, 0.10);
  }

  @Test
  void someStoresAreDownHalfOfTheTime() {
    Map<String, List<Observation>> byStore =
        observations.stream().filter(Observation::open).collect(groupingBy(Observation::id));
    double bad =
        share(byStore.values(), of -> of.size() > 30 && share(of, Observation::active) < 0.7);

    assertThat(bad).isBetween(0.01, 0.06);
  }

  @Test
  void aRegionalOutageTakesMostStoresOfAZoneDown() {
    List<Double> active =
        observations.stream()
            .filter(Observation::open)
            .collect(groupingBy(poll -> poll.zone() + poll.at().truncatedTo(ChronoUnit.HOURS)))
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
    Set<String> with = hours().map(row -> row.group("id")).collect(toSet());

    assertThat(1 - (double) with.size() / STORES).isBetween(0.12, 0.18);
  }

  @Test
  void someHoursAreSplitOrOvernightOrOfAWholeDay() {
    Map<String, Long> intervals =
        hours().collect(groupingBy(row -> row.group("id") + row.group("day"), counting()));
    Map<String, Long> days =
        intervals.keySet().stream()
            .collect(groupingBy(key -> key.substring(0, key.length() - 1), counting()));

    assertThat(share(intervals.values(), count -> count > 1)).isBetween(0.06, 0.20);
    assertThat(share(days.values(), count -> count < 7)).isBetween(0.18, 0.30);
    assertThat(hours().map(row -> row.group("opens") + "-" + row.group("closes")))
        .contains(
            "17:00:00-02:00:00",
            "00:00:00-23:59:00",
            "00:00:00-23:59:59",
            "00:00:00-24:00:00",
            "06:00:00-06:00:00");
  }

  @Test
  void someStoresHaveNoZoneAndMostOthersOneOfTheUsa() {
    Map<String, Long> zones = zones().collect(groupingBy(row -> row.group("zone"), counting()));

    assertThat(1 - zones().count() / (double) STORES).isBetween(0.03, 0.07);
    assertThat(zones.get("America/New_York")).isBetween(STORES * 2L / 5, STORES / 2L);
    assertThat(zones.get("America/Los_Angeles")).isBetween(STORES * 3L / 20, STORES / 4L);
    assertThat(zones).containsKeys("Europe/London", "Asia/Kolkata", "Australia/Sydney");
  }

  @Test
  void somePollsAreRepeatedAndSomeCorrected() {
    Map<String, List<String>> statuses =
        polls.stream()
            .collect(
                groupingBy(
                    poll -> poll.group("id") + poll.group("at"),
                    mapping(poll -> poll.group("status"), toList())));
    List<List<String>> twice = statuses.values().stream().filter(of -> of.size() > 1).toList();

    assertThat(twice.stream().filter(of -> Set.copyOf(of).size() == 1).count()).isBetween(35L, 40L);
    assertThat(twice.stream().filter(of -> Set.copyOf(of).size() == 2).count()).isBetween(35L, 40L);
  }

  @Test
  void everyKindOfBrokenPollIsThere() {
    assertBroken(
        pollLines,
        POLL,
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
        hoursLines,
        HOURS,
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
        zoneLines,
        ZONE,
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

  private static Stream<MatchResult> hours() {
    return good(hoursLines, HOURS);
  }

  private static Stream<MatchResult> zones() {
    return good(zoneLines, ZONE);
  }

  private static Stream<MatchResult> good(List<String> lines, Pattern pattern) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(Matcher::toMatchResult);
  }

  private static Instant instant(MatchResult poll) {
    return Instant.parse(poll.group("at").replace(' ', 'T').replace("TUTC", "Z"));
  }

  private static <T> double share(Collection<T> of, Predicate<T> which) {
    return (double) of.stream().filter(which).count() / of.size();
  }

  /** What a poll found, and whether the store should have been open. */
  private record Observation(String id, String zone, Instant at, boolean active, boolean open) {}

  private static List<Observation> observe() {
    Map<String, String> zones =
        zones().collect(toMap(row -> row.group("id"), row -> row.group("zone")));
    Map<String, List<OpeningInterval>> hours =
        hours()
            .collect(
                groupingBy(row -> row.group("id"), mapping(FleetFilesTest::interval, toList())));
    Span period = Span.between(Fleet.END.minus(Duration.ofDays(DAYS)), Fleet.END.plusMillis(1));
    Map<String, SpanSet> open = new HashMap<>();
    return polls.stream()
        .map(
            poll -> {
              String id = poll.group("id");
              String zone = zones.getOrDefault(id, "America/Chicago");
              SpanSet ofStore =
                  open.computeIfAbsent(
                      id, _ -> weekly(hours.get(id)).open(ZoneOffsets.of(ZoneId.of(zone), period)));
              Instant at = instant(poll);
              return new Observation(
                  id,
                  zone,
                  at,
                  poll.group("status").equals("active"),
                  ofStore.contains(Micros.of(at)));
            })
        .toList();
  }

  private static WeeklyHours weekly(@Nullable List<OpeningInterval> hours) {
    return hours == null ? WeeklyHours.always() : WeeklyHours.of(hours);
  }

  private static OpeningInterval interval(MatchResult row) {
    String closes = row.group("closes");
    return OpeningInterval.of(
        DayOfWeek.of(Integer.parseInt(row.group("day")) + 1),
        LocalTime.parse(row.group("opens")),
        LocalTime.parse(closes.equals("24:00:00") ? "00:00:00" : closes));
  }
}
