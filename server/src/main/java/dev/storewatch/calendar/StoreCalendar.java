package dev.storewatch.calendar;

import dev.storewatch.hours.Basis;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.Closures;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.SpecialDay;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The real days of a store: when it should be online on each date, and what that rests on.
 *
 * @param storeId the id of the store
 * @param zone the zone on whose clocks the dates are
 * @param unit the unit of all lengths of time
 * @param days the days in order
 */
public record StoreCalendar(
    String storeId, String zone, @Schema(allowableValues = "seconds") String unit, List<Day> days) {
  private static final int MOST_DAYS = 400;
  private static final int USUAL_DAYS = 14;

  /**
   * A date.
   *
   * @param date the date
   * @param open what begins or goes on within the date, from its midnight to the next, closures
   *     left out
   * @param openTime how long that is together
   * @param excludedTime the open time inside planned closures
   * @param restsOn {@code weekly} or {@code special_day}
   * @param weeklyFrom the date from which the weekly hours hold, if they change
   * @param label what the special day is, if it is one and somebody said
   * @param closures why the store is closed on purpose in a part of the date
   * @param clocksChange how far the clocks go forward on the date, in seconds; negative if back
   */
  public record Day(
      LocalDate date,
      List<Open> open,
      double openTime,
      double excludedTime,
      @Schema(allowableValues = {"weekly", "special_day"}) String restsOn,
      @Nullable LocalDate weeklyFrom,
      @Nullable String label,
      List<String> closures,
      long clocksChange) {}

  /** An open stretch, with the offset of the clocks at each end. */
  public record Open(OffsetDateTime from, OffsetDateTime to) {}

  /**
   * Returns the days of a store.
   *
   * @param from the first date; null for today on the clocks of the store
   * @param to the last date; null for fourteen days in all
   * @param now the instant of today
   * @throws UnknownStore if there is no store of that id in the scope
   * @throws WrongInput if the dates are not in order, or too many
   */
  public static StoreCalendar of(
      Registry registry,
      Scope scope,
      String storeId,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      LateClose lateClose,
      Instant now) {
    int key = scope.key(registry, storeId).orElseThrow(() -> new UnknownStore(storeId));
    Schedule schedule = registry.schedule(key, lateClose);
    LocalDate first = from == null ? schedule.zone().wallClock(now).toLocalDate() : from;
    LocalDate last = to == null ? first.plusDays(USUAL_DAYS - 1) : to;
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    if (days < 1 || days > MOST_DAYS) {
      throw new WrongInput(
          "from %s to %s is not 1 to %d days: use for example from=2026-11-01 and to=2026-11-30"
              .formatted(first, last, MOST_DAYS));
    }
    return new StoreCalendar(
        registry.id(key),
        schedule.zone().name(),
        "seconds",
        LongStream.range(0, days).mapToObj(day -> day(schedule, first.plusDays(day))).toList());
  }

  private static Day day(Schedule schedule, LocalDate date) {
    Zone zone = schedule.zone();
    Span span =
        new Span(zone.resolve(date.atStartOfDay()), zone.resolve(date.plusDays(1).atStartOfDay()));
    Clocks clocks = new Clocks(span);
    SpanSet all = schedule.open(clocks);
    SpanSet online = all.minus(schedule.closed(clocks));
    DatedHours.Day hours = schedule.hours().on(date);
    SpecialDay special = hours.special();
    Basis.Weekly weekly = new Basis.Weekly(hours.since());
    return new Day(
        date,
        online.spans().stream().map(open -> open(zone, open)).toList(),
        seconds(online.length()),
        seconds(all.length() - online.length()),
        special == null ? "weekly" : "special_day",
        weekly.isFromBeginning() ? null : weekly.since(),
        special == null ? null : special.label(),
        Closures.reasons(schedule.closures().occurrences(zone, span)),
        (zone.offset(span.end()) - zone.offset(span.start())) / Micros.SECOND);
  }

  private static double seconds(long micros) {
    return (double) micros / Micros.SECOND;
  }

  private static Open open(Zone zone, Span span) {
    return new Open(
        zone.wallClock(Micros.toInstant(span.start())),
        zone.wallClock(Micros.toInstant(span.end())));
  }
}
