package dev.storewatch.importing;

import dev.storewatch.file.RowSink;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.PlannedClosure;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.store.Target;
import java.time.LocalDate;
import java.util.ArrayList;
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
 * stays as it was, and the good ones count as rejected. The files of one set add up. Closures add
 * up always: one that is there already is repeated.
 */
final class CollectedDays implements CollectedFacts {
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

  /** A date of some stores. */
  record Key(RowSink.Target target, LocalDate date) {}

  private record Closing(RowSink.Target target, Closure closure) {}

  /** What the rows of a date say. */
  static final class Day {
    private final Set<OpeningInterval> hours = new LinkedHashSet<>();
    private boolean saysClosed;
    private @Nullable String label;

    /** Takes a row, and returns whether it repeats another. */
    boolean take(@Nullable OpeningInterval interval, @Nullable String said) {
      boolean isNew = interval == null ? !saysClosed : hours.add(interval);
      saysClosed |= interval == null;
      label = said == null ? label : said;
      return !isNew;
    }

    Set<OpeningInterval> hours() {
      return hours;
    }

    @Nullable String label() {
      return label;
    }

    /** Returns how many different rows there are. */
    long rows() {
      return hours.size() + (saysClosed ? 1L : 0L);
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
      Stores stores, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    tally.repeated(repeated);
    DaysWriting writing = new DaysWriting(stores, before, tally, entry);
    days.forEach((key, day) -> writing.take(target(key.target, keys), key.date, day));
    refused.forEach(key -> writing.refuse(target(key.target, keys), key.date));
    writing.write();
    writeClosures(stores, before, keys, tally);
    return new Refusals(Map.of(), writing.notes());
  }

  private static Target target(RowSink.Target target, StoreKeys keys) {
    return target.store() < 0
        ? new Target(null, target.tag())
        : new Target(keys.key(target.store()), null);
  }

  private void writeClosures(
      Stores stores, Registry before, StoreKeys keys, RowCounts.Tally tally) {
    Set<List<Object>> had = new HashSet<>();
    before.plannedClosures().forEach(one -> had.add(List.of(one.target(), one.closure())));
    List<PlannedClosure> entered = new ArrayList<>();
    for (Closing closing : closures) {
      Target target = target(closing.target, keys);
      if (had.contains(List.of(target, closing.closure))) {
        tally.repeated(1);
        continue;
      }
      entered.add(
          new PlannedClosure(
              UUID.randomUUID().toString(), target, closing.closure, now, enteredBy(importId)));
      tally.added(1);
    }
    if (!entered.isEmpty()) {
      stores.addClosures(entered);
    }
  }
}
