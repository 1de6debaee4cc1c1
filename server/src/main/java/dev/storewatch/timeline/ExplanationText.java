package dev.storewatch.timeline;

import dev.storewatch.hours.Basis;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.SpecialDay;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.Outage;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Segment;
import dev.storewatch.uptime.WindowTotals;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.EnumMap;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** An explanation as plain text for a person who checks a number by hand. */
public final class ExplanationText {
  private static final DateTimeFormatter WALL_CLOCK =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss.SSSSSS xxx", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ENGLISH);

  private final Explanation explanation;
  private final Zone zone;
  private final StringBuilder text = new StringBuilder();

  private ExplanationText(Explanation explanation) {
    this.explanation = explanation;
    this.zone = explanation.zone();
  }

  /** Returns an explanation as text, each line ended by LF. */
  public static String of(Explanation explanation) {
    ExplanationText text = new ExplanationText(explanation);
    text.assumptions();
    if (explanation.rule() instanceof Rule.Ratio) {
      text.counts();
    } else {
      text.segments();
      text.outages();
    }
    text.sums();
    return text.text.toString();
  }

  /** Returns why a store was in a segment what it was, as a sentence without a full stop. */
  public static String because(Explanation explanation, Segment segment) {
    return new ExplanationText(explanation).because(segment);
  }

  /** Returns how a status follows from the polls, as a sentence without a full stop. */
  public static String of(Rule rule) {
    String carry = length(rule.carryMicros());
    return switch (rule) {
      case Rule.Nearest _ ->
          "nearest: open time has the status of the in-hours poll nearest to it, at most "
              + carry
              + " away";
      case Rule.Previous _ ->
          "previous: open time has the status of the last in-hours poll, at most "
              + carry
              + " before it";
      case Rule.Ratio _ -> "ratio: open time is split by the share of active polls";
    };
  }

  private void line(String format, Object... arguments) {
    text.append(format.formatted(arguments).stripTrailing()).append('\n');
  }

  private void assumptions() {
    Span period = explanation.timeline().period();
    line("Store    %s", explanation.storeId());
    line(
        "Zone     %s%s",
        zone, explanation.zoneAssumed() ? " (assumed: no zone is known for this store)" : "");
    flagged("a row of its zone was", explanation.zoneFlagged());
    line("         by the rules of time zones %s", explanation.zoneRules());
    line("Hours    %s", hours());
    explanation.otherDays().forEach(this::otherDay);
    flagged("rows of its hours were", explanation.hoursFlagged());
    if (explanation.lateClose().isAsMidnight()) {
      line("         a closing time of 23:59 or later is read as midnight");
    }
    line("As of    %s  =  %s", Micros.toInstant(explanation.asOf()), wallClock(explanation.asOf()));
    line("Rule     %s", of(explanation.rule()));
    line(
        "Window   %s to %s (%s)",
        wallClock(period.start()), wallClock(period.end()), length(period.length()));
  }

  private void otherDay(DatedHours.Day day) {
    SpecialDay special = day.special();
    if (day.date().equals(day.since())) {
      line("         from %s on other weekly hours hold", day.date());
    }
    if (special != null) {
      line(
          "         %s %s is a special day%s: %s",
          day.date().getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
          day.date(),
          special.label() == null ? "" : ", " + special.label(),
          day.open().isEmpty()
              ? "closed"
              : day.open().spans().stream()
                  .map(span -> timeOf(span.start()) + "-" + timeOf(span.end()))
                  .collect(Collectors.joining(", ")));
    }
  }

  /** Returns a time of the wall clock; 24:00 for the end of the day, and then of the next day. */
  private static String timeOf(long micros) {
    int second = Math.toIntExact(micros / Micros.SECOND);
    int day = OpeningInterval.DAY_SECONDS;
    return time(second <= day ? second : second - day);
  }

  private void flagged(String what, OptionalLong since) {
    since.ifPresent(
        at ->
            line("         flagged: %s refused at %s, and not mended", what, Micros.toInstant(at)));
  }

