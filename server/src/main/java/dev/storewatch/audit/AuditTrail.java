package dev.storewatch.audit;

import dev.storewatch.database.Database;
import dev.storewatch.http.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trail of everything that changed something. An entry is written before the change, so that
 * there is no change without an entry.
 */
public interface AuditTrail {
  /** Returns the trail of a database. */
  static AuditTrail open(Database database) {
    return new SqlAuditTrail(database);
  }

  /**
   * Writes that something is about to be done.
   *
   * @return the number of the entry
   */
  long begin(Caller caller, Instant now, String action, @Nullable String target);

  /**
   * Writes the outcome.
   *
   * @param note what is known only now; what it does not say is left as it is
   */
  void end(long number, AuditNote note, String outcome);

  /** Writes something that is done already. */
  default void write(
      Caller caller, Instant now, String action, @Nullable String target, String outcome) {
    end(begin(caller, now, action, target), AuditNote.NONE, outcome);
  }

  /**
   * Returns entries, the newest first.
   *
   * @param limit the most to return
   * @param before only entries with a lower number
   */
  List<AuditEntry> list(int limit, long before);
}
