package dev.storewatch.importing;

import dev.storewatch.file.RowSink;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.PlannedClosure;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Target;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The special days and planned closures of a file.
 *
 * <p>The rows of one date and the same stores are a set, as those of a weekday are, and take the
 * place of what was entered for that date and the same stores. If one of them is refused, the date
 * stays as it was, and the good ones count as rejected. Closures add up: one that is there already
 * is repeated.
 */
final class CollectedDays implements CollectedRows {
  private final String importId;
  private final long now;
  private final Map<Key, Day> days = new LinkedHashMap<>();
  private final Set<Key> refused = new HashSet<>();
  private final Set<Closing> closures = new LinkedHashSet<>();
  private long repeated;

  /**
   * Rows of an import.
   *
   * @param now when it is, in microseconds since the epoch
   */
  CollectedDays(String importId, long now) {
    this.importId = importId;
    this.now = now;
  }

  /** Returns by whom what an import brings is entered. */
  static String enteredBy(String importId) {
    return "import:" + importId;
  }

  private record Key(RowSink.Target target, LocalDate date) {}

  private record Closing(RowSink.Target target, Closure closure) {}

  /** What the rows of a date say. */
  private static final class Day {
    private final Set<OpeningInterval> hours = new LinkedHashSet<>();
    private boolean saysClosed;
    private @Nullable String label;
    private long rows;

    /** Takes a row, and returns whether it repeats another. */
    boolean take(@Nullable OpeningInterval interval, @Nullable String said) {
      boolean isNew = interval == null ? !saysClosed : hours.add(interval);
      saysClosed |= interval == null;
      label = said == null ? label : said;
      rows += isNew ? 1 : 0;
      return !isNew;
    }
  }

  @Override
  public void specialHours(
      RowSink.Target target, LocalDate date, int opens, int closes, @Nullable String label) {
    take(target, date, new OpeningInterval(date.getDayOfWeek(), opens, closes), label);
  }

  @Override
  public void specialClosed(RowSink.Target target, LocalDate date, @Nullable String label) {
    take(target, date, null, label);
  }

  private void take(
      RowSink.Target target,
      LocalDate date,
      @Nullable OpeningInterval interval,
      @Nullable String label) {
    Day day = days.computeIfAbsent(new Key(target, date), first -> new Day());
    repeated += day.take(interval, label) ? 1 : 0;
  }

  @Override
  public void refusedDay(RowSink.Target target, LocalDate date) {
    refused.add(new Key(target, date));
  }

  @Override
  public void closure(RowSink.Target target, Closure closure) {
    repeated += closures.add(new Closing(target, closure)) ? 0 : 1;
  }

  @Override
  public Refusals write(
      PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    tally.repeated(repeated);
    long kept = writeDays(in, before, keys, tally);
    writeClosures(in, before, keys, tally);
    return kept == 0
        ? Refusals.NONE
        : new Refusals(
            List.of(),
            List.of(),
            List.of(
                "%d %s as before, because rows of the date were refused; good rows of it count as rejected: mend the rows and import the file again"
                    .formatted(kept, kept == 1 ? "date stays" : "dates stay")));
  }

  private static Target target(RowSink.Target target, StoreKeys keys) {
    return target.store() < 0
        ? new Target(null, target.tag())
        : new Target(keys.key(target.store()), null);
  }

  private long writeDays(
      PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally) {
    Map<Target, Map<LocalDate, List<PlannedDay>>> had = new HashMap<>();
    before
        .plannedDays()
        .forEach(
            day ->
                had.computeIfAbsent(day.target(), first -> new HashMap<>())
                    .computeIfAbsent(day.date(), first -> new ArrayList<>())
                    .add(day));
    for (Map.Entry<Key, Day> said : days.entrySet()) {
      Key key = said.getKey();
      Day day = said.getValue();
      Target target = target(key.target, keys);
      if (refused.contains(key)) {
        tally.rejected(day.rows);
        continue;
      }
      List<PlannedDay> old = had.getOrDefault(target, Map.of()).getOrDefault(key.date, List.of());
      PlannedDay entered =
          new PlannedDay(
              UUID.randomUUID().toString(),
              target,
              key.date,
              List.copyOf(day.hours),
              day.label,
              now,
              enteredBy(importId));
      if (old.size() == 1 && saysTheSame(old.getFirst(), entered)) {
        tally.repeated(day.rows);
        continue;
      }
      old.forEach(one -> in.stores().removeDay(one.id(), now, enteredBy(importId)));
      in.stores().addDay(entered);
      if (old.isEmpty()) {
        tally.added(day.rows);
      } else {
        tally.replaced(day.rows);
      }
    }
    return refused.size();
  }

  private static boolean saysTheSame(PlannedDay one, PlannedDay other) {
    return Set.copyOf(one.hours()).equals(Set.copyOf(other.hours()))
        && (other.label() == null || other.label().equals(one.label()));
  }

  private void writeClosures(
      PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally) {
    Set<List<Object>> had = new HashSet<>();
    before.plannedClosures().forEach(one -> had.add(List.of(one.target(), one.closure())));
    for (Closing closing : closures) {
      Target target = target(closing.target, keys);
      if (had.contains(List.of(target, closing.closure))) {
        tally.repeated(1);
        continue;
      }
      in.stores()
          .addClosure(
              new PlannedClosure(
                  UUID.randomUUID().toString(), target, closing.closure, now, enteredBy(importId)));
      tally.added(1);
    }
  }
}
