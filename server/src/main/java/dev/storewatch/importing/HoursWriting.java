package dev.storewatch.importing;

import dev.storewatch.importing.HoursChanges.Known;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.journal.StoreChange;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.PackedWeeks;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The hours of a file that differ from what is known, in the making. */
final class HoursWriting {
  private static final Known NOTHING = new Known(new PackedWeeks(), OptionalLong.empty());

  private final Registry before;
  private final StoreKeys keys;
  private final RowCounts.Tally tally;
  private final OpenEntry entry;
  private final HoursChanges changes = new HoursChanges();
  private final NamedStores kept = new NamedStores();
  private final NamedStores incomplete = new NamedStores();
  private final NamedStores wentOf = new NamedStores();
  private final NamedStores dated = new NamedStores();
  private final BitSet takenNow = new BitSet();
  private long went;

  /**
   * The hours of a file.
   *
   * @param before the stores as they are
   * @param entry keeps what is changed
   */
  HoursWriting(Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    this.before = before;
    this.keys = keys;
    this.tally = tally;
    this.entry = entry;
  }

  /**
   * Takes what a file says of a store.
   *
   * @param said its good rows
   * @param refused by date the days whose rows were refused, a bit each
   * @param flagged since when its hours are flagged where they come from; empty if they are not
   */
  void take(int store, PackedWeeks said, Map<LocalDate, Integer> refused, OptionalLong flagged) {
    if (said.isEmpty() && refused.isEmpty()) {
      return;
    }
    int key = keys.key(store);
    entry.name(key);
    takenNow.set(key);
    if (refused.isEmpty() && !entry.keepsChanges() && isUnknown(key)) {
      tally.added(said.size());
      changes.add(key, NOTHING, new Known(said, flaggedAt(flagged.isPresent(), NOTHING, flagged)));
      return;
    }
    Known now = now(key);
    Known first = beforeSet(key, now);
    if ((!refused.isEmpty() || entry.soFar().isKept(key)) && hasHours(first)) {
      tally.rejected(said.size());
      kept.add(keys.id(store));
      entry.keep(key);
      change(key, now, first, new PackedWeeks());
      return;
    }
    if (!refused.isEmpty()) {
      incomplete.add(keys.id(store));
    }
    countRows(key, said, now.weeks(), first.weeks());
    PackedWeeks named = refused.isEmpty() ? said : withClosedDays(said, refused);
    PackedWeeks all = all(key, now.weeks(), named);
    boolean isFlagged =
        !refused.isEmpty()
            || flagged.isPresent()
            || (now.isFlagged() && !mends(key, now.weeks(), named));
    countWent(keys.id(store), first.weeks(), all);
    change(key, now, new Known(all, flaggedAt(isFlagged, now, flagged)), named);
  }

  private OptionalLong flaggedAt(boolean isFlagged, Known now, OptionalLong elsewhere) {
    if (!isFlagged) {
      return OptionalLong.empty();
    }
    return now.isFlagged() ? now.flaggedAt() : OptionalLong.of(elsewhere.orElse(entry.writtenAt()));
  }

  /** Returns whether nothing was said of the hours of a store, neither before nor by the set. */
  private boolean isUnknown(int key) {
    return !entry.soFar().names(key)
        && (key > before.size()
            || (!before.hasHours(key)
                && !before.hasDatedHours(key)
                && before.hoursFlagged(key).isEmpty()));
  }

  private Known now(int key) {
    return key <= before.size()
        ? new Known(before.packedWeeks(key), before.hoursFlagged(key))
        : NOTHING;
  }

  /** Returns what a store had before the first file of the set. */
  private Known beforeSet(int key, Known now) {
    Map<String, StoreChange.Value> changed = entry.soFar().parts(key);
    return changed.isEmpty() ? now : StoredHours.with(now, changed);
  }

  /** Returns whether there are hours to be kept: days closed for want of a good row are not. */
  private static boolean hasHours(Known known) {
    PackedWeeks weeks = known.weeks();
    return !weeks.isEmpty()
        && !(known.isFlagged()
            && weeks.dates().stream()
                .flatMapToLong(date -> Arrays.stream(weeks.from(date)))
                .allMatch(Registry.PackedHours::isClosed));
  }

  /** Returns whether what a file names takes the place of the hours of which rows were refused. */
  private boolean mends(int key, PackedWeeks now, PackedWeeks named) {
    boolean isOfSet = entry.soFar().names(key);
    return !isOfSet
        && (named.dates().contains(PackedWeeks.BEGINNING)
            || !now.dates().contains(PackedWeeks.BEGINNING));
  }

  /** Returns the hours that a store gets: those without a date take out all of before the set. */
  private PackedWeeks all(int key, PackedWeeks now, PackedWeeks named) {
    PackedWeeks all = now.copy();
    boolean takesAll = named.dates().contains(PackedWeeks.BEGINNING);
    for (LocalDate date : now.dates()) {
      boolean isTaken =
          named.dates().contains(date) || (takesAll && !isNamedBySet(key, PackedWeeks.BEGINNING));
      if (isTaken && !isNamedBySet(key, date)) {
        all.set(date, new long[0]);
      }
    }
    for (LocalDate date : named.dates()) {
      all.set(date, union(all.from(date), named.from(date)));
    }
    return all;
  }

