package dev.storewatch.database;

import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The membership of this process among those that share a database. It renews its lease again and
 * again; when it falls silent for the time of the lease, the others take over what it was doing.
 * Only the clock of the database counts.
 */
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private static final String PROGRAM = "storewatch ";

  private final JdbcClient jdbc;
  private final Duration lease;
  private final String name;

  /**
   * The membership of a process under a name.
   *
   * @param own a connection for this alone: a process with much to do must not fall silent because
   *     its work has all the others
   */
  Membership(DataSource own, String name, Duration lease) {
    this.jdbc = JdbcClient.create(own);
    this.name = name;
    this.lease = lease;
  }

  /** Returns a new name for a process. */
  static String newName() {
    return UUID.randomUUID().toString();
  }

  /** Returns the name of the program that the database shows for the connections of a process. */
  static String program(String name) {
    return PROGRAM + name;
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

  /**
   * Refuses the database to processes that come later.
   *
   * @return how many other processes have a lease that has not ended
   */
  int shutOthersOut() {
    jdbc.sql("UPDATE member SET alone = TRUE WHERE name = ?").param(name).update();
    return others("TRUE");
  }

  /**
   * Returns whether another process wants the database for itself. This must be asked after the
   * lease of this process has begun: then, of two that come at the same time, one sees the other.
   */
  boolean isShutOut() {
    return others("alone") > 0;
  }

  private int others(String condition) {
    return jdbc.sql(
            "SELECT count(*) FROM member WHERE name <> ? AND lease_until > clock_timestamp() AND "
                + condition)
        .param(name)
        .query(Integer.class)
        .single();
  }

  /** Begins the lease, or makes it longer. */
  boolean renew() {
    return jdbc.sql(
                """
                INSERT INTO member (name, lease_until)
                VALUES (?, clock_timestamp() + ? * interval '1 millisecond')
                ON CONFLICT (name) DO UPDATE SET lease_until = excluded.lease_until\
                """)
            .params(name, lease.toMillis())
            .update()
        == 1;
  }

  /**
   * Ends the connections of processes whose lease has ended, and with them the locks that they
   * hold: a process that hangs in the middle of writing would stop all others. Connections younger
   * than a lease are spared, because the lease of their process may not have begun yet. What is
   * known of processes that ended long ago is deleted.
   */
  private void endOthers() {
    jdbc.sql("DELETE FROM member WHERE lease_until < clock_timestamp() - interval '1 hour'")
        .update();
    int ended =
        jdbc.sql(
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND usename = current_user
                  AND starts_with(application_name, :program)
                  AND backend_start < clock_timestamp() - :lease * interval '1 millisecond'
                  AND NOT EXISTS (
                    SELECT 1 FROM member
                    WHERE application_name = :program || member.name
                      AND member.lease_until > clock_timestamp())\
                """)
            .param("program", PROGRAM)
            .param("lease", lease.toMillis())
            .query(Integer.class)
            .single();
    if (ended > 0) {
      LOG.warn("ended {} connection(s) of a process that is not heard of any more", ended);
    }
  }

  void tryRenew() {
    try {
      boolean _ = renew();
      endOthers();
    } catch (RuntimeException e) {
      LOG.warn("the database does not hear from this process: {}", e.getMessage());
    }
  }

  /** Ends the lease at once. */
  void end() {
    try {
      jdbc.sql("DELETE FROM member WHERE name = ?").param(name).update();
    } catch (RuntimeException e) {
      LOG.debug("the lease ends by itself", e);
    }
  }

  /** Returns the time between two renewals. */
  Duration rhythm() {
    return lease.dividedBy(5);
  }
}
