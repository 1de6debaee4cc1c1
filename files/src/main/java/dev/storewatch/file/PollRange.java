package dev.storewatch.file;

import dev.storewatch.entry.StoreIdIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader of ranges of a plain file of polls, one after the other: the rows whose first byte
 * lies in the range. For one thread; several of them read different ranges of one file at once.
 *
 * <p>A range begins with the first line that begins in it, so it must not begin within a row of
 * several lines. That is certain as long as no range before it has an opened quote that its line
 * does not close; so a range with one is not read to its end, and whoever has ranges read reads the
 * file from there on as one.
 */
public final class PollRange {
  /** What reads one row may look at after the end of a range, beside its own line. */
  private static final int MORE = Lines.LONGEST + 2 + Lines.SLACK;

  private final Source file;
  private final Rejects rejects = new Rejects();
  private final Rows any;
  private final Meaning meaning;
  private final @Nullable PlainPolls plain;
  private byte[] bytes = {};

  PollRange(Source file, Header header, StoreIdIndex ids, Sink sink, Meaning meaning) {
    this.file = file;
    this.meaning = meaning;
    RowSink rows = new Receiver(sink, rejects);
    this.any = new Rows(header, ids, rows, meaning);
    this.plain =
        header.separator() == ',' && meaning.isPlain()
            ? new PlainPolls(header, ids, rows, meaning.latest())
            : null;
  }

  /** The bytes of a file, which can be read at any place. */
  public interface Source {
    /**
     * Reads bytes at a place.
     *
     * @return how many were read; -1 where the file has ended
     */
    int read(ByteBuffer to, long at) throws IOException;

    /** Returns how many bytes there are. */
    long size() throws IOException;

    /** Returns the bytes of an open file. */
    static Source of(FileChannel channel) {
      return new Source() {
        @Override
        public int read(ByteBuffer to, long at) throws IOException {
          return channel.read(to, at);
        }

        @Override
        public long size() throws IOException {
          return channel.size();
        }
      };
    }
  }

  /**
   * Returns where the first row begins that begins at a place or after it, as far as no row before
   * has several lines.
   *
   * @param isFirst whether a row begins at the place, because it is the first of all
   */
  public static long firstRow(Source file, long from, boolean isFirst) throws IOException {
    if (isFirst) {
      return from;
    }
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    long at = from - 1;
    while (file.read(buffer.clear(), at) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        at++;
        if (buffer.get() == '\n') {
          return at;
        }
      }
    }
    return file.size();
  }

  /** Whoever receives the polls of ranges. */
  public interface Sink {
    /**
     * Called with each poll.
     *
     * @param store the number of its store, for this thread
     * @param at the instant in microseconds since the epoch
     */
    void poll(int store, long at, boolean active);
  }

  /**
   * A row that was wrong.
   *
   * @param line its line, counted from 1 at the beginning of the range
   * @param reason what is wrong, and what would be right
   * @param text the line
   */
  public record Rejected(long line, String reason, String text) {}

  /** What became of a range. */
  public static final class Outcome {
    private final long lines;
    private final long rows;
    private final List<Rejected> rejected;
    private final long[] statusCounts;

    private Outcome(long lines, long rows, List<Rejected> rejected, long[] statusCounts) {
      this.lines = lines;
      this.rows = rows;
      this.rejected = rejected;
      this.statusCounts = statusCounts;
    }

    /** Returns how many lines it has. */
    public long lines() {
      return lines;
    }

    /** Returns how many rows it has, rejected ones included. */
    long rows() {
      return rows;
    }

    /** Returns the rows that were wrong. */
    public List<Rejected> rejected() {
      return rejected;
    }

    /** Returns how often each word for a status was read. */
    long[] statusCounts() {
      return statusCounts;
    }
  }

  /** The wrong rows of the range that is read. */
  private static final class Rejects {
    private List<Rejected> rows = new ArrayList<>();

    List<Rejected> take() {
      List<Rejected> taken = rows;
      rows = new ArrayList<>();
      return taken;
    }
  }

  /** Rows of a range, which are polls. */
  private record Receiver(Sink sink, Rejects rejects) implements RowSink {
    @Override
    public void poll(int store, long at, boolean active) {
      sink.poll(store, at, active);
    }

    @Override
    public void rejected(long line, String reason, String text) {
      rejects.rows.add(new Rejected(line, reason, text));
    }

    @Override
    public void hours(int store, int day, int opens, int closes) {
      throw new IllegalStateException("not a file of business hours");
    }

    @Override
    public void closed(int store, int day) {
      throw new IllegalStateException("not a file of business hours");
    }

    @Override
    public void zone(int store, String zone) {
      throw new IllegalStateException("not a file of zones");
    }
  }

  /**
   * Reads a range.
   *
   * @param from where it begins in the file
   * @param to where it ends
   * @param isFirst whether a row begins at {@code from}, because it is the first of all
   * @return what became of it; null if it cannot be read by itself, and what the sink got of it
   *     does not count
   */
  public @Nullable Outcome read(long from, long to, boolean isFirst) throws IOException {
    // The byte before tells whether the first one begins a line.
    long start = isFirst ? from : from - 1;
    int length = (int) (to - start);
    if (bytes.length < length + MORE) {
      bytes = new byte[length + MORE];
    }
    int filled = fill(start, Math.min(length + Lines.LONGEST + 2, bytes.length - Lines.SLACK));
    int end = Math.min(length, filled);
    int position = 0;
    if (!isFirst) {
      position = afterLine(0, end);
    }
    if (end > position) {
      // The last line may end after the range.
      int last = afterLine(end - 1, filled);
      if (last > filled || (last == filled && bytes[last - 1] != '\n')) {
        if (start + filled < file.size()) {
          return null; // a line that is too long for a row
        }
        bytes[filled] = '\n';
        last = filled + 1;
      }
      end = last;
    } else {
      end = position;
    }
    return readRows(position, end);
  }

  private int fill(long from, int most) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, most);
    long at = from;
    while (buffer.hasRemaining()) {
      int read = file.read(buffer, at);
      if (read < 0) {
        break;
      }
      at += read;
    }
    return buffer.position();
  }

  /**
   * Returns the position after the first line feed from a position on; the end if there is none.
   */
  private int afterLine(int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return Math.min(end, at + 1);
  }

  private @Nullable Outcome readRows(int first, int end) throws IOException {
    rejects.rows.clear();
    long[] before = meaning.statusCounts().clone();
    int position = first;
    long line = 0;
    long rows = 0;
    while (position < end) {
      int next = plain == null ? PlainPolls.NOT_PLAIN : plain.read(bytes, position);
      line++;
      if (next != PlainPolls.NOT_PLAIN) {
        position = next;
        rows++;
        continue;
      }
      int lineFeed = Words.lineEnd(bytes, position);
      int to = lineFeed > position && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
      if (to - position > Lines.LONGEST) {
        return null;
      }
      Rows.Line read = any.read(bytes, position, to, line);
      if (read == Rows.Line.UNCLOSED) {
        return null;
      }
      rows += read == Rows.Line.ROW ? 1 : 0;
      position = lineFeed + 1;
    }
    return new Outcome(line, rows, rejects.take(), since(before));
  }

  private long[] since(long[] before) {
    long[] counts = meaning.statusCounts().clone();
    for (int word = 0; word < counts.length; word++) {
      counts[word] -= before[word];
    }
    return counts;
  }
}
