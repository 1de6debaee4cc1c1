package dev.storewatch.timeline;

import dev.storewatch.hours.Basis;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.SpecialDay;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.OpenInterval;
import dev.storewatch.uptime.WindowTotals;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An explanation as the native interface shows it; times of day as {@code HH:mm:ss}, lengths in
 * seconds.
 */
record TimelineView(
    String storeId,
    String zone,
    boolean zoneAssumed,
    @Schema(description = "Since when it counts on a zone of which a row was refused")
        @Nullable Instant zoneFlaggedSince,
    @Schema(
            description = "The release of the rules by which the zone's clocks go",
            example = "2026f")
        String zoneRules,
    List<OpenInterval> hours,
    boolean hoursAssumed,
    @Schema(description = "Since when it counts on hours of which rows were refused")
        @Nullable Instant hoursFlaggedSince,
    boolean lateCloseAsMidnight,
    Instant asOf,
    @Schema(allowableValues = {"nearest", "previous"}) String rule,
    @Schema(format = "duration") String carry,
    @Schema(description = UNIT, allowableValues = SECONDS) String unit,
    Instant from,
    Instant to,
    List<Segment> segments,
    List<Outage> outages,
    List<Look> polls,
    long pollsOutsideHours,
    Sums totals) {
  static final String SECONDS = "seconds";
  static final String UNIT = "The unit of all lengths of time in the answer";

  private static final String LENGTH = "In seconds";

  /** A segment, and the poll that speaks for it. */
  record Segment(
      Instant from,
      Instant to,
      @Schema(allowableValues = {"up", "down", "unknown", "excluded", "closed"}) String state,
      boolean certain,
      @Nullable Instant poll,
      @Schema(allowableValues = {"active", "inactive"}) @Nullable String status,
      @Schema(description = "Why it was closed on purpose, if the state is excluded")
          @Nullable String closure,
      @Schema(description = "The rules that make it open, closed or excluded, in order of time")
          List<RestsOn> restsOn) {}

  /**
   * A rule that makes a store open, closed or excluded.
   *
   * @param rule which kind of rule
   * @param since the date from which weekly hours hold; null from the beginning of time
   * @param date the date of a special day
   * @param label what the special day is, if somebody said
   * @param of of which stores somebody said that the day is special
   * @param reason why there is a closure
   */
  record RestsOn(
      @Schema(allowableValues = {"weekly_hours", "special_day", "closure"}) String rule,
      @Nullable LocalDate since,
      @Nullable LocalDate date,
      @Nullable String label,
      @Schema(allowableValues = {"store", "tag", "all"}) @Nullable String of,
      @Nullable String reason) {
    static RestsOn of(Basis basis) {
      return switch (basis) {
        case Basis.Weekly weekly ->
            new RestsOn(
                "weekly_hours",
                weekly.isFromBeginning() ? null : weekly.since(),
                null,
                null,
                null,
                null);
        case Basis.Special(SpecialDay day) ->
            new RestsOn(
                "special_day",
                null,
                day.date(),
                day.label(),
                day.of().name().toLowerCase(Locale.ROOT),
                null);
        case Basis.Planned(Closure closure) ->
            new RestsOn("closure", null, null, null, null, closure.reason());
      };
    }
  }

  /** An outage, and the instants between which it began and ended. */
  record Outage(
      Instant from,
      Instant to,
      @Schema(description = LENGTH) BigDecimal openSeconds,
      @Schema(description = LENGTH) BigDecimal elapsedSeconds,
      boolean clippedStart,
      boolean clippedEnd,
      @Nullable Instant lastUp,
      Instant firstDown,
      Instant lastDown,
      @Nullable Instant nextUp) {
    static Outage of(dev.storewatch.uptime.Outage outage) {
      return new Outage(
          Micros.toInstant(outage.span().start()),
          Micros.toInstant(outage.span().end()),
          seconds(outage.openMicros()),
          seconds(outage.elapsedMicros()),
          outage.clippedStart(),
          outage.clippedEnd(),
          instant(outage.lastUp()),
          Micros.toInstant(outage.firstDown()),
          Micros.toInstant(outage.lastDown()),
          instant(outage.nextUp()));
    }
  }

  /** A poll of the period: after its start, up to and at its end. */
  record Look(
      Instant at,
      @Schema(allowableValues = {"active", "inactive"}) String status,
      boolean inHours) {
    static Look of(Explanation.Look look) {
      return new Look(Micros.toInstant(look.at()), word(look.active()), look.inHours());
    }
  }

  /** The sums of the segments, in seconds. */
  record Sums(
      @Schema(description = LENGTH) BigDecimal scheduled,
      @Schema(description = LENGTH) BigDecimal up,
      @Schema(description = LENGTH) BigDecimal down,
      @Schema(description = LENGTH) BigDecimal unknown,
      @Schema(description = LENGTH) BigDecimal excluded,
      @Schema(description = LENGTH) BigDecimal upAtLeast,
      @Schema(description = LENGTH) BigDecimal upAtMost,
      long polls) {
    static Sums of(WindowTotals totals) {
      return new Sums(
          seconds(totals.scheduled()),
          seconds(totals.up()),
          seconds(totals.down()),
          seconds(totals.unknown()),
          seconds(totals.excluded()),
          seconds(totals.upAtLeast()),
          seconds(totals.upAtMost()),
          totals.polls());
    }
  }

  static TimelineView of(Explanation explanation) {
    var timeline = explanation.timeline();
    return new TimelineView(
        explanation.storeId(),
        explanation.zone().name(),
        explanation.zoneAssumed(),
        instant(explanation.zoneFlagged()),
        explanation.zoneRules(),
        explanation.hours().stream().map(OpenInterval::of).toList(),
        explanation.hoursAssumed(),
        instant(explanation.hoursFlagged()),
        explanation.lateClose().isAsMidnight(),
        Micros.toInstant(explanation.asOf()),
        explanation.rule().name(),
        Durations.format(explanation.rule().carry()),
        SECONDS,
        Micros.toInstant(timeline.period().start()),
        Micros.toInstant(timeline.period().end()),
        timeline.segments().stream().map(segment -> segment(explanation, segment)).toList(),
        timeline.outages().stream().map(Outage::of).toList(),
        explanation.polls().stream().map(Look::of).toList(),
        explanation.pollsOutsideHours(),
        Sums.of(explanation.totals()));
  }

  private static Segment segment(Explanation explanation, dev.storewatch.uptime.Segment segment) {
    return new Segment(
        Micros.toInstant(segment.span().start()),
        Micros.toInstant(segment.span().end()),
        segment.state().name().toLowerCase(Locale.ROOT),
        segment.certain(),
        instant(segment.poll()),
        segment.poll().isPresent() ? status(explanation, segment.poll().getAsLong()) : null,
        segment.state() == dev.storewatch.uptime.Segment.State.EXCLUDED
            ? explanation.closedBecause(segment)
            : null,
        explanation.restsOn(segment).stream().map(RestsOn::of).toList());
  }

  private static String status(Explanation explanation, long poll) {
    return word(Objects.requireNonNull(explanation.statuses().get(poll)));
  }

  private static String word(boolean active) {
    return active ? "active" : "inactive";
  }

  private static @Nullable Instant instant(OptionalLong micros) {
    return micros.isPresent() ? Micros.toInstant(micros.getAsLong()) : null;
  }

  private static BigDecimal seconds(long micros) {
    return BigDecimal.valueOf(micros, 6);
  }
}