  private String hours() {
    if (explanation.hoursAssumed()) {
      return "open all the time (assumed: no business hours are known for this store)";
    }
    if (explanation.hours().isEmpty()) {
      return "closed all week";
    }
    return explanation.hours().stream()
        .collect(
            Collectors.groupingBy(
                OpeningInterval::day,
                () -> new EnumMap<DayOfWeek, String>(DayOfWeek.class),
                Collectors.mapping(ExplanationText::interval, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(
            day ->
                day.getKey().getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + day.getValue())
        .collect(Collectors.joining("\n         "));
  }

  private static String interval(OpeningInterval interval) {
    return time(interval.opens()) + "-" + time(interval.closes());
  }

  private static String time(int second) {
    String minutes = "%02d:%02d".formatted(second / 3600, second / 60 % 60);
    return second % 60 == 0 ? minutes : minutes + ":%02d".formatted(second % 60);
  }

  private void segments() {
    line("");
    line("%-37s %-37s %15s  %-8s %s", "From", "To", "Length", "State", "Because");
    explanation.timeline().segments().forEach(this::segment);
  }

  private void segment(Segment segment) {
    line(
        "%-37s %-37s %15s  %-8s %s",
        wallClock(segment.span().start()),
        wallClock(segment.span().end()),
        length(segment.span().length()),
        segment.state().name().toLowerCase(Locale.ROOT),
        because(segment));
  }

  private String because(Segment segment) {
    return switch (segment.state()) {
      case UP, DOWN -> {
        long poll = segment.poll().orElseThrow();
        yield "poll of %s said %s%s; open by %s"
            .formatted(
                TIME.format(zone.wallClock(Micros.toInstant(poll))),
                Boolean.TRUE.equals(explanation.statuses().get(poll)) ? "active" : "inactive",
                segment.certain() ? "; so do both polls around" : "",
                restsOn(segment));
      }
      case UNKNOWN -> "no in-hours poll near enough; open by " + restsOn(segment);
      case EXCLUDED -> "planned closure: " + explanation.closedBecause(segment);
      case CLOSED -> "outside business hours; closed by " + restsOn(segment);
    };
  }

  private String restsOn(Segment segment) {
    return explanation.restsOn(segment).stream()
        .map(Basis::words)
        .collect(Collectors.joining(", "));
  }

  /** Writes what a spreadsheet counts that has the polls of the window. */
  private void counts() {
    long active = explanation.count(true, true);
    long counted = active + explanation.count(false, true);
    line("");
    line("%-10s %17s %14s", "Status", "in business hours", "outside");
    line("%-10s %17d %14d", "active", active, explanation.count(true, false));
    line(
        "%-10s %17d %14d",
        "inactive", explanation.count(false, true), explanation.count(false, false));
    line(
        "Share    %s",
        counted == 0
            ? "no poll in business hours: all open time is unknown"
            : "%d of %d polls in business hours are active, so that share of the open time is up"
                .formatted(active, counted));
  }

  private void outages() {
    line("");
    line(
        "Outages  %s",
        explanation.timeline().outages().isEmpty()
            ? "none"
            : explanation.timeline().outages().size());
    explanation.timeline().outages().forEach(this::outage);
  }

  private void outage(Outage outage) {
    line(
        "  %s to %s, %s open time, %s by the clock%s%s",
        wallClock(outage.span().start()),
        wallClock(outage.span().end()),
        length(outage.openMicros()),
        length(outage.elapsedMicros()),
        outage.clippedStart() ? ", may have begun before the window" : "",
        outage.clippedEnd() ? ", goes on at the window's end" : "");
    line(
        "    began after %s and by %s; ended after %s%s",
        orUnknown(outage.lastUp()),
        wallClock(outage.firstDown()),
        wallClock(outage.lastDown()),
        outage.nextUp().isPresent() ? " and by " + wallClock(outage.nextUp().getAsLong()) : "");
  }

  private String orUnknown(OptionalLong instant) {
    return instant.isPresent() ? wallClock(instant.getAsLong()) : "an unknown time";
  }

  private void sums() {
    WindowTotals totals = explanation.totals();
    line("");
    line(
        "Polls    %d in business hours, %d outside (they count for nothing)",
        totals.polls(), explanation.pollsOutsideHours());
    line("Sums     %17s %14s %12s", "h:mm:ss", "seconds", "minutes");
    sum("scheduled", totals.scheduled());
    sum("up", totals.up());
    sum("down", totals.down());
    sum("unknown", totals.unknown());
    sum("excluded", totals.excluded());
    sum("up at least", totals.upAtLeast());
    sum("up at most", totals.upAtMost());
    OptionalLong percent = Figures.hundredthsOfPercent(totals.up(), totals.down());
    line(
        "Uptime   %s",
        percent.isPresent()
            ? hundredths(percent.getAsLong()) + " % of the known open time"
            : "unknown");
  }

  private void sum(String name, long micros) {
    line(
        "  %-12s %11s %14s %12s",
        name,
        length(micros),
        "%d.%06d".formatted(micros / Micros.SECOND, micros % Micros.SECOND),
        hundredths(Figures.hundredthsOfMinutes(micros)));
  }

  private static String hundredths(long value) {
    return "%d.%02d".formatted(value / 100, value % 100);
  }

  private String wallClock(long micros) {
    return WALL_CLOCK.format(zone.wallClock(Micros.toInstant(micros)));
  }

  private static String length(long micros) {
    Duration length = Duration.ofSeconds(micros / Micros.SECOND);
    long fraction = micros % Micros.SECOND;
    return "%d:%02d:%02d%s"
        .formatted(
            length.toHours(),
            length.toMinutesPart(),
            length.toSecondsPart(),
            fraction == 0 ? "" : ".%06d".formatted(fraction));
  }
}