  private boolean isNamedBySet(int key, LocalDate date) {
    return entry.soFar().names(key, StoredHours.part(date));
  }

  /** Counts rows: what is new replaces something only if there was something before the set. */
  private void countRows(int key, PackedWeeks said, PackedWeeks now, PackedWeeks first) {
    for (LocalDate date : said.dates()) {
      long[] had = now.from(date);
      if (isNamedBySet(key, date)) {
        had = union(first.from(date), had);
      }
      long rows = said.from(date).length;
      long same = common(said.from(date), had);
      boolean isOfAll = date.equals(PackedWeeks.BEGINNING);
      tally.repeated(same);
      if (isOfAll ? !first.isEmpty() : first.dates().contains(date)) {
        tally.replaced(rows - same);
      } else {
        tally.added(rows - same);
      }
    }
  }

  private static long common(long[] some, long[] sorted) {
    return Arrays.stream(some)
        .filter(interval -> Arrays.binarySearch(sorted, interval) >= 0)
        .count();
  }

  private void countWent(String id, PackedWeeks had, PackedWeeks all) {
    if (entry.isMoreToCome()) {
      return; // a later file may name them
    }
    if (!all.dates().containsAll(had.dates())) {
      dated.add(id);
    }
    long gone = 0;
    for (LocalDate date : had.dates()) {
      long[] intervals =
          Arrays.stream(had.from(date))
              .filter(interval -> !Registry.PackedHours.isClosed(interval))
              .toArray();
      gone += intervals.length - common(intervals, all.from(date));
    }
    if (gone > 0) {
      went += gone;
      wentOf.add(id);
    }
  }

  /**
   * Makes a change, and keeps it; what a file of a set names of dates is kept though it is so
   * already, because a later file adds to it.
   */
  private void change(int key, Known from, Known to, PackedWeeks named) {
    if (!from.isLike(to)) {
      changes.add(key, from, to);
    }
    if (!entry.keepsChanges()) {
      return;
    }
    boolean hasDates = !isUndatedAlone(named) || !isUndatedAlone(from.weeks());
    boolean keepsNamed = hasDates && entry.isMoreToCome();
    for (LocalDate date : partsOf(from, to)) {
      StoreChange change = StoredHours.change(key, date, from, to);
      if (!change.isNothing() || (keepsNamed && named.dates().contains(date))) {
        entry.change(change);
      }
    }
  }

  private static boolean isUndatedAlone(PackedWeeks weeks) {
    return weeks.dates().stream().allMatch(PackedWeeks.BEGINNING::equals);
  }

  private static List<LocalDate> partsOf(Known from, Known to) {
    List<LocalDate> parts = new ArrayList<>(from.weeks().datesWith(to.weeks()));
    if (!parts.contains(PackedWeeks.BEGINNING)) {
      parts.addFirst(PackedWeeks.BEGINNING); // which tells of the flag too
    }
    return parts;
  }

  /** Counts what went of the stores that only earlier files of the set name. */
  void takeOthersOfSet() {
    entry
        .soFar()
        .changedBut(takenNow)
        .forEach(
            key -> {
              Known now = now(key);
              countWent(before.id(key), beforeSet(key, now).weeks(), now.weeks());
            });
  }

  void write(Stores stores) {
    changes.write(stores, entry.writtenAt(), CollectedDays.enteredBy(entry.importId()));
  }

  Refusals refusals() {
    List<String> notes = new ArrayList<>();
    if (!kept.isEmpty()) {
      notes.add(
          kept
              + " kept the hours they had, because rows of theirs were refused; their good rows"
              + " count as rejected: mend the rows and import the file again");
    }
    if (!incomplete.isEmpty()) {
      notes.add(
          incomplete
              + " had no hours, and rows of theirs were refused: they are closed on those days,"
              + " and flagged until the rows are mended and imported again");
    }
    if (!dated.isEmpty()) {
      notes.add(
          dated
              + " had hours that hold from a date on, which went too: hours without a date hold"
              + " for all time");
    }
    if (went > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d %s of %s went: a file replaces all hours of the stores that it names; files"
                  + " that belong together go into one command",
              went,
              went == 1 ? "interval" : "intervals",
              wentOf));
    }
    return new Refusals(Map.of(), notes);
  }

  private static long[] union(long[] one, long[] other) {
    return LongStream.concat(Arrays.stream(one), Arrays.stream(other))
        .sorted()
        .distinct()
        .toArray();
  }

  /** Adds the days whose rows were refused; all days if none is known, so that it is closed. */
  private static PackedWeeks withClosedDays(PackedWeeks said, Map<LocalDate, Integer> refused) {
    PackedWeeks all = said.copy();
    refused.forEach((date, days) -> all.set(date, withClosedDays(said.from(date), days)));
    return all;
  }

  private static long[] withClosedDays(long[] intervals, int days) {
    boolean closed = intervals.length == 0;
    return union(
        intervals,
        IntStream.range(0, 7)
            .filter(day -> closed || (days & (1 << day)) != 0)
            .mapToLong(Registry.PackedHours::closed)
            .toArray());
  }
}
