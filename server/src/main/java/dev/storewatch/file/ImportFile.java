package dev.storewatch.file;

import dev.storewatch.store.StoreIdIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file of polls, business hours or time zones opened for reading: its header is read and its kind
 * known.
 *
 * <p>The file is CSV in UTF-8, plain or packed with gzip. One thread reads it; others may ask how
 * far it is. Memory does not grow with the file, only with the number of stores.
 */
public final class ImportFile implements AutoCloseable {
  private static final int BLOCK = 1 << 20;

  /** How far a header is searched for, because a small packed file may unpack without end. */
  private static final int BLOCKS_TO_HEADER = 4;

  private static final int BYTE_ORDER_MARK = 0xBF_BB_EF;

  private final String name;
  private final StoreIdIndex stores;
  private final CountedInput raw;
  private final InputStream unpacked;
  private final Lines lines;
  private final Header header;
  private final AtomicLong rows = new AtomicLong();

  /** The position of the next line in the block. */
  private int position;

  /** The number of the line before it. */
  private long line;

  ImportFile(InputStream bytes, String name, StoreIdIndex stores, int block) throws IOException {
    this(bytes, name, stores, block, UnpackLimits.NONE);
  }

  private ImportFile(
      InputStream bytes, String name, StoreIdIndex stores, int block, UnpackLimits limits)
      throws IOException {
    this.name = name;
    this.stores = stores;
    this.raw = new CountedInput(bytes);
    this.unpacked = unpacked(raw, name, limits);
    this.lines = new Lines(unpacked, block);
    this.header = readHeader();
  }

  /**
   * Opens a file and reads its header. Closes the stream when that fails.
   *
   * @param bytes the file, plain or gzip, which is told by its first two bytes
   * @param name what to call the file in messages
   * @param stores gives each store its number, and gets the stores that are new
   * @throws BadFileException if it is empty, has no header of a kind that is known, or is not whole
   *     gzip where its header should be
   */
  public static ImportFile open(InputStream bytes, String name, StoreIdIndex stores)
      throws IOException {
    return open(bytes, name, stores, UnpackLimits.NONE);
  }

  /**
   * Opens a file that comes from somebody else, within limits, and reads its header.
   *
   * @throws UnpackLimits.TooLarge from reading too, if it unpacks to more than the limits allow
   */
  public static ImportFile open(
      InputStream bytes, String name, StoreIdIndex stores, UnpackLimits limits) throws IOException {
    try {
      return new ImportFile(bytes, name, stores, BLOCK, limits);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static InputStream unpacked(CountedInput raw, String name, UnpackLimits limits)
      throws IOException {
    PushbackInputStream in = new PushbackInputStream(raw, 2);
    byte[] start = in.readNBytes(2);
    in.unread(start);
    boolean packed =
        start.length == 2 && (((start[0] & 0xFF) << 8) | (start[1] & 0xFF)) == GzipInput.MAGIC;
    return packed ? new UnpackedInput(new GzipInput(in), raw, name, limits) : in;
  }

  private Header readHeader() throws IOException {
    try {
      for (int block = 0; block < BLOCKS_TO_HEADER; block++) {
        position = 0;
        switch (lines.nextUnlessTooLong()) {
          case NOTHING -> throw new BadFileException(name, "is empty");
          case LONG_LINE -> throw new BadFileException(name, Header.LONG_HEADER);
          case LINES -> skipByteOrderMark();
        }
        while (position < lines.end()) {
          int from = position;
          int to = endOfNextLine();
          if (!Rows.isBlank(lines.bytes(), from, to)) {
            return Header.read(name, lines.bytes(), from, to);
          }
        }
      }
      throw new BadFileException(name, "begins with nothing but empty lines");
    } catch (ZipException e) {
      throw new BadFileException(name, "cannot be unpacked (" + e.getMessage() + ")", e);
    }
  }

  private void skipByteOrderMark() {
    if (line == 0 && (Words.four(lines.bytes(), 0) & 0xFF_FFFF) == BYTE_ORDER_MARK) {
      position = 3;
    }
  }

  /** Moves on to the next line, and returns where the text of this one ends. */
  private int endOfNextLine() {
    byte[] bytes = lines.bytes();
    int lineFeed = Words.lineEnd(bytes, position);
    int end = lineFeed > position && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    position = lineFeed + 1;
    line++;
    return end;
  }

  private Lines.Next nextBlock() throws IOException {
    position = 0;
    return lines.next();
  }

  /** Returns what the file holds. */
  public FileKind kind() {
    return header.kind();
  }

  /** Returns the bytes read so far, as they lie in the file: packed, if it is packed. */
  public long bytesRead() {
    return raw.count();
  }

  /** Returns the rows read so far, rejected ones included; it grows with each block. */
  public long rowsRead() {
    return rows.getOpaque();
  }

  /**
   * Reads all rows and gives each to the sink.
   *
   * @throws IOException if the file cannot be read to its end; the message says at which line. Rows
   *     before it have been given to the sink.
   */
  public void read(RowSink sink) throws IOException {
    read(sink, Long.MAX_VALUE, "");
  }

  /**
   * Reads all rows as {@link #read(RowSink)} does, and rejects polls that are too late.
   *
   * @param latest the latest instant of a poll, in microseconds since the epoch
   * @param tooLate what is wrong with a later one, and what would be right
   */
  public void read(RowSink sink, long latest, String tooLate) throws IOException {
    Rows any = new Rows(header, stores, sink, latest, tooLate);
    PlainPolls plain =
        kind() == FileKind.POLLS ? new PlainPolls(header, stores, sink, latest) : null;
    try {
      Lines.Next next = Lines.Next.LINES;
      while (next != Lines.Next.NOTHING) {
        switch (next) {
          case LINES -> readBlock(any, plain);
          case LONG_LINE -> rejectLongLine(sink);
          case NOTHING -> {}
        }
        next = nextBlock();
      }
    } catch (UnpackLimits.TooLarge e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(broken(e), e);
    }
  }

  private void readBlock(Rows any, @Nullable PlainPolls plain) {
    byte[] bytes = lines.bytes();
    int end = lines.end();
    long count = 0;
    while (position < end) {
      int next = plain == null ? PlainPolls.NOT_PLAIN : plain.read(bytes, position);
      if (next == PlainPolls.NOT_PLAIN) {
        int from = position;
        count += any.read(bytes, from, endOfNextLine(), line) ? 1 : 0;
      } else {
        position = next;
        line++;
        count++;
      }
    }
    rows.setOpaque(rows.getPlain() + count);
  }

  private void rejectLongLine(RowSink sink) {
    line++;
    byte[] start = lines.longLine();
    sink.rejected(line, Rows.TOO_LONG, RejectedText.ofLong(start, 0, start.length));
    rows.setOpaque(rows.getPlain() + 1);
  }

  private String broken(IOException problem) {
    return name
        + " cannot be read from line "
        + (line + 1)
        + " on ("
        + problem.getMessage()
        + "); the rows before were read. Fetch the whole file again, then import it again.";
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }
}
