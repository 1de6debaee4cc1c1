package dev.storewatch.store;

import dev.storewatch.database.Columns;
import dev.storewatch.hours.OpeningInterval;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Weekly hours that are to hold from a date on, of some stores, gathered to be written at once. */
public final class DatedWeeks {
  private final List<Integer> keys = new ArrayList<>();
  private final List<Integer> dates = new ArrayList<>();
  private final List<String> weeks = new ArrayList<>();

  /** Returns the week of one store; null takes out what holds from the date on. */
  static DatedWeeks of(int key, LocalDate validFrom, @Nullable List<OpeningInterval> hours) {
    DatedWeeks weeks = new DatedWeeks();
    weeks.add(key, validFrom, hours == null ? "" : Registry.PackedHours.format(hours));
    return weeks;
  }

  /**
   * Adds a week.
   *
   * @param packed what begins on each day, as {@link Registry.PackedHours} packs it; none takes out
   *     what holds from the date on
   */
  public void add(int key, LocalDate validFrom, long[] packed) {
    add(
        key,
        validFrom,
        Arrays.stream(packed).mapToObj(Long::toHexString).collect(Collectors.joining(",")));
  }

  private void add(int key, LocalDate validFrom, String week) {
    keys.add(key);
    dates.add(Math.toIntExact(validFrom.toEpochDay()));
    weeks.add(week);
  }

  /** Returns whether there is none. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Whoever receives weeks. */
  interface Receiver {
    /**
     * Called with each week.
     *
     * @param packed what begins on each day; none takes out what holds from the date on
     */
    void take(int key, LocalDate validFrom, long[] packed);
  }

  /** Passes on all weeks in the order in which they were added. */
  void forEach(Receiver receiver) {
    for (int i = 0; i < weeks.size(); i++) {
      receiver.take(
          keys.get(i),
          LocalDate.ofEpochDay(dates.get(i)),
          weeks.get(i).isEmpty() ? new long[0] : Registry.PackedHours.parse(weeks.get(i)));
    }
  }

  Columns columns(@Nullable String by) {
    return new Columns()
        .ints("store_key", ints(keys))
        .ints("valid_from", ints(dates))
        .texts("hours", weeks)
        .texts("by_whom", Collections.nCopies(weeks.size(), by == null ? "" : by));
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
