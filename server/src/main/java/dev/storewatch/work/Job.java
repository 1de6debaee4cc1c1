package dev.storewatch.work;

import java.time.Duration;

/**
 * Work that is due now and then.
 *
 * @param name what it is known by in the database
 * @param every how long after it was done it is done again
 * @param by who does it
 * @param work the work; it may be done once more when the process ends in the middle of it
 */
public record Job(String name, Duration every, By by, Runnable work) {
  /** Who does a job. */
  public enum By {
    /** One of the processes that share a database. */
    ONE_PROCESS,
    /** Each of them, for what it has in memory. */
    EACH_PROCESS
  }

  /** A job of one of the processes that share a database. */
  public static Job ofOneProcess(String name, Duration every, Runnable work) {
    return new Job(name, every, By.ONE_PROCESS, work);
  }

  /** A job of every process, which does it at its start too. */
  public static Job ofEachProcess(String name, Duration every, Runnable work) {
    return new Job(name, every, By.EACH_PROCESS, work);
  }
}
