package dev.storewatch.store;

import dev.storewatch.database.Columns;
import dev.storewatch.hours.Closure;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
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

  /** Stands for no last date. */
  static final int FOR_EVER = Integer.MIN_VALUE;

  /** Returns closures as rows, in which 0, {@link #FOR_EVER} and empty texts stand for null. */
  static Columns of(List<PlannedClosure> closures) {
    List<ClosureColumns> rows = closures.stream().map(ClosureColumns::of).toList();
    boolean[] areLocal = new boolean[rows.size()];
    for (int i = 0; i < areLocal.length; i++) {
      areLocal[i] = rows.get(i).isLocal;
    }
    return EntryRows.of(closures)
        .booleans("is_local", areLocal)
        .longs("from_time", rows.stream().mapToLong(ClosureColumns::from).toArray())
        .longs("to_time", rows.stream().mapToLong(ClosureColumns::to).toArray())
        .texts("repeats", rows.stream().map(ClosureColumns::repeats).toList())
        .ints("last_date", rows.stream().mapToInt(ClosureColumns::lastDateOrNone).toArray())
        .texts("reason", rows.stream().map(ClosureColumns::reason).toList());
  }

  private int lastDateOrNone() {
    return lastDate == null ? FOR_EVER : lastDate;
  }

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
