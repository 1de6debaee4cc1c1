package dev.storewatch.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a fleet as a careful reader sees them, by patterns that match a whole good row. */
final class ReadFleet {
  private static final String ID = "(?<id>[0-9]{16,19}|store-[0-9]{3,} [^,\"]+|\"store-.+\")";
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
  static final Pattern POLL =
      Pattern.compile(
          ID
              + ",(?<status>active|inactive),(?<at>2026-0[23]-[0-9]{2} "
              + TIME
              + "([.][0-9]{0,5}[1-9])? UTC)");
  static final Pattern HOURS =
      Pattern.compile(
          ID + ",(?<day>[0-6]),(?<opens>" + TIME + "),(?<closes>24:00:00|" + TIME + ")");
  static final Pattern ZONE = Pattern.compile(ID + ",(?<zone>(?!Mars)[A-Za-z_]+/[A-Za-z_/]+)");

  final List<String> pollLines;
  final List<String> hoursLines;
  final List<String> zoneLines;
  final List<Observation> polls;

  private ReadFleet(List<String> pollLines, List<String> hoursLines, List<String> zoneLines) {
    this.pollLines = pollLines;
    this.hoursLines = hoursLines;
    this.zoneLines = zoneLines;
    this.polls = observe();
  }

  static ReadFleet of(FleetFiles files) throws IOException {
    return new ReadFleet(
        lines(files.storeStatus()), lines(files.businessHours()), lines(files.timezones()));
  }

  /** Bytes that are not UTF-8 are read as the replacement character, which no good row has. */
  private static List<String> lines(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n").doesNotContain("\r");
    return text.lines().toList();
  }

  Stream<MatchResult> hours() {
    return good(hoursLines, HOURS);
  }

  Stream<MatchResult> zones() {
    return good(zoneLines, ZONE);
  }

  private static Stream<MatchResult> good(List<String> lines, Pattern pattern) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(Matcher::toMatchResult);
  }

  /** What a poll found, and whether the store should have been open. */
  record Observation(
      String id, String zone, String time, Instant at, boolean active, boolean open) {}

  private List<Observation> observe() {
    Map<String, String> zones =
        zones().collect(toMap(row -> row.group("id"), row -> row.group("zone")));
    Map<String, List<OpeningInterval>> hours =
        hours().collect(groupingBy(row -> row.group("id"), mapping(ReadFleet::interval, toList())));
    Map<String, SpanSet> open = new HashMap<>();
    return good(pollLines, POLL)
        .map(
            poll -> {
              String id = poll.group("id");
              String zone = zones.getOrDefault(id, "America/Chicago");
              return observation(
                  poll, zone, open.computeIfAbsent(id, _ -> open(hours.get(id), zone)));
            })
        .toList();
  }

  private static Observation observation(MatchResult poll, String zone, SpanSet open) {
    String time = poll.group("at");
    Instant at = Instant.parse(time.replace(' ', 'T').replace("TUTC", "Z"));
    return new Observation(
        poll.group("id"),
        zone,
        time,
        at,
        poll.group("status").equals("active"),
        open.contains(Micros.of(at)));
  }

  private static SpanSet open(@Nullable List<OpeningInterval> hours, String zone) {
    WeeklyHours week = hours == null ? WeeklyHours.always() : WeeklyHours.of(hours);
    Span period = Span.between(Fleet.END.minus(Duration.ofDays(10)), Fleet.END.plusMillis(1));
    return new Schedule(week, Zone.of(zone)).open(new Clocks(period));
  }

  private static OpeningInterval interval(MatchResult row) {
    String closes = row.group("closes");
    return OpeningInterval.of(
        DayOfWeek.of(Integer.parseInt(row.group("day")) + 1),
        LocalTime.parse(row.group("opens")),
        LocalTime.parse(closes.equals("24:00:00") ? "00:00:00" : closes));
  }
}
