package dev.storewatch.database;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/**
 * The database cannot do its work at the moment: it is being restarted, cannot be reached, or is
 * out of room. The same work may succeed later; it is not known whether the last commit was kept.
 */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The time after which another attempt may succeed. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final String FULL = "53100";

  private static final String FULL_DISK =
      "the disk of the database is full: make room on it; it is tried again";

  /** What DuckDB says of a disk that is full, or of which its user may have no more. */
  private static final List<String> NO_ROOM =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "There is not enough space on the disk");

  /** The classes of SQL states: connections, resources, the operator, the system. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

  /**
   * No lock in time, too long idle in a transaction, read-only after a failover, serialisation,
   * deadlock.
   */
  private static final Set<String> STATES = Set.of("55P03", "25P03", "25006", "40001", "40P01");

  private final boolean full;

  private DatabaseUnavailable(String message, Throwable cause, boolean full) {
    super(message, cause);
    this.full = full;
  }

  /**
   * Returns whether it has no room for what was to be written, of which nothing is kept. Another
   * attempt helps once somebody has made room.
   */
  public boolean isFull() {
    return full;
  }

  /** Returns the failure of this kind among the causes of a failure, if there is one. */
  public static @Nullable DatabaseUnavailable in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseUnavailable found) {
        return found;
      }
    }
    return null;
  }

  /** Returns the failure as one of this kind if that is its cause, else the failure itself. */
  static RuntimeException orItself(RuntimeException failure) {
    if (failure instanceof DatabaseUnavailable) {
      return failure;
    }
    for (Throwable cause = failure; cause != null; cause = causeOf(cause)) {
      if (cause instanceof SQLException sql && isPassing(sql)) {
        return of(sql);
      }
    }
    return failure;
  }

  /**
   * Returns the cause of a failure. A connection that broke cannot be rolled back either; then the
   * cause is what broke it, because the failed rollback says less.
   */
  private static @Nullable Throwable causeOf(Throwable failure) {
    return failure instanceof TransactionSystemException end
        ? end.getOriginalException()
        : failure.getCause();
  }

  /** Returns the failure for an error of the database that passes. */
  public static DatabaseUnavailable of(SQLException failure) {
    return isLackOfRoom(failure)
        ? new DatabaseUnavailable(FULL_DISK, failure, true)
        : new DatabaseUnavailable(
            "the database does not answer as it should (%s): it is tried again"
                .formatted(reason(failure)),
            failure,
            false);
  }

  private static boolean isLackOfRoom(SQLException failure) {
    String message = failure.getMessage();
    return FULL.equals(failure.getSQLState())
        || (failure.getSQLState() == null
            && message != null
            // It says so of what was before, when there may be room by now.
            && !message.contains(Reopening.SHUT)
            && NO_ROOM.stream().anyMatch(message::contains));
  }

  /** Returns this failure as one for lack of room. */
  DatabaseUnavailable forLackOfRoom() {
    return full ? this : new DatabaseUnavailable(FULL_DISK, this, true);
  }

  /** Returns this failure with the address of the database that cannot be reached. */
  DatabaseUnavailable at(DatabaseSettings settings) {
    return new DatabaseUnavailable(
        "%s cannot be reached (%s): see that it runs and that %s.url is right"
            .formatted(
                settings.address(), settings.withoutSecrets(reason(this)), DatabaseSettings.PREFIX),
        this,
        full);
  }

  /**
   * Returns the message of the innermost failure of the database, because those around it only say
   * that there was one; and with it the message of its cause in the network, which says more.
   */
  static String reason(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      innermost = cause instanceof SQLException ? cause : innermost;
    }
    String said = firstLine(innermost.getMessage());
    return innermost.getCause() instanceof IOException network
            && !(network instanceof ConnectException)
        ? said + " " + firstLine(network.toString())
        : said;
  }

  private static String firstLine(@Nullable String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }

  private static boolean isPassing(SQLException failure) {
    String state = failure.getSQLState();
    return failure instanceof SQLTransientException
        || failure instanceof SQLRecoverableException
        || isLackOfRoom(failure)
        || Reopening.isNeededAfter(failure)
        || (state != null
            && state.length() == 5
            && (CLASSES.contains(state.substring(0, 2)) || STATES.contains(state)));
  }
}
