package dev.storewatch.importing;

import dev.storewatch.journal.OpenEntry;
import dev.storewatch.journal.StoreChange;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The business hours of a file, which replace all hours that its stores had.
 *
 * <p>A row is repeated when the store had the same interval, or the file names it twice; otherwise
 * it is replaced when the store had any hours, and added when it had none.
 *
 * <p>A store of which a row was refused keeps the hours it had, whole; its good rows count as
 * rejected, those that the file repeats as repeated. One that had none gets its good rows, is
 * closed on the days whose rows were refused, and is flagged.
 *
 * <p>The files of one set add up: the hours that a later one names are added to those of the files
 * before it, and what a store had before the set is what it keeps when a row of any of them was
 * refused.
 */
final class CollectedHours implements CollectedRows {
  /**
   * How many rows come in before repeated ones are thrown out again, so that a file that repeats
   * itself does not fill the memory: a week's minutes allow few distinct rows.
   */
  private static final int ROUND = 1 << 20;

  /** Set when any row of a store was refused. */
  private static final int REFUSED = 1 << 7;

  /**
   * Pairs of a store and a packed interval, in the list and the sort that polls use: both are a
   * number for a store.
   */
  private PollRows rows = new PollRows(1024);

  private int nextRound = ROUND;
  private int largestStore = -1;
  private long thrownOut;

  /** For each store the days whose rows were refused, a bit each, and {@link #REFUSED}. */
  private byte[] refused = new byte[1024];

  @Override
  public void hours(int store, int day, int opens, int closes) {
    add(store, Registry.PackedHours.pack(day, opens, closes));
  }

  @Override
  public void refusedHours(int store, int day) {
    if (store >= refused.length) {
      refused = Arrays.copyOf(refused, Math.max(2 * refused.length, store + 1));
    }
    refused[store] |= (byte) (REFUSED | (day < 0 ? 0 : 1 << day));
    largestStore = Math.max(largestStore, store);
  }

  @Override
  public void closed(int store, int day) {
    add(store, Registry.PackedHours.closed(day));
  }

  private void add(int store, long packed) {
    if (rows.size() == nextRound) {
      rows = distinct();
      nextRound = rows.size() + ROUND;
    }
    rows.add(store, packed);
    largestStore = Math.max(largestStore, store);
  }

  private PollRows distinct() {
    GroupedPolls byStore = grouped();
    PollRows distinct = new PollRows(rows.size());
    for (int store = 0; store <= largestStore; store++) {
      for (long interval : intervals(byStore, store)) {
        distinct.add(store, interval);
      }
    }
    thrownOut += rows.size() - distinct.size();
    return distinct;
  }

  private GroupedPolls grouped() {
    GroupedPolls byStore = new GroupedPolls();
    byStore.group(rows, 0, largestStore);
    return byStore;
  }

  private static long[] intervals(GroupedPolls byStore, int store) {
    return Arrays.stream(byStore.array(), byStore.from(store), byStore.to(store))
        .sorted()
        .distinct()
        .toArray();
  }

  @Override
  public Refusals write(
      PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    if (largestStore < 0) {
      return Refusals.NONE;
    }
    tally.repeated(thrownOut);
    Writing writing = new Writing(before, keys, tally, entry);
    GroupedPolls byStore = grouped();
    for (int store = 0; store <= largestStore; store++) {
      long[] intervals = intervals(byStore, store);
      tally.repeated(byStore.to(store) - byStore.from(store) - intervals.length);
      writing.take(store, intervals);
    }
    writing.takeOthersOfSet();
    writing.write(in);
    return writing.refusals();
  }

  private int refusedDays(int store) {
    return store < refused.length ? refused[store] & 0xFF : 0;
  }

  /** The hours of a file that differ from what is known, in the making. */
  private final class Writing {
    private final Registry before;
    private final StoreKeys keys;
    private final RowCounts.Tally tally;
    private final PollRows changed = new PollRows(0);
    private final NamedStores kept = new NamedStores();
    private final NamedStores incomplete = new NamedStores();
    private final NamedStores wentOf = new NamedStores();
    private final NamedStores dated = new NamedStores();
    private final List<Integer> flagged = new ArrayList<>();

    /** The stores that get back a flag which they had before the set, by since when. */
    private final Map<Long, List<Integer>> flaggedAgain = new TreeMap<>();

    private final OpenEntry entry;
    private final BitSet takenNow = new BitSet();
    private long went;

    Writing(Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
      this.before = before;
      this.keys = keys;
      this.tally = tally;
      this.entry = entry;
    }

