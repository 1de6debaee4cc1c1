package dev.storewatch.file;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.entry.StoreIds;
import dev.storewatch.instant.Timestamps;

/**
 * The fast reader of plain poll rows: ASCII, no quotes, no stray blanks, every field valid.
 *
 * <p>These are nearly all rows of nearly all files. Each column is read where the one before it
 * ended, so each byte of a row is read once. If anything is unusual, the row is left to {@link
 * Rows}, which decides what it is.
 */
final class PlainPolls {
  /** Returned for a row that is left to {@link Rows}. */
  static final int NOT_PLAIN = -1;

  private static final int STORE = 0;
  private static final int STATUS = 1;
  private static final int TIMESTAMP = 2;

  private final int[] columns;
  private final StoreIdIndex stores;
  private final RowSink sink;
  private final long latest;
  private final Timestamps timestamps = new Timestamps();
  private int idStart;
  private int idEnd;
  private int status;
  private long at;

  /**
   * A reader of rows.
   *
   * @param latest the latest instant of a plain poll, in microseconds since the epoch
   */
  PlainPolls(Header header, StoreIdIndex stores, RowSink sink, long latest) {
    this.latest = latest;
    this.columns = new int[header.width()];
    this.stores = stores;
    this.sink = sink;
    for (int field = 0; field < columns.length; field++) {
      columns[field] = header.column(field);
    }
  }

  /**
   * Reads the row at a position, gives it to the sink, and returns the position of the next one; or
   * does nothing and returns {@link #NOT_PLAIN}.
   */
  int read(byte[] line, int from) {
    int end = fieldEnd(columns[0], line, from);
    for (int field = 1; field < columns.length; field++) {
      if (end < 0 || line[end] != ',') {
        return NOT_PLAIN;
      }
      end = fieldEnd(columns[field], line, end + 1);
    }
    if (end < 0) {
      return NOT_PLAIN;
    }
    int lineFeed = line[end] == '\r' ? end + 1 : end;
    if (line[lineFeed] != '\n' || end - from > Lines.LONGEST) {
      return NOT_PLAIN;
    }
    int store = stores.indexOf(line, idStart, idEnd);
    if (store < 0) {
      return NOT_PLAIN;
    }
    sink.poll(store, at, status == Statuses.ACTIVE);
    return lineFeed + 1;
  }

  /** Reads a field and returns the position after it, or {@link #NOT_PLAIN}. */
  private int fieldEnd(int column, byte[] line, int from) {
    return switch (column) {
      case STORE -> storeEnd(line, from);
      case STATUS -> statusEnd(line, from);
      case TIMESTAMP -> timestampEnd(line, from);
      default -> Words.fieldEnd(line, from);
    };
  }

  private int storeEnd(byte[] line, int from) {
    idStart = from;
    idEnd = Words.wordEnd(line, from);
    int length = idEnd - from;
    boolean plain =
        length > 0 && length <= StoreIds.LONGEST_BYTES && !StoreIds.isCut(line, idStart, idEnd);
    return plain ? idEnd : NOT_PLAIN;
  }

  private int statusEnd(byte[] line, int from) {
    status = Statuses.readStart(line, from);
    return status == Statuses.UNKNOWN ? NOT_PLAIN : Statuses.end(from, status);
  }

  private int timestampEnd(byte[] line, int from) {
    at = timestamps.read(line, from);
    return at < 0 || at > latest ? NOT_PLAIN : timestamps.end();
  }
}
