package dev.storewatch.direct;

import dev.storewatch.poll.DistinctPolls;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.ranges.Piece;
import dev.storewatch.ranges.Workers;
import java.io.IOException;
import java.util.List;

/**
 * Polls of many files in one array, those of a store together: first in the order in which they
 * came, then one of each instant, in the order of time.
 *
 * <p>The sort is a counting sort by store, which keeps the order. Each thread counts and moves the
 * pieces of one part of the files, and the counts say where each thread puts its polls of a store.
 */
final class SortedPolls {
  /** Beside the eight bytes of a poll and, of several files, the four of its file. */
  static final int BYTES = Long.BYTES + Integer.BYTES;

  private final Workers workers;
  private final int keys;
  private final long[] polls;

  /** The file of each poll; empty if there is one file alone. */
  private final int[] files;

  /** Where the polls of each key begin, and those of the key after the last. */
  private final int[] starts;

  /** Where the distinct polls of each key end. */
  private final int[] ends;

  private SortedPolls(Workers workers, int keys, int size, boolean ofSeveralFiles) {
    this.workers = workers;
    this.keys = keys;
    this.polls = new long[size];
    this.files = ofSeveralFiles ? new int[size] : new int[0];
    this.starts = new int[keys + 2];
    this.ends = new int[keys + 2];
  }

  /**
   * Sorts pieces by store.
   *
   * @param keys the largest key of a store
   */
  static SortedPolls of(List<Piece> pieces, int keys, boolean ofSeveralFiles, Workers workers)
      throws IOException {
    int size = Math.toIntExact(pieces.stream().mapToLong(Piece::size).sum());
    SortedPolls sorted = new SortedPolls(workers, keys, size, ofSeveralFiles);
    sorted.sort(pieces);
    return sorted;
  }

  private void sort(List<Piece> pieces) throws IOException {
    int[] firsts = parts(pieces);
    int[][] places = new int[workers.count()][];
    workers.run(
        part -> {
          int[] counts = new int[keys + 1];
          for (Piece piece : pieces.subList(firsts[part], firsts[part + 1])) {
            int[] keyOf = piece.numbering().keys();
            for (int store : piece.stores()) {
              counts[keyOf[store]]++;
            }
          }
          places[part] = counts;
        });
    int place = 0;
    for (int key = 0; key <= keys; key++) {
      starts[key] = place;
      for (int[] of : places) {
        int count = of[key];
        of[key] = place;
        place += count;
      }
    }
    starts[keys + 1] = place;
    workers.run(
        part -> {
          for (Piece piece : pieces.subList(firsts[part], firsts[part + 1])) {
            move(piece, places[part]);
          }
        });
  }

  /** Returns where the pieces of each thread begin, which have about as many polls together. */
  private int[] parts(List<Piece> pieces) {
    int[] firsts = new int[workers.count() + 1];
    long before = 0;
    int part = 1;
    for (int i = 0; i < pieces.size(); i++) {
      before += pieces.get(i).size();
      while (part < workers.count() && before * workers.count() >= (long) polls.length * part) {
        firsts[part++] = i + 1;
      }
    }
    while (part <= workers.count()) {
      firsts[part++] = pieces.size();
    }
    return firsts;
  }

  private void move(Piece piece, int[] places) {
    int[] keyOf = piece.numbering().keys();
    int[] stores = piece.stores();
    long[] from = piece.polls();
    if (files.length == 0) {
      for (int i = 0; i < stores.length; i++) {
        polls[places[keyOf[stores[i]]]++] = from[i];
      }
    } else {
      for (int i = 0; i < stores.length; i++) {
        int place = places[keyOf[stores[i]]]++;
        polls[place] = from[i];
        files[place] = piece.file();
      }
    }
  }

  /**
   * Makes the polls of each store distinct.
   *
   * @param tallies for each file, where what repeats or replaces a row before it is counted
   * @param onlyFile the file of all polls, where they are of one alone
   */
  void makeDistinct(RowCounts.Tally[] tallies, int onlyFile) throws IOException {
    RowCounts.Tally[][] own = new RowCounts.Tally[workers.count()][tallies.length];
    workers.run(
        part -> {
          for (int file = 0; file < tallies.length; file++) {
            own[part][file] = new RowCounts.Tally();
          }
          DistinctPolls distinct = new DistinctPolls();
          int last = firstKey(part + 1);
          for (int key = firstKey(part); key < last; key++) {
            ends[key] =
                files.length == 0
                    ? distinct.of(polls, starts[key], starts[key + 1], own[part][onlyFile], null)
                    : distinct.of(polls, files, starts[key], starts[key + 1], own[part]);
          }
        });
    for (RowCounts.Tally[] part : own) {
      for (int file = 0; file < tallies.length; file++) {
        tallies[file].add(part[file]);
      }
    }
  }

  /** Returns the first key of a part, so that the parts have about as many polls. */
  private int firstKey(int part) {
    if (part == workers.count()) {
      return keys + 1;
    }
    long wanted = (long) polls.length * part / workers.count();
    int from = 0;
    int to = keys + 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (starts[middle] < wanted) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return Math.min(from, keys + 1);
  }

  int keys() {
    return keys;
  }

  long[] polls() {
    return polls;
  }

  int[] files() {
    return files;
  }

  int[] starts() {
    return starts;
  }

  int[] ends() {
    return ends;
  }
}
