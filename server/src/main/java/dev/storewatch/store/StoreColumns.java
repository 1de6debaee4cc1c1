package dev.storewatch.store;

import dev.storewatch.system.Feed;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/** Parallel columns that begin with a store key, as a feed. */
final class StoreColumns implements Feed {
  private final List<Column> columns;
  private final int rows;
  private final Cell[] cells;
  private int next;

  /** Writes one value of a column into a vector. */
  interface Cell {
    /** Writes the value of a row at a place of the vector. */
    void write(DuckDBWritableVector vector, int place, int row);
  }

  StoreColumns(int rows, List<Column> columns, Cell... cells) {
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
  }

  static Cell ints(int[] values) {
    return (vector, place, row) -> vector.setInt(place, values[row]);
  }

  static Cell longs(long[] values) {
    return (vector, place, row) -> vector.setLong(place, values[row]);
  }

  static Cell texts(List<String> values) {
    return (vector, place, row) -> vector.setString(place, values.get(row));
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int fill(DuckDBDataChunkWriter chunk) {
    int count = (int) Math.min(chunk.capacity(), rows - next);
    for (int column = 0; column < cells.length; column++) {
      DuckDBWritableVector vector = chunk.vector(column);
      for (int place = 0; place < count; place++) {
        cells[column].write(vector, place, next + place);
      }
    }
    next += count;
    return count;
  }
}
