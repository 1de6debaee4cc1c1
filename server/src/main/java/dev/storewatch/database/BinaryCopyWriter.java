package dev.storewatch.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * A writer of rows into a table of PostgreSQL by {@code COPY} in its binary format, without an
 * object for each row.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">the format</a>
 */
public final class BinaryCopyWriter {
  private static final int BUFFER = 64 * 1024;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int NULL = -1;

  private final CopyIn copy;
  private final Runnable alive;
  private final byte[] bytes = new byte[BUFFER];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

  BinaryCopyWriter(CopyIn copy, Runnable alive) {
    this.copy = copy;
    this.alive = alive;
    buffer.put(SIGNATURE).putInt(0).putInt(0);
  }

  /** Work that writes rows. */
  public interface Rows {
    /** Writes all rows. */
    void writeTo(BinaryCopyWriter out) throws SQLException;
  }

  /** Begins a row of a number of columns. */
  public BinaryCopyWriter row(int columns) throws SQLException {
    room(Short.BYTES);
    buffer.putShort((short) columns);
    return this;
  }

  /** Writes a value of type {@code int2}. */
  public BinaryCopyWriter int2(int value) throws SQLException {
    room(Integer.BYTES + Short.BYTES);
    buffer.putInt(Short.BYTES).putShort((short) value);
    return this;
  }

  /** Writes a value of type {@code int4}. */
  public BinaryCopyWriter int4(int value) throws SQLException {
    room(2 * Integer.BYTES);
    buffer.putInt(Integer.BYTES).putInt(value);
    return this;
  }

  /** Writes a value of type {@code int8}. */
  public BinaryCopyWriter int8(long value) throws SQLException {
    room(Integer.BYTES + Long.BYTES);
    buffer.putInt(Long.BYTES).putLong(value);
    return this;
  }

  /** Writes a value of type {@code bool}. */
  public BinaryCopyWriter bool(boolean value) throws SQLException {
    room(Integer.BYTES + 1);
    buffer.putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /** Writes a value of type {@code text}. */
  public BinaryCopyWriter text(@Nullable String value) throws SQLException {
    return value == null ? nothing() : bytea(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a value of type {@code bytea}. */
  public BinaryCopyWriter bytea(byte[] value) throws SQLException {
    room(Integer.BYTES);
    buffer.putInt(value.length);
    for (int from = 0; from < value.length; ) {
      room(1);
      int count = Math.min(buffer.remaining(), value.length - from);
      buffer.put(value, from, count);
      from += count;
    }
    return this;
  }

  /** Writes that there is no value. */
  public BinaryCopyWriter nothing() throws SQLException {
    room(Integer.BYTES);
    buffer.putInt(NULL);
    return this;
  }

  private void room(int needed) throws SQLException {
    if (buffer.remaining() < needed) {
      flush();
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(bytes, 0, buffer.position());
    buffer.clear();
    alive.run();
  }

  /** Ends the copy; returns how many rows there are. */
  long end() throws SQLException {
    row(-1);
    flush();
    copy.flushCopy();
    return copy.endCopy();
  }
}
