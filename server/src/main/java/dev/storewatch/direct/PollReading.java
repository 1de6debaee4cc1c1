package dev.storewatch.direct;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.ranges.Piece;
import dev.storewatch.ranges.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The polls of all files while they are read, in bounded memory: as many as fit stay in it, and
 * when they are more, all are put aside in sorted runs.
 */
final class PollReading implements AutoCloseable {
  /** What a poll takes at most: as it was read, and sorted. */
  static final int BYTES = Piece.BYTES + SortedPolls.BYTES;

  private final Workers workers;
  private final Path folder;
  private final long most;
  private final boolean ofSeveralFiles;
  private final RowCounts.Tally[] tallies;
  private List<Piece> pieces = new ArrayList<>();
  private long size;
  private @Nullable Runs runs;

  /** The last file of which polls came. */
  private int file;

  /**
   * Polls without any so far.
   *
   * @param folder where temporary files go
   * @param most how many polls may be in memory
   * @param files how many files there are
   * @param pollFiles how many of them have polls
   */
  PollReading(Workers workers, Path folder, long most, int files, int pollFiles) {
    this.workers = workers;
    this.folder = folder;
    this.most = most;
    this.ofSeveralFiles = pollFiles > 1;
    this.tallies = new RowCounts.Tally[files];
    for (int i = 0; i < files; i++) {
      tallies[i] = new RowCounts.Tally();
    }
  }

  /** Returns how many polls may still come before they must be put aside. */
  long room() {
    return most - size;
  }

  /**
   * Takes a piece, whose numbers of stores have keys.
   *
   * @param ids all stores that were named so far
   */
  void add(Piece piece, StoreIdIndex ids) throws IOException {
    if (piece.size() == 0) {
      return;
    }
    file = piece.file();
    pieces.add(piece);
    size += piece.size();
    if (size >= most) {
      putAside(ids.size());
    }
  }

  private void putAside(int keys) throws IOException {
    Runs aside = runs == null ? new Runs(folder, ofSeveralFiles) : runs;
    runs = aside;
    aside.putAside(pieces, keys, workers);
    pieces = new ArrayList<>();
    size = 0;
  }

  /**
   * Returns the distinct polls of all files.
   *
   * @param keys the largest key of a store
   */
  FilePolls finish(int keys) throws IOException {
    Runs aside = runs;
    if (aside != null) {
      if (size > 0) {
        putAside(keys);
      }
      return aside.merge(keys, tallies, file, (int) Math.clamp(most / 8, 1L, Integer.MAX_VALUE));
    }
    SortedPolls sorted = SortedPolls.of(pieces, keys, ofSeveralFiles, workers);
    pieces = new ArrayList<>();
    sorted.makeDistinct(tallies, file);
    return FilePolls.InMemory.of(sorted);
  }

  /** Returns what became of the polls of a file, but for those that were new; known at the end. */
  RowCounts.Tally tally(int number) {
    return tallies[number];
  }

  @Override
  public void close() throws IOException {
    if (runs != null) {
      runs.close();
    }
  }
}
