package dev.storewatch.importing;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.RowSink;
import dev.storewatch.ranges.Piece;
import dev.storewatch.ranges.RangeReading;
import dev.storewatch.ranges.Workers;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file, which has numbered its stores by itself.
 *
 * @param path where it lies; null for a stream
 */
record FileSource(
    ImportFile file, @Nullable Path path, RangeReading.Plan plan, ImportProgress progress)
    implements RowSource {
  /** More threads would wait for the one that takes what they read. */
  private static final int MOST_READERS = 4;

  /** So many polls are read before they are taken, of 12 bytes each. */
  private static final int POLLS_AT_A_TIME = 500_000;

  /** Returns how files are read that lie on a disk, unless there is a reason for another way. */
  static RangeReading.Plan usualPlan() {
    return new RangeReading.Plan(
        new Workers(Math.min(MOST_READERS, Runtime.getRuntime().availableProcessors())),
        RangeReading.Plan.RANGE);
  }

  @Override
  public FileKind kind() {
    return file.kind();
  }

  @Override
  public long read(RowSink sink, StoreIdIndex ids, long latest, String tooLate) throws IOException {
    progress.reading(file);
    if (path == null) {
      file.read(sink, latest, tooLate);
    } else {
      RangeReading.Limit limit = new RangeReading.Limit(latest, tooLate);
      RangeReading.read(file, path, 0, plan, ids, limit, new Ranges(sink), sink);
    }
    return file.rowsRead();
  }

  @Override
  public long plainBytes() {
    return path != null && file.rangesFrom().isPresent() ? path.toFile().length() : 0;
  }

  @Override
  public Optional<String> headerText() {
    return file.headerText();
  }

  @Override
  public List<String> notes() {
    return file.notes();
  }

  /** The receiver of what several threads read, who gives it on row by row. */
  private record Ranges(RowSink sink) implements RangeReading.Receiver {
    @Override
    public long room() {
      return POLLS_AT_A_TIME;
    }

    @Override
    public void take(Piece piece, StoreIdIndex ids) {
      int[] keys = piece.numbering().keys();
      int[] stores = piece.stores();
      long[] polls = piece.polls();
      for (int i = 0; i < polls.length; i++) {
        sink.poll(keys[stores[i]] - 1, PackedPoll.at(polls[i]), PackedPoll.isActive(polls[i]));
      }
    }

    @Override
    public void rejected(long line, String reason, String text) {
      sink.rejected(line, reason, text);
    }
  }
}
