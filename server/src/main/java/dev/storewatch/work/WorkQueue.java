package dev.storewatch.work;

import dev.storewatch.database.DatabaseUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Work that waits in the database, the oldest first, for any of the processes that use it.
 *
 * <p>A process claims a task, writes down its progress, and tries again while the database is away.
 * Its claim holds as long as its lease: when it falls silent, another process takes the task over.
 * A process that ends gives back what it has not done.
 *
 * @param <K> what tells tasks apart
 * @param <T> a task that this process has claimed
 */
public final class WorkQueue<K, T extends WorkQueue.Task<K>> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

  /**
   * The longest sleep of a worker, after which it finds also work that was not queued through this
   * process.
   */
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  /** The time between two looks at what other processes have queued, deleted or left. */
  private static final Duration LOOK_AROUND = Duration.ofMillis(500);

  /**
   * The number of looks around from one search for the work of processes that are gone to the next.
   */
  private static final int ROUNDS_TO_TAKE_OVER = 4;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final boolean shared;
  private final Settings settings;
  private final Source<K, T> source;
  private final Duration firstPause;
  private final Map<K, T> held = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Given when there is work, and when it is time to stop. */
  private final Signal signal = new Signal();

  private volatile boolean stopping;

  /**
   * The settings of a queue.
   *
   * @param name what its threads and its log are called after, a singular: {@code report}
   * @param workers how many tasks are done by this process at the same time
   * @param longestStop how long to wait at the end for the tasks that are being done
   */
  public record Settings(String name, int workers, Duration longestStop) {}

  /** A task that this process has claimed; one thread does it, any may ask about it. */
  public interface Task<K> {
    /** Returns what tells it from other tasks. */
    K key();

    /** Called once, before it is done for the first time. */
    default void begins() {}

    /**
     * Does the work, from its beginning each time it is called; the task itself records what goes
     * wrong.
     *
     * @throws DatabaseUnavailable if that is not possible now: it is called again, after a pause
     */
    void run();

    /** Returns whether anybody still wants it done. */
    default boolean isWanted() {
      return true;
    }

    /**
     * Writes its progress, on a database that other processes use.
     *
     * @return whether this process still holds the claim
     */
    boolean keepProgress();

    /** Called when it was deleted, or another process has claimed it. */
    default void giveUp() {}

    /** Called once, when this process has stopped doing it, however it ended. */
    default void ends() {}
  }

  /** Where the work waits: rows of the database. */
  public interface Source<K, T> {
    /** Claims the next task for this process, if there is one. */
    Optional<T> claim();

    /**
     * Puts back the tasks of processes that do not work any more.
     *
     * @return how many there were
     */
    int takeOver();

    /** Puts back what this process has claimed, except for some tasks. */
    void releaseAllBut(Collection<K> keys);

    /** Called again and again on a database that other processes use. */
    default void lookAround() {}
  }

  /**
   * A queue that is not worked off before {@link #start}.
   *
   * @param shared whether other processes do its work at the same time
   */
  public WorkQueue(boolean shared, Settings settings, Source<K, T> source) {
    this(shared, settings, source, PAUSE_AFTER_FAILURE);
  }

  WorkQueue(boolean shared, Settings settings, Source<K, T> source, Duration firstPause) {
    this.shared = shared;
    this.settings = settings;
    this.source = source;
    this.firstPause = firstPause;
  }

  /** Takes over what was left before the last stop, and begins to work. */
  public void start() {
    takeOver();
    if (shared) {
      threads.add(
          Thread.ofPlatform().name(settings.name + "s-of-others").start(this::lookAroundAlways));
    }
    for (int i = 1; i <= settings.workers; i++) {
      threads.add(Thread.ofPlatform().name(settings.name + "-" + i).start(this::workAlways));
    }
  }

  /** Wakes a worker, because there is work. */
  public void wake() {
    signal.give();
  }

  /** Returns the task of a key, if this process does it at the moment. */
  public Optional<T> held(K key) {
    return Optional.ofNullable(held.get(key));
  }

  /** Returns how many tasks are done by this process at the moment. */
  public int size() {
    return held.size();
  }

  /** Returns whether the program is about to end. */
  public boolean isStopping() {
    return stopping;
  }

  private void takeOver() {
    int left = source.takeOver();
    if (left > 0) {
      LOG.info("{} unfinished {}(s) are done again", left, settings.name);
      signal.give();
    }
  }

  /** Writes the progress of this process, and looks at what others did, again and again. */
  private void lookAroundAlways() {
    for (long round = 1; !stopping; round++) {
      try {
        held.values().forEach(WorkQueue::keepProgress);
        if (round % ROUNDS_TO_TAKE_OVER == 0) {
          takeOver();
        }
        source.lookAround();
      } catch (RuntimeException e) {
        LOG.warn("it cannot be seen what other servers do: {}", e.getMessage());
      }
      pause(LOOK_AROUND);
    }
  }

  private static <K> void keepProgress(Task<K> task) {
    if (task.isWanted() && !task.keepProgress()) {
      task.giveUp();
    }
  }

  private void workAlways() {
    boolean mayHoldMore = false;
    while (!stopping) {
      try {
        if (mayHoldMore) {
          releaseLost();
          mayHoldMore = false;
        }
        next().ifPresent(this::work);
      } catch (DatabaseUnavailable e) {
        LOG.warn("the queue of {}s waits: {}", settings.name, e.getMessage());
        mayHoldMore = true;
        pause(firstPause);
      } catch (RuntimeException e) {
        LOG.error("the queue of {}s could not be worked off; trying again", settings.name, e);
        mayHoldMore = true;
        pause(firstPause);
      }
    }
  }

  /**
   * Puts back claims whose answer from the database was lost: nobody does that work, and others
   * would wait for it.
   */
  private void releaseLost() {
    synchronized (held) {
      source.releaseAllBut(List.copyOf(held.keySet()));
    }
  }

  /** Waits for work and claims it. Empty when it is time to stop. */
  private Optional<T> next() {
    while (!stopping) {
      long counted = signal.count();
      Optional<T> next = claim();
      if (next.isPresent()) {
        return next;
      }
      signal.await(counted, shared ? LOOK_AROUND : LONGEST_SLEEP);
    }
    return Optional.empty();
  }

  private Optional<T> claim() {
    synchronized (held) {
      // One lock for the claim and the note of it: releaseLost in between would put the task back.
      Optional<T> next = source.claim();
      next.ifPresent(task -> held.put(task.key(), task));
      return next;
    }
  }

  private void work(T task) {
    try {
      task.begins();
      runUntilItWorks(task);
    } finally {
      held.remove(task.key());
      task.ends();
    }
  }

  /**
   * Does a task, again and again while the database is away: the work stays this process's own as
   * long as its lease holds. The pauses are those of the library, but its template for retries is
   * not used, because nobody can end its sleep when the program is to stop.
   */
  private void runUntilItWorks(T task) {
    BackOffExecution pauses = pauses();
    while (!runs(task)) {
      pause(Duration.ofMillis(pauses.nextBackOff()));
      if (stopping || !task.isWanted()) {
        return;
      }
    }
  }

  private BackOffExecution pauses() {
    ExponentialBackOff pauses = new ExponentialBackOff(firstPause.toMillis(), 2);
    pauses.setMaxInterval(LONGEST_PAUSE.toMillis());
    return pauses.start();
  }

  private boolean runs(T task) {
    try {
      task.run();
      return true;
    } catch (DatabaseUnavailable e) {
      LOG.warn("{} {} waits: {}", settings.name, task.key(), e.getMessage());
      return false;
    }
  }

  private void pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    for (Duration left = length; !stopping && left.isPositive(); ) {
      signal.await(signal.count(), left);
      left = Duration.ofNanos(end - System.nanoTime());
    }
  }

  /** Ends the threads, and puts back what was not finished, so that others can do it at once. */
  @Override
  public void close() {
    stopping = true;
    signal.give();
    long end = System.nanoTime() + settings.longestStop.toNanos();
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
          LOG.warn("{} did not end in time", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    release();
  }

  private void release() {
    try {
      source.releaseAllBut(List.of());
    } catch (RuntimeException e) {
      LOG.warn("unfinished {}s are taken over later: {}", settings.name, e.getMessage());
    }
  }
}