    void take(int store, long[] intervals) {
      int days = refusedDays(store);
      if (days == 0 && intervals.length == 0) {
        return;
      }
      int key = keys.key(store);
      entry.name(key);
      takenNow.set(key);
      long[] had = key <= before.size() ? before.packedHours(key) : new long[0];
      boolean wasFlagged = key <= before.size() && before.hoursFlagged(key).isPresent();
      Optional<StoreChange.Value> first = entry.soFar().before(key);
      long[] hadFirst = first.map(StoreChange.Value::packedHours).orElse(had);
      boolean wasFlaggedFirst = first.map(StoreChange.Value::isFlagged).orElse(wasFlagged);
      if ((days != 0 || entry.soFar().isKept(key)) && hasHours(hadFirst, wasFlaggedFirst)) {
        tally.rejected(intervals.length);
        kept.add(keys.id(store));
        entry.keep(key);
        first.ifPresent(old -> restore(key, now(key), old));
      } else {
        replace(store, key, had, wasFlagged, hadFirst, intervals, days);
      }
    }

    /** Returns what a store has now as the journal keeps it, made only for what changes. */
    private StoreChange.Value now(int key) {
      return key <= before.size()
          ? StoreChange.Value.hours(before.packedHours(key), before.hoursFlagged(key))
          : StoreChange.Value.NONE;
    }

    /** Gives a store back what it had before the first file of the set. */
    private void restore(int key, StoreChange.Value now, StoreChange.Value first) {
      if (now.equals(first)) {
        return;
      }
      set(key, first.packedHours());
      if (first.isFlagged()) {
        flaggedAgain.computeIfAbsent(first.flaggedAt(), since -> new ArrayList<>()).add(key);
      }
      entry.change(new StoreChange(key, now, first));
    }

    private void replace(
        int store,
        int key,
        long[] had,
        boolean wasFlagged,
        long[] hadFirst,
        long[] intervals,
        int refusedDays) {
      boolean adds = entry.soFar().names(key);
      countRows(adds ? union(hadFirst, had) : had, intervals, hadFirst.length > 0);
      long[] named = refusedDays == 0 ? intervals : withClosedDays(intervals, refusedDays);
      long[] all = adds ? union(had, named) : named;
      boolean isFlagged = refusedDays != 0 || (adds && wasFlagged);
      if (refusedDays != 0) {
        incomplete.add(keys.id(store));
      }
      countWent(keys.id(store), hadFirst, all);
      if (Arrays.equals(had, all) && isFlagged == wasFlagged) {
        return;
      }
      set(key, all);
      if (isFlagged) {
        flagged.add(key);
      }
      entry.changeHours(key, now(key), all, isFlagged);
    }

    /** Counts rows: what is new replaces something only if there was something before the set. */
    private void countRows(long[] had, long[] intervals, boolean replaces) {
      long same =
          Arrays.stream(intervals)
              .filter(interval -> Arrays.binarySearch(had, interval) >= 0)
              .count();
      tally.repeated(same);
      if (replaces) {
        tally.replaced(intervals.length - same);
      } else {
        tally.added(intervals.length - same);
      }
    }

    private void countWent(String id, long[] had, long[] all) {
      if (entry.isMoreToCome()) {
        return; // a later file may name them
      }
      long gone =
          Arrays.stream(had)
              .filter(interval -> !Registry.PackedHours.isClosed(interval))
              .filter(interval -> Arrays.binarySearch(all, interval) < 0)
              .count();
      if (gone > 0) {
        went += gone;
        wentOf.add(id);
      }
    }

    /** Returns whether there are hours to be kept: days closed for want of a good row are not. */
    private static boolean hasHours(long[] hours, boolean isFlagged) {
      return hours.length > 0
          && !(isFlagged && Arrays.stream(hours).allMatch(Registry.PackedHours::isClosed));
    }

    private void set(int key, long[] intervals) {
      if (key <= before.size() && !before.datedHours(key).isEmpty()) {
        dated.add(before.id(key));
      }
      for (long interval : intervals) {
        changed.add(key, interval);
      }
    }

    /** Counts what went of the stores that only earlier files of the set name. */
    void takeOthersOfSet() {
      entry
          .soFar()
          .eachBut(
              takenNow,
              (first, key) ->
                  countWent(before.id(key), first.packedHours(), before.packedHours(key)));
    }

    void write(PollTransaction in) {
      if (changed.size() > 0) {
        in.stores()
            .replaceHours(
                IntStream.range(0, changed.size()).map(changed::store).toArray(),
                IntStream.range(0, changed.size()).mapToLong(changed::poll).toArray(),
                CollectedDays.enteredBy(entry.importId()));
      }
      flaggedAgain.forEach((since, stores) -> in.stores().flagHours(Refusals.keys(stores), since));
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
      return new Refusals(flagged, List.of(), notes);
    }
  }

  private static long[] union(long[] one, long[] other) {
    return LongStream.concat(Arrays.stream(one), Arrays.stream(other))
        .sorted()
        .distinct()
        .toArray();
  }

  /** Adds the days whose rows were refused; all days if none is known, so that it is closed. */
  private static long[] withClosedDays(long[] intervals, int days) {
    boolean closed = intervals.length == 0;
    return LongStream.concat(
            Arrays.stream(intervals),
            IntStream.range(0, 7)
                .filter(day -> closed || (days & (1 << day)) != 0)
                .mapToLong(Registry.PackedHours::closed))
        .distinct()
        .sorted()
        .toArray();
  }
}
