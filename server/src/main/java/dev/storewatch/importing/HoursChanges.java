package dev.storewatch.importing;

import dev.storewatch.poll.PollRows;
import dev.storewatch.store.DatedWeeks;
import dev.storewatch.store.PackedWeeks;
import dev.storewatch.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Changes of the hours of stores, gathered to be written at once. */
final class HoursChanges {
  private final PollRows undated = new PollRows(0);
  private final List<Integer> forgotten = new ArrayList<>();
  private final DatedWeeks dated = new DatedWeeks();
  private final List<Integer> datedAlone = new ArrayList<>();
  private final Map<Long, List<Integer>> flagged = new TreeMap<>();

  /**
   * The hours of a store.
   *
   * @param weeks by the date from which they hold
   * @param flaggedAt since when they are flagged, in microseconds since the epoch; empty if they
   *     are not
   */
  record Known(PackedWeeks weeks, OptionalLong flaggedAt) {
    boolean isFlagged() {
      return flaggedAt.isPresent();
    }

    /** Returns whether others are the same: since when they are flagged does not matter. */
    boolean isLike(Known others) {
      return isFlagged() == others.isFlagged() && weeks.isLike(others.weeks);
    }
  }

  /** Adds what makes of a store that has some hours one that has others. */
  void add(int key, Known from, Known to) {
    boolean isWhole =
        from.isFlagged() != to.isFlagged() || !from.weeks.isLike(to.weeks, PackedWeeks.BEGINNING);
    if (isWhole) {
      addUndated(key, to.weeks.from(PackedWeeks.BEGINNING));
      addDated(key, new PackedWeeks(), to.weeks); // the whole takes out all that have a date
    } else {
      datedAlone.add(key);
      addDated(key, from.weeks, to.weeks);
    }
    to.flaggedAt.ifPresent(
        since -> flagged.computeIfAbsent(since, first -> new ArrayList<>()).add(key));
  }

  private void addDated(int key, PackedWeeks from, PackedWeeks to) {
    to.datesWith(from).stream()
        .filter(date -> !date.equals(PackedWeeks.BEGINNING) && !from.isLike(to, date))
        .forEach(date -> dated.add(key, date, to.from(date)));
  }

  private void addUndated(int key, long[] week) {
    if (week.length == 0) {
      forgotten.add(key);
    }
    for (long interval : week) {
      undated.add(key, interval);
    }
  }

  /**
   * Writes them, within the caller's transaction.
   *
   * @param now when, in microseconds since the epoch
   * @param by who does it; null if that is not known
   */
  void write(Stores stores, long now, @Nullable String by) {
    if (undated.size() > 0) {
      stores.replaceHours(
          IntStream.range(0, undated.size()).map(undated::store).toArray(),
          IntStream.range(0, undated.size()).mapToLong(undated::poll).toArray(),
          by);
    }
    if (!forgotten.isEmpty()) {
      stores.forgetHours(Refusals.keys(forgotten));
      stores.bringBack(Refusals.keys(forgotten));
    }
    if (!datedAlone.isEmpty()) {
      stores.bringBack(Refusals.keys(datedAlone));
    }
    if (!dated.isEmpty()) {
      stores.setDatedHours(dated, now, by);
    }
    flagged.forEach((since, keys) -> stores.flagHours(Refusals.keys(keys), since));
  }
}
