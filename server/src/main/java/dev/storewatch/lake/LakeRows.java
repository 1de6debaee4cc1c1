package dev.storewatch.lake;

import dev.storewatch.database.RowFeed;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/** Rows of a table of which there are not very many, in memory. */
final class LakeRows extends RowFeed {
  private final LakeTable table;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  LakeRows(LakeTable table) {
    this.table = table;
  }

  /** Adds a row, a value for each column. */
  void add(@Nullable Object... row) {
    if (row.length != table.columns().size()) {
      throw new IllegalArgumentException(table + " has other columns");
    }
    rows.add(row);
  }

  @Override
  public List<Column> columns() {
    return table.columns().stream()
        .map(column -> new Column(column.name(), column.type().inMemory()))
        .toList();
  }

  @Override
  public long rows() {
    return rows.size();
  }

  @Override
  protected void fill(DuckDBDataChunkWriter chunk, int first, int count) {
    for (int column = 0; column < table.columns().size(); column++) {
      DuckDBWritableVector vector = chunk.vector(column);
      for (int place = 0; place < count; place++) {
        set(vector, place, rows.get(first + place)[column]);
      }
    }
  }

  private static void set(DuckDBWritableVector vector, int place, @Nullable Object value) {
    switch (value) {
      case null -> vector.setNull(place);
      case String text -> vector.setString(place, text);
      case Long number -> vector.setLong(place, number);
      case Integer number -> vector.setInt(place, number);
      case Boolean truth -> vector.setBoolean(place, truth);
      default -> throw new IllegalArgumentException(value.getClass().getName());
    }
  }
}
