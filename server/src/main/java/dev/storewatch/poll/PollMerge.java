package dev.storewatch.poll;

import dev.storewatch.interval.Span;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The merge of polls from a file or a push into the database: new ones are added, those with
 * another status replaced.
 *
 * <p>Each range of stores is sorted first, and repetitions are removed. Then each poll that the
 * database gives is looked up in the range at once, so the known polls need no memory. The database
 * is asked for a few polls by their stores and instants, and for many by a scan of the time of the
 * file.
 */
public final class PollMerge {
  private static final byte NEW = 0;
  private static final byte KNOWN = 1;
  private static final byte REPLACED = 2;

  private final Polls polls;
  private final Stores stores;
  private final StoreKeys keys;
  private final IntFunction<RowCounts.Tally> tallies;
  private final FirstPolls firstPolls;
  private final WrittenPolls written;
  private final PollJournal journal;

  /** The time in which the database has polls that the file may repeat; empty when it has none. */
  private final Span overlap;

  private final int few;
  private final GroupedPolls grouped = new GroupedPolls();
  private final PollRows added = new PollRows(0);
  private final PollRows replaced = new PollRows(0);
  private final DistinctPolls distinct = new DistinctPolls();

  /** For each store of the range, where its distinct polls end. */
  private int[] ends = {};

  /** For each distinct poll, whether the database has none of its instant, this one, or another. */
  private byte[] states = {};

  /** For each distinct poll, whether the first row of its instant had the other status. */
  private boolean[] changedInFile = {};

  /** Whether all polls were seen that the database has in the time of the range. */
  private boolean sawAll;

  /** For each store of the range, the earliest and the latest poll seen that is not in it. */
  private long[] othersFrom = {};

  private long[] othersTo = {};

  PollMerge(
      Polls polls,
      Stores stores,
      StoreKeys keys,
      IntFunction<RowCounts.Tally> tallies,
      FirstPolls firstPolls,
      WrittenPolls written,
      PollJournal journal,
      Span overlap,
      int few) {
    this.polls = polls;
    this.stores = stores;
    this.keys = keys;
    this.tallies = tallies;
    this.firstPolls = firstPolls;
    this.written = written;
    this.journal = journal;
    this.overlap = overlap;
    this.few = few;
  }

  /** Writes the polls of the stores with numbers from {@code first} to {@code last}. */
  public void merge(PollRows rows, int first, int last) {
    grouped.group(rows, first, last);
    ends = ends.length > last - first ? ends : new int[last - first + 1];
    states = fresh(states, rows.size());
    changedInFile = changedInFile.length >= rows.size() ? changedInFile : new boolean[rows.size()];
    Arrays.fill(changedInFile, 0, rows.size(), false);
    for (int store = first; store <= last; store++) {
      ends[store - first] =
          distinct.of(
              grouped.array(),
              grouped.from(store),
              grouped.to(store),
              tallies.apply(store),
              changedInFile);
    }
    sawAll = overlap.isEmpty() || rows.size() > few;
    if (!overlap.isEmpty()) {
      forgetOthers(last - first + 1);
      lookUp(rows.size(), first, last);
    }
    if (overlap.isEmpty()) {
      added.makeRoomFor(rows.size()); // all are new
    }
    write(first, last);
  }

  private void forgetOthers(int stores) {
    if (othersFrom.length < stores) {
      othersFrom = new long[stores];
      othersTo = new long[stores];
    }
    Arrays.fill(othersFrom, 0, stores, Long.MAX_VALUE);
    Arrays.fill(othersTo, 0, stores, Long.MIN_VALUE);
  }

  private static byte[] fresh(byte[] array, int size) {
    if (array.length < size) {
      return new byte[size];
    }
    Arrays.fill(array, 0, size, NEW);
    return array;
  }

  private void lookUp(int rows, int first, int last) {
    Polls.Receiver comparison = (key, poll) -> compare(first, last, key, poll);
    if (rows <= few) {
      polls.find(rowsOf(first, last), comparison);
    } else {
      polls.scan(overlap, keys.smallest(first, last), keys.largest(first, last), comparison);
    }
  }

