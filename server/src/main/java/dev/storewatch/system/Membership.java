package dev.storewatch.system;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That this process uses a database together with others: it says so again and again, and when it
 * falls silent for the time of its lease, the others take over what it was doing. Only the clock of
 * the database counts.
 */
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private final PostgresDatabase database;
  private final Duration lease;
  private final String name = UUID.randomUUID().toString();

  Membership(PostgresDatabase database, Duration lease) {
    this.database = database;
    this.lease = lease;
  }

  String name() {
    return name;
  }

  static String isGone(String column) {
    return """
    NOT EXISTS (
      SELECT 1 FROM member WHERE member.name = %s AND member.lease_until > clock_timestamp())\
    """
        .formatted(column);
  }

  /** Returns how many other processes have a lease that has not ended. */
  int others() {
    return database
        .jdbc()
        .sql("SELECT count(*) FROM member WHERE name <> ? AND lease_until > clock_timestamp()")
        .param(name)
        .query(Integer.class)
        .single();
  }

  /** Begins the lease, or makes it longer; clears away those that ended long ago. */
  void renew() {
    database.inTransaction(
        () -> {
          database
              .jdbc()
              .sql(
                  """
                  INSERT INTO member (name, lease_until)
                  VALUES (?, clock_timestamp() + ? * interval '1 millisecond')
                  ON CONFLICT (name) DO UPDATE SET lease_until = excluded.lease_until\
                  """)
              .params(name, lease.toMillis())
              .update();
          return database
              .jdbc()
              .sql("DELETE FROM member WHERE lease_until < clock_timestamp() - interval '1 hour'")
              .update();
        });
  }

  void tryRenew() {
    try {
      renew();
    } catch (RuntimeException e) {
      LOG.warn("the database does not hear from this process: {}", e.getMessage());
    }
  }

  /** Ends the lease at once. */
  void end() {
    try {
      database.inTransaction(
          () -> database.jdbc().sql("DELETE FROM member WHERE name = ?").param(name).update());
    } catch (RuntimeException e) {
      LOG.debug("the lease ends by itself", e);
    }
  }

  /** Returns how often it is to be renewed. */
  Duration rhythm() {
    return lease.dividedBy(5);
  }
}
