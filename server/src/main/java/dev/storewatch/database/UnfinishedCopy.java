package dev.storewatch.database;

/**
 * The database is a copy that was not completed, or is being copied: only the process that copies
 * may use it.
 */
public final class UnfinishedCopy extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The table that marks such a database. */
  public static final String MARK = "unfinished_copy";

  private UnfinishedCopy(String message) {
    super(message);
  }

  /** Returns the failure for a database that another process copies. */
  static UnfinishedCopy underWay(String name) {
    return new UnfinishedCopy(
        "%s is being copied: start again when ./storewatch copy has ended; one that was killed counts for some seconds more"
            .formatted(name));
  }

  /** Returns whether a database has the mark. */
  public static boolean isMarked(Database database) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT count(*) > 0 FROM information_schema.tables
                    WHERE table_schema = current_schema() AND table_name = ?\
                    """)
                .param(MARK)
                .query(Boolean.class)
                .single());
  }

  static void refuse(Database database, String name) {
    if (isMarked(database)) {
      throw new UnfinishedCopy(
          "%s is a copy that was not completed: run the same ./storewatch copy again, which goes on where it stopped"
              .formatted(name));
    }
  }
}
