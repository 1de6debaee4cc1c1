package dev.storewatch.database;

import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/**
 * Rows in Java memory, a column at a time, that a statement of either database reads as a table.
 */
public final class Columns {
  private final List<Entry> entries = new ArrayList<>();
  private int rows;

  /** A table without columns; the first one tells how many rows there are. */
  public Columns() {}

  private record Entry(Feed.Column column, String type, Object array, Cell cell) {}

  private interface Cell {
    void write(DuckDBWritableVector vector, int place, int row);
  }

  /** Adds a column of whole numbers. */
  public Columns ints(String name, int... values) {
    return add(
        new Feed.Column(name, int.class),
        "int4",
        values.length,
        values,
        (vector, place, row) -> vector.setInt(place, values[row]));
  }

  /** Adds a column of large whole numbers. */
  public Columns longs(String name, long... values) {
    return add(
        new Feed.Column(name, long.class),
        "int8",
        values.length,
        values,
        (vector, place, row) -> vector.setLong(place, values[row]));
  }

  /** Adds a column of truth values. */
  public Columns booleans(String name, boolean... values) {
    return add(
        new Feed.Column(name, boolean.class),
        "bool",
        values.length,
        values,
        (vector, place, row) -> vector.setBoolean(place, values[row]));
  }

  /** Adds a column of texts. */
  public Columns texts(String name, List<String> values) {
    return add(
        new Feed.Column(name, String.class),
        "text",
        values.size(),
        values.toArray(String[]::new),
        (vector, place, row) -> vector.setString(place, values.get(row)));
  }

  private Columns add(Feed.Column column, String type, int size, Object array, Cell cell) {
    if (!entries.isEmpty() && size != rows) {
      throw new IllegalArgumentException(
          "the column %s has %d rows, and those before have %d"
              .formatted(column.name(), size, rows));
    }
    rows = size;
    entries.add(new Entry(column, type, array, cell));
    return this;
  }

  /** Returns how many rows there are. */
  int rows() {
    return rows;
  }

  /** Returns the types of the columns as PostgreSQL names them, in order. */
  List<String> types() {
    return entries.stream().map(Entry::type).toList();
  }

  List<String> names() {
    return entries.stream().map(entry -> entry.column.name()).toList();
  }

  /** Returns the values of a column as an array of Java. */
  Object array(int column) {
    return entries.get(column).array;
  }

  /** Returns the rows as DuckDB reads them. */
  Feed feed() {
    return new ColumnFeed();
  }

  private final class ColumnFeed extends RowFeed {

    @Override
    public List<Column> columns() {
      return entries.stream().map(Entry::column).toList();
    }

    @Override
    public long rows() {
      return rows;
    }

    @Override
    protected void fill(DuckDBDataChunkWriter chunk, int first, int count) {
      for (int column = 0; column < entries.size(); column++) {
        DuckDBWritableVector vector = chunk.vector(column);
        for (int place = 0; place < count; place++) {
          entries.get(column).cell.write(vector, place, first + place);
        }
      }
    }
  }
}
