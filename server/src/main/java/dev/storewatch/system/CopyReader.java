package dev.storewatch.system;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that PostgreSQL gives by {@code COPY} in its binary format: the fields of each one
 * after the other, without an object for each row.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">the format</a>
 */
public final class CopyReader {
  private static final int HEADER = 11 + 2 * Integer.BYTES;
  private static final int START = 64 * 1024;

  private final Receiver receiver;
  private byte[] bytes = new byte[START];
  private ByteBuffer fields = ByteBuffer.wrap(bytes);

  /** Where what was not read yet begins and ends. */
  private int from;

  private int to;
  private boolean inRows;

  /** What the receiver failed with; what comes after is read and dropped. */
  private @Nullable Throwable failure;

  CopyReader(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Takes rows. */
  public interface Receiver {
    /** Takes a row; its fields are to be read in order, and all of them. */
    void take(CopyReader row);
  }

  /** Returns the next field, of type {@code int4}. */
  public int int4() {
    fields.getInt();
    return fields.getInt();
  }

  /** Returns the next field, of type {@code int8}. */
  public long int8() {
    fields.getInt();
    return fields.getLong();
  }

  /** Returns the next field, of type {@code int8}; null when there is no value. */
  public @Nullable Long nullableInt8() {
    return fields.getInt() < 0 ? null : fields.getLong();
  }

  /** Returns the next field, of type {@code bool}. */
  public boolean bool() {
    fields.getInt();
    return fields.get() != 0;
  }

  /** Returns the next field, of type {@code text}; null when there is no value. */
  public @Nullable String text() {
    int length = fields.getInt();
    if (length < 0) {
      return null;
    }
    String text = new String(bytes, fields.position(), length, StandardCharsets.UTF_8);
    fields.position(fields.position() + length);
    return text;
  }

  /**
   * Returns where the bytes of the copy go. It takes all of them though the receiver fails: only at
   * the end of a copy a connection can be used again, and a request to break it off may come too
   * late and hit the next statement.
   */
  OutputStream sink() {
    return new OutputStream() {
      @Override
      public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
      }

      @Override
      public void write(byte[] more, int offset, int length) {
        if (failure == null) {
          tryTake(more, offset, length);
        }
      }
    };
  }

  private void tryTake(byte[] more, int offset, int length) {
    try {
      take(more, offset, length);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Ends the copy; throws what the receiver failed with. */
  void end() {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  private void take(byte[] more, int offset, int length) {
    if (to + length > bytes.length) {
      makeRoom(length);
    }
    System.arraycopy(more, offset, bytes, to, length);
    to += length;
    if (!inRows) {
      if (to - from < HEADER) {
        return;
      }
      from += HEADER;
      inRows = true;
    }
    giveRows();
  }

  private void makeRoom(int length) {
    int left = to - from;
    if (left + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, left + length));
      fields = ByteBuffer.wrap(bytes);
    }
    System.arraycopy(bytes, from, bytes, 0, left);
    from = 0;
    to = left;
  }

  private void giveRows() {
    for (int end = endOfRow(); end > 0; end = endOfRow()) {
      fields.limit(end).position(from + Short.BYTES);
      receiver.take(this);
      from = end;
    }
  }

  /** Returns where the first row ends that is not read yet, or -1 if not all of it is there. */
  private int endOfRow() {
    if (to - from < Short.BYTES) {
      return -1;
    }
    fields.limit(to);
    int columns = fields.getShort(from);
    int end = from + Short.BYTES;
    for (int i = 0; i < columns; i++) {
      if (to - end < Integer.BYTES) {
        return -1;
      }
      end += Integer.BYTES + Math.max(0, fields.getInt(end));
    }
    return columns < 0 || end > to ? -1 : end;
  }
}
