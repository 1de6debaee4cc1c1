package dev.storewatch.database;

import java.sql.SQLException;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/** The SQL table function through which a statement reads a {@link Feed}, named by its number. */
final class FeedFunction implements DuckDBTableFunction<Feed, Object, Object> {
  static final String NAME = "storewatch_feed";

  private final Map<Long, Feed> feeds;

  private FeedFunction(Map<Long, Feed> feeds) {
    this.feeds = feeds;
  }

  static void register(DuckDBConnection connection, Map<Long, Feed> feeds) throws SQLException {
    DuckDBFunctions.tableFunction()
        .withName(NAME)
        .withParameter(long.class)
        .withFunction(new FeedFunction(feeds))
        .register(connection);
  }

  @Override
  public Feed bind(DuckDBTableFunctionBindInfo info) {
    long number = info.getParameter(0).getLong();
    Feed feed = feeds.get(number);
    if (feed == null) {
      throw new IllegalStateException("there is no feed " + number);
    }
    feed.columns().forEach(column -> info.addResultColumn(column.name(), column.type()));
    info.setCardinality(feed.rows(), true);
    return feed;
  }

  @Override
  public Object init(DuckDBTableFunctionInitInfo info) {
    info.setMaxThreads(1);
    return this;
  }

  @Override
  // A feed is filled by one thread at a time.
  public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
    Feed feed = info.getBindData();
    return feed.fill(chunk);
  }
}
