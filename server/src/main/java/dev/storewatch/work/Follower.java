package dev.storewatch.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

/**
 * A thread of a server that does some work soon after a signal, and at the latest after some time.
 * Work that fails is tried again; of several failures one after the other the first is told of,
 * because a database may be away for long.
 */
public final class Follower implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final String name;
  private final Signal signal;
  private final Rhythm rhythm;
  private final Runnable work;
  private final Thread thread;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean running;

  /**
   * When the work is done.
   *
   * @param atLatest the longest time without a look
   * @param afterWork the pause after the work, so that signals meanwhile come together
   * @param afterSignal the pause between a signal and the work
   */
  public record Rhythm(Duration atLatest, Duration afterWork, Duration afterSignal) {}

  /**
   * A follower that does nothing before it is started.
   *
   * @param name the name of the thread, and what the log calls the work
   * @param signal given when there is work, and when it is time to stop
   */
  public Follower(String name, Signal signal, Rhythm rhythm, Runnable work) {
    this.name = name;
    this.signal = signal;
    this.rhythm = rhythm;
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::follow);
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  private void follow() {
    boolean done = true;
    while (running) {
      long counted = signal.count();
      done = isDone(done);
      pause(rhythm.afterWork);
      if (running) {
        signal.await(counted, done ? rhythm.atLatest : PAUSE_AFTER_FAILURE);
        pause(rhythm.afterSignal);
      }
    }
  }

  private boolean isDone(boolean didBefore) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      if (running) {
        LOG.atLevel(didBefore ? Level.WARN : Level.DEBUG)
            .log("{} could not be brought up to date; trying again: {}", name, e.toString());
      }
      return false;
    }
  }

  /** Waits, but not when it is time to stop. */
  private void pause(Duration length) {
    try {
      var _ = end.await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    end.countDown();
    signal.give();
    try {
      if (!thread.join(LONGEST_STOP)) {
        LOG.warn("the work on {} did not end in time", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
