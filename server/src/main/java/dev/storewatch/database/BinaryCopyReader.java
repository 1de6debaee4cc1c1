package dev.storewatch.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the rows that PostgreSQL gives by {@code COPY} in its binary format: it reads the
 * fields of each one after the other, without an object for each row.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">the format</a>
 */
public final class BinaryCopyReader {
  private static final int HEADER = 11 + 2 * Integer.BYTES;
  private static final int START = 64 * 1024;

  private final Receiver receiver;
  private byte[] bytes = new byte[START];
  private ByteBuffer fields = ByteBuffer.wrap(bytes);

  /** The start and end of what was not read yet. */
  private int from;

  private int to;
  private boolean inRows;

  BinaryCopyReader(Receiver receiver) {
    this.receiver = receiver;
  }

  /** A receiver of rows. */
  public interface Receiver {
    /** Called with each row; its fields must be read in order, and all of them. */
    void take(BinaryCopyReader row);
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

  /** Returns the next field, of type {@code int4}; null when there is no value. */
  public @Nullable Integer nullableInt4() {
    return fields.getInt() < 0 ? null : fields.getInt();
  }

  /** Returns the next field, of type {@code bool}. */
  public boolean bool() {
    fields.getInt();
    return fields.get() != 0;
  }

  /**
   * Gives the numbers in the next field, of type {@code bytea}, eight bytes each; none when there
   * is no value.
   */
  public void int8s(LongConsumer receiver) {
    int length = Math.max(0, fields.getInt());
    for (int i = 0; i < length; i += Long.BYTES) {
      receiver.accept(fields.getLong());
    }
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

  /** Adds the next bytes of the copy, and gives the rows that are complete to the receiver. */
  void take(byte[] more) {
    if (to + more.length > bytes.length) {
      makeRoom(more.length);
    }
    System.arraycopy(more, 0, bytes, to, more.length);
    to += more.length;
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

  /** Returns the end of the first row that is not read yet, or -1 if not all of it is there. */
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
