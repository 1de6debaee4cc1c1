package dev.storewatch.database;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a database has room for what is written to it, as far as is known. */
final class Room {
  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  private final Runnable attempt;
  private final AtomicBoolean trying = new AtomicBoolean();
  private volatile boolean out;

  /**
   * Room that is there until something finds that it is not.
   *
   * @param attempt writes something and takes it away again; throws if there is no room for it
   */
  Room(Runnable attempt) {
    this.attempt = attempt;
  }

  /** Returns a failure as {@link DatabaseUnavailable#orItself} does, and notes a lack of room. */
  RuntimeException noted(RuntimeException failure) {
    RuntimeException known = DatabaseUnavailable.orItself(failure);
    if (!(known instanceof DatabaseUnavailable away)) {
      return known;
    }
    if (away.isFull()) {
      note(true, String.valueOf(away.getMessage()));
      return away;
    }
    // What follows a disk that got full in the middle of something is another failure each time.
    return isOut() ? away.forLackOfRoom() : away;
  }

  /** Returns whether there was none the last time. */
  boolean wasOut() {
    return out;
  }

  /** Returns whether there is none; where there was none, it is tried whether there is some now. */
  boolean isOut() {
    if (out && trying.compareAndSet(false, true)) {
      try {
        attempt.run();
        note(false, "");
      } catch (RuntimeException e) {
        LOG.debug("there is no room yet", e);
      } finally {
        trying.set(false);
      }
    }
    return out;
  }

  /** Logs a change once, however often something is written. */
  private synchronized void note(boolean now, String reason) {
    if (now && !out) {
      LOG.error("{}", reason);
    } else if (!now && out) {
      LOG.info("the database has room again");
    }
    out = now;
  }
}
