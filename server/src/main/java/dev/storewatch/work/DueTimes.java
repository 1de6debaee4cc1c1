package dev.storewatch.work;

import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import java.time.Clock;

/** The times at which jobs of one process are due, and which of the processes does each. */
interface DueTimes {
  /** Returns the times of a database. */
  static DueTimes open(Database database) {
    return switch (database) {
      case DuckDbDatabase alone -> new OwnDueTimes(Clock.systemUTC());
      case PostgresDatabase shared -> new SharedDueTimes(shared);
    };
  }

  /** Claims a job for this process if it is due and no process that works has claimed it. */
  boolean claim(Job job);

  /** Notes that a job was done, or failed: when it is due again is counted from now. */
  void done(Job job);
}
