package dev.storewatch.lake;

import dev.storewatch.database.Feed;
import dev.storewatch.entry.StoreIdIndex;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;

/** Store ids with the numbers that an index gives them. */
final class NumberFeed implements Feed {
  private static final List<Column> COLUMNS =
      List.of(new Column("store_id", String.class), new Column("number", int.class));

  private final StoreIdIndex index;
  private final List<String> ids = new ArrayList<>();
  private int next;

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
  public int fill(DuckDBDataChunkWriter chunk) {
    int count = (int) Math.min(chunk.capacity(), ids.size() - next);
    for (int i = 0; i < count; i++) {
      String id = ids.get(next + i);
      chunk.vector(0).setString(i, id);
      chunk.vector(1).setInt(i, index.indexOf(id));
    }
    next += count;
    return count;
  }
}
