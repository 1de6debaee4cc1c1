package dev.storewatch.store;

import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.work.Ranges;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBDataChunkReader;
import org.jspecify.annotations.Nullable;

/** Stores in DuckDB, which gives them chunk by chunk. */
final class DuckDbStores extends SqlStores {
  private final DuckDbDatabase database;

  DuckDbStores(DuckDbDatabase database) {
    super(database);
    this.database = database;
  }

  @Override
  Registry read() {
    if (database.mayReadInParallel()) {
      return read(
          parts -> Ranges.inParallel(parts, 2, () -> Runnable::run, database::sharingSnapshot));
    }
    return database.inTransaction(() -> read(parts -> parts.forEach(Runnable::run)));
  }

  /** Reads hours and the rest as two parts: they take as long, and have places of their own. */
  private Registry read(Consumer<List<Runnable>> reader) {
    RegistryRows rows = new RegistryRows(count());
    reader.accept(List.of(() -> readHours(rows), () -> readAllButHours(rows)));
    return rows.build();
  }

  /** Returns how many stores there are, deleted ones included. */
  private int count() {
    int[] count = new int[1];
    database.read(
        "SELECT CAST(count(*) AS INTEGER) FROM store",
        chunk -> count[0] = chunk.vector(0).getInt(0));
    return count[0];
  }

  private void readHours(RegistryRows rows) {
    database.read(
        "SELECT store_key, CAST(day AS INTEGER), opens, closes FROM business_hours ORDER BY ALL",
        chunk -> addHours(rows, chunk));
  }

  private void readAllButHours(RegistryRows rows) {
    database.read(
        "SELECT store_key, store_id, zone, first_poll_at, name FROM store WHERE NOT deleted"
            + " ORDER BY store_id",
        chunk -> addStores(rows, chunk));
    database.read(
        "SELECT store_key, store_id FROM store WHERE deleted", chunk -> addDeleted(rows, chunk));
    database.read(
        "SELECT store_key, hours_flagged_at, zone_flagged_at FROM store"
            + " WHERE hours_flagged_at IS NOT NULL OR zone_flagged_at IS NOT NULL",
        chunk -> addFlags(rows, chunk));
    database.read(
        "SELECT store_key, tag FROM store_tag ORDER BY ALL", chunk -> addTags(rows, chunk));
    readEntries(rows, PRESENT);
    readDatedHours(rows, PRESENT);
  }

  @Override
  void readEntries(RegistryRows rows, String condition) {
    database.read(
        "SELECT %s FROM planned_closure WHERE %s ORDER BY entered_at, id"
            .formatted(ClosureColumns.ALL, condition),
        chunk -> addClosures(rows, chunk));
    database.read(
        "SELECT %s FROM special_day WHERE %s ORDER BY entered_at, id"
            .formatted(DAY_COLUMNS, condition),
        chunk -> addDays(rows, chunk));
  }

  @Override
  void readDatedHours(RegistryRows rows, String condition) {
    database.read(
        "SELECT store_key, valid_from, hours FROM dated_hours WHERE " + condition,
        chunk -> addDatedHours(rows, chunk));
  }

  private static void addStores(RegistryRows rows, DuckDBDataChunkReader chunk) {
    var keys = chunk.vector(0);
    var ids = chunk.vector(1);
    var zones = chunk.vector(2);
    var firstPolls = chunk.vector(3);
    var names = chunk.vector(4);
    for (int i = 0; i < chunk.rowCount(); i++) {
      rows.store(
          keys.getInt(i),
          ids.getString(i),
          zones.isNull(i) ? null : zones.getString(i),
          firstPolls.isNull(i) ? null : firstPolls.getLong(i),
          names.isNull(i) ? null : names.getString(i));
    }
  }

  private static void addDeleted(RegistryRows rows, DuckDBDataChunkReader chunk) {
    for (int i = 0; i < chunk.rowCount(); i++) {
      rows.deleted(chunk.vector(0).getInt(i), chunk.vector(1).getString(i));
    }
  }

  private static void addFlags(RegistryRows rows, DuckDBDataChunkReader chunk) {
    var hours = chunk.vector(1);
    var zones = chunk.vector(2);
    for (int i = 0; i < chunk.rowCount(); i++) {
      rows.flags(
          chunk.vector(0).getInt(i),
          hours.isNull(i) ? null : hours.getLong(i),
          zones.isNull(i) ? null : zones.getLong(i));
    }
  }

  private static void addTags(RegistryRows rows, DuckDBDataChunkReader chunk) {
    for (int i = 0; i < chunk.rowCount(); i++) {
      rows.tag(chunk.vector(0).getInt(i), chunk.vector(1).getString(i));
    }
  }

  private static void addClosures(RegistryRows rows, DuckDBDataChunkReader chunk) {
    for (int i = 0; i < chunk.rowCount(); i++) {
      rows.closure(
          new ClosureColumns(
              chunk.vector(0).getString(i),
              chunk.vector(1).isNull(i) ? null : chunk.vector(1).getInt(i),
              text(chunk, 2, i),
              chunk.vector(3).getBoolean(i),
              chunk.vector(4).getLong(i),
              chunk.vector(5).getLong(i),
              chunk.vector(6).getString(i),
              chunk.vector(7).isNull(i) ? null : chunk.vector(7).getInt(i),
              chunk.vector(8).getString(i),
              chunk.vector(9).getLong(i),
              text(chunk, 10, i)));
    }
  }

  private static void addDays(RegistryRows rows, DuckDBDataChunkReader chunk) {
    for (int i = 0; i < chunk.rowCount(); i++) {
      rows.day(
          chunk.vector(0).getString(i),
          new Target(
              chunk.vector(1).isNull(i) ? null : chunk.vector(1).getInt(i), text(chunk, 2, i)),
          chunk.vector(3).getInt(i),
          chunk.vector(4).getString(i),
          text(chunk, 5, i),
          chunk.vector(6).getLong(i),
          text(chunk, 7, i));
    }
  }

  private static void addDatedHours(RegistryRows rows, DuckDBDataChunkReader chunk) {
    for (int i = 0; i < chunk.rowCount(); i++) {
      rows.datedHours(
          chunk.vector(0).getInt(i), chunk.vector(1).getInt(i), chunk.vector(2).getString(i));
    }
  }

  private static @Nullable String text(DuckDBDataChunkReader chunk, int column, int row) {
    return chunk.vector(column).isNull(row) ? null : chunk.vector(column).getString(row);
  }

  private static void addHours(RegistryRows rows, DuckDBDataChunkReader chunk) {
    var keys = chunk.vector(0);
    var days = chunk.vector(1);
    var opens = chunk.vector(2);
    var closes = chunk.vector(3);
    for (int i = 0; i < chunk.rowCount(); i++) {
      rows.hours(keys.getInt(i), days.getInt(i), opens.getInt(i), closes.getInt(i));
    }
  }
}
