package dev.storewatch.store;

import dev.storewatch.database.BinaryCopyReader;
import dev.storewatch.database.PostgresDatabase;
import java.util.Objects;

/** Stores in PostgreSQL. */
final class PostgresStores extends SqlStores {
  private final PostgresDatabase database;

  PostgresStores(PostgresDatabase database) {
    super(database);
    this.database = database;
  }

  @Override
  Registry read() {
    return isChanging() ? readAll() : database.inSnapshot(this::readAll);
  }

  private Registry readAll() {
    int count = database.jdbc().sql("SELECT count(*) FROM store").query(Integer.class).single();
    RegistryRows rows = new RegistryRows(count);
    read(
        """
        SELECT store_key, store_id, zone, first_poll_at, name FROM store WHERE NOT deleted
        ORDER BY store_id\
        """,
        row -> rows.store(row.int4(), text(row), row.text(), row.nullableInt8(), row.text()));
    read(
        "SELECT store_key, store_id FROM store WHERE deleted",
        row -> rows.deleted(row.int4(), text(row)));
    read(
        """
        SELECT store_key, hours_flagged_at, zone_flagged_at FROM store
        WHERE hours_flagged_at IS NOT NULL OR zone_flagged_at IS NOT NULL\
        """,
        row -> rows.flags(row.int4(), row.nullableInt8(), row.nullableInt8()));
    read(
        "SELECT store_key, tag FROM store_tag ORDER BY store_key, tag",
        row -> rows.tag(row.int4(), text(row)));
    read(
        """
        SELECT store_key, day::integer, opens, closes FROM business_hours
        ORDER BY store_key, day, opens, closes\
        """,
        row -> rows.hours(row.int4(), row.int4(), row.int4(), row.int4()));
    readEntries(rows, PRESENT);
    readDatedHours(rows, PRESENT);
    return rows.build();
  }

  @Override
  void readEntries(RegistryRows rows, String condition) {
    read(
        "SELECT %s FROM planned_closure WHERE %s ORDER BY entered_at, id"
            .formatted(ClosureColumns.ALL, condition),
        row -> rows.closure(closure(row)));
    read(
        "SELECT %s FROM special_day WHERE %s ORDER BY entered_at, id"
            .formatted(DAY_COLUMNS, condition),
        row ->
            rows.day(
                text(row),
                new Target(row.nullableInt4(), row.text()),
                row.int4(),
                text(row),
                row.text(),
                row.int8(),
                row.text()));
  }

  @Override
  void readDatedHours(RegistryRows rows, String condition) {
    read(
        "SELECT store_key, valid_from, hours FROM dated_hours WHERE " + condition,
        row -> rows.datedHours(row.int4(), row.int4(), text(row)));
  }

  private static ClosureColumns closure(BinaryCopyReader row) {
    return new ClosureColumns(
        text(row),
        row.nullableInt4(),
        row.text(),
        row.bool(),
        row.int8(),
        row.int8(),
        text(row),
        row.nullableInt4(),
        text(row),
        row.int8(),
        row.text());
  }

  private void read(String query, BinaryCopyReader.Receiver receiver) {
    database.copyOut("COPY (%s) TO STDOUT (FORMAT binary)".formatted(query), receiver);
  }

  private static String text(BinaryCopyReader row) {
    return Objects.requireNonNull(row.text());
  }
}
