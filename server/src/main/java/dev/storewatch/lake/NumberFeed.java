package dev.storewatch.lake;

import dev.storewatch.database.RowFeed;
import dev.storewatch.entry.StoreIdIndex;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;

/** Store ids with the numbers that an index gives them. */
final class NumberFeed extends RowFeed {
  private static final List<Column> COLUMNS =
      List.of(new Column("store_id", String.class), new Column("number", int.class));

  private final StoreIdIndex index;
  private final List<String> ids = new ArrayList<>();

  NumberFeed(StoreIdIndex index) {
    this.index = index;
  }

  void add(String id) {
    ids.add(id);
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public long rows() {
    return ids.size();
  }

  @Override
  protected void fill(DuckDBDataChunkWriter chunk, int first, int count) {
    for (int i = 0; i < count; i++) {
      String id = ids.get(first + i);
      chunk.vector(0).setString(i, id);
      chunk.vector(1).setInt(i, index.indexOf(id));
    }
  }
}
