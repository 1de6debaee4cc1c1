package dev.storewatch.store;

import dev.storewatch.hours.Closure;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a planned closure is kept in the table {@code planned_closure}: times as microseconds since
 * the epoch, of local ones as if the clocks were those of UTC.
 *
 * @param storeKey the key of its store, or null
 * @param tag the tag of its stores, or null
 * @param isLocal whether the times are those of the clocks of each store
 * @param repeats how often it comes again
 * @param lastDate the last date on which it may start, in days since the epoch; null for ever
 */
record ClosureColumns(
    String id,
    @Nullable Integer storeKey,
    @Nullable String tag,
    boolean isLocal,
    long from,
    long to,
    String repeats,
    @Nullable Integer lastDate,
    String reason,
    long enteredAt,
    @Nullable String enteredBy) {
  static final String ALL =
      "id, store_key, tag, is_local, from_time, to_time, repeats, last_date, reason, entered_at,"
          + " entered_by";

  static ClosureColumns of(PlannedClosure planned) {
    return switch (planned.closure()) {
      case Closure.Fixed fixed -> of(planned, false, fixed.span(), Closure.Repeat.ONCE, null);
      case Closure.Local local ->
          of(
              planned,
              true,
              new Span(micros(local.from()), micros(local.to())),
              local.repeat(),
              local.until());
    };
  }

  private static ClosureColumns of(
      PlannedClosure planned,
      boolean isLocal,
      Span times,
      Closure.Repeat repeat,
      @Nullable LocalDate until) {
    return new ClosureColumns(
        planned.id(),
        planned.target().storeKey(),
        planned.target().tag(),
        isLocal,
        times.start(),
        times.end(),
        repeat.word(),
        until == null ? null : Math.toIntExact(until.toEpochDay()),
        planned.closure().reason(),
        planned.enteredAt(),
        planned.enteredBy());
  }

  PlannedClosure read() {
    return new PlannedClosure(id, new Target(storeKey, tag), closure(), enteredAt, enteredBy);
  }

  private Closure closure() {
    return isLocal
        ? new Closure.Local(
            local(from),
            local(to),
            Closure.Repeat.valueOf(repeats.toUpperCase(Locale.ROOT)),
            lastDate == null ? null : LocalDate.ofEpochDay(lastDate),
            reason)
        : new Closure.Fixed(new Span(from, to), reason);
  }

  private static long micros(LocalDateTime local) {
    return Micros.of(local.toInstant(ZoneOffset.UTC));
  }

  private static LocalDateTime local(long micros) {
    return LocalDateTime.ofInstant(Micros.toInstant(micros), ZoneOffset.UTC);
  }
}
