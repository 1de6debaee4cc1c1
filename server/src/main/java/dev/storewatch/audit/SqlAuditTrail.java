package dev.storewatch.audit;

import dev.storewatch.database.Database;
import dev.storewatch.http.Caller;
import dev.storewatch.interval.Micros;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit trail in a database. */
public final class SqlAuditTrail implements AuditTrail {
  private final Database database;

  public SqlAuditTrail(Database database) {
    this.database = database;
  }

  @Override
  public long begin(Caller caller, Instant now, String action, @Nullable String target) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    INSERT INTO audit_entry (done_at, who, address, action, target)
                    VALUES (?, ?, ?, ?, ?) RETURNING number\
                    """)
                .params(Micros.of(now), caller.name(), caller.address(), action)
                .param(target)
                .query(Long.class)
                .single());
  }

  @Override
  public void end(long number, AuditNote note, String outcome) {
    database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    UPDATE audit_entry SET outcome = ?, target = coalesce(?, target),
                      before = coalesce(?, before), after = coalesce(?, after)
                    WHERE number = ?\
                    """)
                .param(outcome)
                .param(note.target())
                .param(note.before())
                .param(note.after())
                .param(number)
                .update());
  }

  @Override
  public List<AuditEntry> list(int limit, long before) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT * FROM audit_entry WHERE number < ? ORDER BY number DESC LIMIT ?")
                .params(before, limit)
                .query(
                    (row, n) ->
                        new AuditEntry(
                            row.getLong("number"),
                            Micros.toInstant(row.getLong("done_at")),
                            row.getString("who"),
                            row.getString("address"),
                            row.getString("action"),
                            row.getString("target"),
                            row.getString("outcome"),
                            row.getString("before"),
                            row.getString("after")))
                .list());
  }
}
