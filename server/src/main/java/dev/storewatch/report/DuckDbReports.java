package dev.storewatch.report;

import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.store.Stores;
import java.util.Optional;
import java.util.function.Supplier;

/** Reports in DuckDB. */
final class DuckDbReports extends SqlReports {
  private final DuckDbDatabase database;
  private final EndedReports<String> byId = new EndedReports<>(super::find);
  private final EndedReports<Integer> byNumber = new EndedReports<>(super::find);

  DuckDbReports(DuckDbDatabase database, Stores stores) {
    super(database, stores);
    this.database = database;
  }

  @Override
  public Optional<Report> find(String id) {
    return byId.find(id);
  }

  @Override
  public Optional<Report> find(int number) {
    return byNumber.find(number);
  }

  /** Forgets it: the file of a database belongs to this process alone. */
  @Override
  void deleted(int number, String id) {
    byNumber.forget(number);
    byId.forget(id);
  }

  /**
   * Changes run one after the other: if two transactions change one row, DuckDB refuses the later.
   */
  @Override
  <T> T changing(Supplier<T> work) {
    return database.exclusively("report", work);
  }

  @Override
  String passingLocked() {
    return "";
  }

  @Override
  String withinTags() {
    return "list_has_all(CAST(:tags AS VARCHAR[]), CAST(scope AS VARCHAR[]))";
  }
}
