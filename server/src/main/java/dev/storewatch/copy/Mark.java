package dev.storewatch.copy;

import dev.storewatch.database.Database;
import dev.storewatch.database.UnfinishedCopy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The mark of a database that is an incomplete copy: it tells what the database is a copy of, and
 * which units are done.
 */
final class Mark {
  private static final String UNITS = "copied_unit";

  /** Stands for a fingerprint that no plan has, so that the next copy begins anew. */
  private static final String NO_PLAN = "";

  private final Database database;

  Mark(Database database) {
    this.database = database;
  }

  boolean isThere() {
    return UnfinishedCopy.isMarked(database);
  }

  /** Marks a database. */
  void make(String source, Plan plan) {
    var _ =
        database.inWriteTransaction(
            () -> {
              execute(
                  "CREATE TABLE %s (source VARCHAR NOT NULL, plan VARCHAR NOT NULL)"
                      .formatted(UnfinishedCopy.MARK));
              execute("CREATE TABLE %s (name VARCHAR PRIMARY KEY)".formatted(UNITS));
              return database
                  .jdbc()
                  .sql("INSERT INTO %s (source, plan) VALUES (?, ?)".formatted(UnfinishedCopy.MARK))
                  .params(source, plan.fingerprint())
                  .update();
            });
  }

  private void execute(String sql) {
    database.jdbc().sql(sql).update();
  }

  String source() {
    return text("source");
  }

  boolean isOf(Plan plan) {
    return text("plan").equals(plan.fingerprint());
  }

  private String text(String column) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT %s FROM %s".formatted(column, UnfinishedCopy.MARK))
                .query(String.class)
                .single());
  }

  /** Forgets what is done: the next copy begins anew. */
  void forget() {
    replace(NO_PLAN);
  }

  /** Notes that nothing of a plan is done. */
  void begin(Plan plan) {
    replace(plan.fingerprint());
  }

  private void replace(String plan) {
    var _ =
        database.inTransaction(
            () -> {
              execute("DELETE FROM " + UNITS);
              return database
                  .jdbc()
                  .sql("UPDATE %s SET plan = ?".formatted(UnfinishedCopy.MARK))
                  .param(plan)
                  .update();
            });
  }

  /** Returns the names of the units that are done. */
  Set<String> done() {
    List<String> names =
        database.call(
            () -> database.jdbc().sql("SELECT name FROM " + UNITS).query(String.class).list());
    return new HashSet<>(names);
  }

  /**
   * Notes that a unit is done, within the transaction that does it.
   *
   * @return whether it was not done before
   */
  boolean note(Unit unit) {
    return database
            .jdbc()
            .sql("INSERT INTO %s (name) VALUES (?) ON CONFLICT DO NOTHING".formatted(UNITS))
            .param(unit.name())
            .update()
        == 1;
  }

  /** Removes the mark: the copy is complete. */
  void remove() {
    var _ =
        database.inWriteTransaction(
            () -> {
              execute("DROP TABLE " + UNITS);
              execute("DROP TABLE " + UnfinishedCopy.MARK);
              return true;
            });
  }
}
