package dev.storewatch.file;

import dev.storewatch.instant.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream, as many whole ones at a time as a block holds, in one array that is used
 * again for the next block.
 *
 * <p>Every line ends in a line feed; one is added to a last line that has none. A line that is too
 * long to be a row is skipped without being held.
 */
public final class Lines {
  /** The bytes of the longest line that is read as a row, without its line end. */
  public static final int LONGEST = 64 * 1024;

  /**
   * How many bytes after the end of the lines may be read, though they mean nothing: so readers
   * take several bytes at a time without looking for the end.
   */
  public static final int SLACK = Timestamps.SLACK;

  /**
   * How much of a line that is too long is kept: enough for a thousand characters of four bytes.
   */
  private static final int KEPT = 4_000;

  /** What the stream has next. */
  enum Next {
    /** Whole lines, from position 0 to {@link #end}. */
    LINES,
    /** A line that was skipped, of which {@link #longLine} is the beginning. */
    LONG_LINE,
    /** Nothing more. */
    NOTHING
  }

  private final InputStream in;
  private final int block;
  private final byte[] bytes;
  private int filled;
  private int end;
  private byte[] longLine = {};

  /** How many bytes were put into the array so far. */
  private long taken;

  Lines(InputStream in, int block) {
    this.in = in;
    this.block = block;
    this.bytes = new byte[2 * LONGEST + 2 + block + SLACK];
  }

  /** Returns the array that holds the lines from position 0 on. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns where in the stream the byte at a position comes from; not once it has ended. */
  long offset(int position) {
    return taken - filled + position;
  }

  /** Returns the position after the line feed of the last line. */
  int end() {
    return end;
  }

  /** Returns the first bytes of the line that was skipped. */
  byte[] longLine() {
    return longLine;
  }

  /** Reads on; the lines that were here before are gone, and those here now begin at 0. */
  Next next() throws IOException {
    return next(true);
  }

  /** Reads on like {@link #next}, but not to the end of a line that is too long. */
  Next nextUnlessTooLong() throws IOException {
    return next(false);
  }

  private Next next(boolean skip) throws IOException {
    filled -= end;
    System.arraycopy(bytes, end, bytes, 0, filled);
    end = afterLastLine(0);
    while (end == 0) {
      if (filled >= LONGEST + 2) {
        return skip ? skipLongLine() : Next.LONG_LINE;
      }
      int read = in.read(bytes, filled, block);
      if (read < 0) {
        return last();
      }
      int from = filled;
      filled += read;
      taken += read;
      end = afterLastLine(from);
    }
    return Next.LINES;
  }

  /**
   * Reads on and keeps the lines from a position on, which then begin at 0: what is read is added
   * after them. Keeps no more than {@link #LONGEST} bytes.
   *
   * @return whether there is at least one more line
   */
  boolean more(int from) throws IOException {
    filled -= from;
    System.arraycopy(bytes, from, bytes, 0, filled);
    end -= from;
    int before = end;
    while (end == before) {
      if (filled - end >= LONGEST + 2) {
        return false;
      }
      int read = in.read(bytes, filled, Math.min(block, bytes.length - SLACK - filled));
      if (read < 0) {
        return filled > end && last() == Next.LINES;
      }
      int first = filled;
      filled += read;
      end = Math.max(before, afterLastLine(first));
    }
    return true;
  }

  private int afterLastLine(int from) {
    int at = filled;
    while (at > from && bytes[at - 1] != '\n') {
      at--;
    }
    return at > from ? at : 0;
  }

  private Next last() {
    if (filled == 0) {
      return Next.NOTHING;
    }
    bytes[filled++] = '\n';
    end = filled;
    return Next.LINES;
  }

  private Next skipLongLine() throws IOException {
    longLine = Arrays.copyOf(bytes, KEPT);
    while (end == 0) {
      filled = Math.max(0, in.read(bytes, 0, block));
      if (filled == 0) {
        return Next.LONG_LINE;
      }
      end = afterFirstLine();
    }
    return Next.LONG_LINE;
  }

  private int afterFirstLine() {
    int at = 0;
    while (at < filled && bytes[at] != '\n') {
      at++;
    }
    return at < filled ? at + 1 : 0;
  }
}
