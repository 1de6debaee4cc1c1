package dev.storewatch.copy;

import dev.storewatch.database.BinaryCopyReader;
import dev.storewatch.database.BinaryCopyWriter;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Span;
import dev.storewatch.uptime.PackedPoll;
import java.sql.SQLException;
import java.util.List;

/** The ways of PostgreSQL: {@code COPY} in its binary format. */
record PostgresSide(PostgresDatabase database) implements Side {
  /** Compares texts by their bytes, as DuckDB does. */
  private static final String COLLATION = " COLLATE \"C\"";

  @Override
  public void read(Table table, Slice slice, Batch.Receiver receiver) {
    Batch batch = new Batch(table);
    int columns = table.columns().size();
    database.copyOut(
        "COPY (%s) TO STDOUT (FORMAT binary)".formatted(table.select(slice, COLLATION)),
        row -> take(row, columns, batch, receiver));
    batch.giveTo(receiver);
  }

  private static void take(
      BinaryCopyReader row, int columns, Batch batch, Batch.Receiver receiver) {
    for (int column = 0; column < columns; column++) {
      if (batch.isText(column)) {
        batch.setText(column, row.text());
      } else {
        Long number = row.nullableInt8();
        if (number == null) {
          batch.setNothing(column);
        } else {
          batch.setNumber(column, number);
        }
      }
    }
    batch.endRow(receiver);
  }

  /**
   * Reads rows, unlike the scan of reports: that one gets all polls as one value, which is faster
   * there but must fit into memory.
   */
  @Override
  public void readPolls(Span time, int firstKey, int lastKey, PollReceiver receiver) {
    database.copyOut(
        """
        COPY (
          SELECT store_key, polled_at, active, revision FROM poll
          WHERE polled_at >= %d AND polled_at < %d AND store_key BETWEEN %d AND %d
        ) TO STDOUT (FORMAT binary)\
        """
            .formatted(time.start(), time.end(), firstKey, lastKey),
        row -> receiver.take(row.int4(), PackedPoll.of(row.int8(), row.bool()), row.int4()));
  }

  @Override
  public void write(Batch batch) {
    Table table = batch.table();
    long _ =
        database.copyIn(
            "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table.name(), table.columnNames()),
            out -> write(batch, out));
  }

  private static void write(Batch batch, BinaryCopyWriter out) throws SQLException {
    List<Table.Column> columns = batch.table().columns();
    for (int row = 0; row < batch.size(); row++) {
      BinaryCopyWriter begun = out.row(columns.size());
      for (int column = 0; column < columns.size(); column++) {
        write(batch, column, row, begun);
      }
    }
  }

  private static void write(Batch batch, int column, int row, BinaryCopyWriter out)
      throws SQLException {
    if (batch.isNothing(column, row)) {
      out.nothing();
      return;
    }
    switch (batch.table().columns().get(column).type()) {
      case TEXT -> out.text(batch.text(column, row));
      case BOOLEAN -> out.bool(batch.number(column, row) != 0);
      case SMALLINT -> out.int2(Math.toIntExact(batch.number(column, row)));
      case INTEGER -> out.int4(Math.toIntExact(batch.number(column, row)));
      case BIGINT -> out.int8(batch.number(column, row));
    }
  }

  @Override
  public long last(String sequence) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM "
                        + sequence)
                .query(Long.class)
                .single());
  }

  @Override
  public void goOnAfter(String sequence, long number) {
    database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT setval('%s', ?)".formatted(sequence))
                .param(number)
                .query(Long.class)
                .single());
  }
}
