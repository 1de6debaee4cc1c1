package dev.storewatch.report;

import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.store.Stores;
import java.util.function.Supplier;

/** Reports in PostgreSQL. */
final class PostgresReports extends SqlReports {
  private final PostgresDatabase database;

  PostgresReports(PostgresDatabase database, Stores stores) {
    super(database, stores);
    this.database = database;
  }

  @Override
  <T> T changing(Supplier<T> work) {
    return database.inTransaction(work);
  }

  @Override
  String passingLocked() {
    return "FOR UPDATE SKIP LOCKED";
  }

  @Override
  String withinTags() {
    return "CAST(scope AS jsonb) <@ CAST(:tags AS jsonb)";
  }
}
