package dev.storewatch.copy;

import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.interval.Span;
import dev.storewatch.uptime.PackedPoll;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** The ways of DuckDB: chunks out, feeds in. */
record DuckDbSide(DuckDbDatabase database) implements Side {
  @Override
  public void read(Table table, Slice slice, Batch.Receiver receiver) {
    Batch batch = new Batch(table);
    database.read(table.select(slice, ""), chunk -> take(chunk, batch, receiver));
    batch.giveTo(receiver);
  }

  private static void take(DuckDBDataChunkReader chunk, Batch batch, Batch.Receiver receiver) {
    DuckDBReadableVector[] vectors = new DuckDBReadableVector[(int) chunk.columnCount()];
    for (int column = 0; column < vectors.length; column++) {
      vectors[column] = chunk.vector(column);
    }
    for (int row = 0; row < chunk.rowCount(); row++) {
      for (int column = 0; column < vectors.length; column++) {
        take(vectors[column], row, batch, column);
      }
      batch.endRow(receiver);
    }
  }

  private static void take(DuckDBReadableVector vector, int row, Batch batch, int column) {
    if (vector.isNull(row)) {
      batch.setNothing(column);
    } else if (batch.isText(column)) {
      batch.setText(column, vector.getString(row));
    } else {
      batch.setNumber(column, vector.getLong(row));
    }
  }

  @Override
  public void readPolls(Span time, int firstKey, int lastKey, PollReceiver receiver) {
    database.read(
        """
        SELECT store_key, polled_at, active, revision FROM poll
        WHERE polled_at >= ? AND polled_at < ? AND store_key >= ? AND store_key <= ?\
        """,
        chunk -> give(chunk, receiver),
        time.start(),
        time.end(),
        firstKey,
        lastKey);
  }

  private static void give(DuckDBDataChunkReader chunk, PollReceiver receiver) {
    var stores = chunk.vector(0);
    var instants = chunk.vector(1);
    var statuses = chunk.vector(2);
    var revisions = chunk.vector(3);
    for (int i = 0; i < chunk.rowCount(); i++) {
      receiver.take(
          stores.getInt(i),
          PackedPoll.of(instants.getLong(i), statuses.getBoolean(i)),
          revisions.getInt(i));
    }
  }

  @Override
  public void write(Batch batch) {
    String columns = batch.table().columnNames();
    int _ =
        database.update(
            "INSERT INTO %s (%s) SELECT %s FROM :feed"
                .formatted(batch.table().name(), columns, columns),
            batch);
  }

  @Override
  public long last(String sequence) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT coalesce(last_value, 0) FROM duckdb_sequences()
                    WHERE sequence_name = ? AND schema_name = current_schema()\
                    """)
                .param(sequence)
                .query(Long.class)
                .single());
  }

  /** A sequence of DuckDB cannot be set, so the numbers in between are drawn. */
  @Override
  public void goOnAfter(String sequence, long number) {
    database.inTransaction(
        () ->
            database
                .jdbc()
                .sql("SELECT count(nextval('%s')) FROM range(?)".formatted(sequence))
                .param(number - last(sequence))
                .query(Long.class)
                .single());
  }
}