  private PollRows rowsOf(int first, int last) {
    PollRows rows = new PollRows(grouped.to(last));
    for (int store = first; store <= last; store++) {
      for (int i = grouped.from(store); i < ends[store - first]; i++) {
        rows.add(keys.key(store), grouped.array()[i]);
      }
    }
    return rows;
  }

  private void compare(int first, int last, int key, long known) {
    int store = keys.store(key);
    if (store < first || store > last) {
      return;
    }
    int found =
        DistinctPolls.find(
            grouped.array(), grouped.from(store), ends[store - first], PackedPoll.at(known));
    if (found < 0) {
      long at = PackedPoll.at(known);
      othersFrom[store - first] = Math.min(othersFrom[store - first], at);
      othersTo[store - first] = Math.max(othersTo[store - first], at);
      return;
    }
    long poll = grouped.array()[found];
    states[found] = poll == known ? KNOWN : REPLACED;
    // Rows count as if they came one by one: the first is compared with the database, the later
    // ones were compared with those before them.
    boolean firstRowDiffers = (poll != known) ^ changedInFile[found];
    if (firstRowDiffers) {
      tallies.apply(store).replaced(1);
    } else {
      tallies.apply(store).repeated(1);
    }
    if (poll != known) {
      replaced.add(key, poll);
    }
  }

  private void write(int first, int last) {
    for (int store = first; store <= last; store++) {
      int from = grouped.from(store);
      int end = ends[store - first];
      if (from < end) {
        firstPolls.see(keys.key(store), PackedPoll.at(grouped.array()[from]));
        tallies.apply(store).added(collectNew(store - first, keys.key(store), from, end));
      }
    }
    if (added.size() > 0) {
      polls.add(added);
    }
    if (replaced.size() > 0) {
      polls.replace(replaced);
    }
    journal.replaced(replaced);
    added.clear();
    replaced.clear();
  }

  /**
   * Collects those polls of a store that the database does not have, and returns how many; notes
   * once for the store from when on its polls differ, and from when until when it has some already,
   * since a note for each poll would be garbage.
   */
  private int collectNew(int place, int key, int from, int end) {
    int before = added.size();
    int firstWritten = end;
    int firstKnown = end;
    int lastKnown = from;
    int firstNew = end;
    int lastNew = from;
    for (int i = from; i < end; i++) {
      if (states[i] != NEW) {
        firstKnown = Math.min(firstKnown, i);
        lastKnown = i;
      }
      if (states[i] == KNOWN) {
        continue;
      }
      firstWritten = Math.min(firstWritten, i);
      if (states[i] == NEW) {
        firstNew = Math.min(firstNew, i);
        lastNew = i;
        added.add(key, grouped.array()[i]);
      }
    }
    if (firstWritten < end) {
      written.see(key, PackedPoll.at(grouped.array()[firstWritten]));
    }
    if (firstKnown < end) {
      journal.knew(
          key,
          PackedPoll.at(grouped.array()[firstKnown]),
          PackedPoll.at(grouped.array()[lastKnown]));
    }
    int count = added.size() - before;
    if (count > 0) {
      // Those between the first and the last are all new, and the database has no others there.
      boolean alone = sawAll && count == lastNew - firstNew + 1 && !othersBetween(place, before);
      journal.added(added, before, added.size(), alone);
    }
    return count;
  }

  /**
   * Returns whether the database has polls of a store that are not in the file, between the new
   * ones from a place on.
   */
  private boolean othersBetween(int place, int firstAdded) {
    return !overlap.isEmpty()
        && othersFrom[place] <= PackedPoll.at(added.poll(added.size() - 1))
        && othersTo[place] >= PackedPoll.at(added.poll(firstAdded));
  }

  /** Writes the first polls of stores that had none, or had a later one, and ends the journal. */
  public void finish() {
    firstPolls.writeTo(stores);
    journal.finish();
  }
}
