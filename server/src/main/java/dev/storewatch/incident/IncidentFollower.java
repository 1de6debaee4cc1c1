package dev.storewatch.incident;

import dev.storewatch.work.Signal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

/**
 * The thread of a server that looks at incidents soon after outages change, and as time goes on.
 */
final class IncidentFollower implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(IncidentFollower.class);

  /** Long enough for the transaction to be committed that gave the signal. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final IncidentKeeper keeper;
  private final Signal signal;
  private final Duration every;
  private final Thread thread = Thread.ofPlatform().name("incidents").unstarted(this::follow);
  private volatile boolean running;

  /**
   * A follower that does nothing before it is started.
   *
   * @param signal given when outages change, and when it is time to stop
   * @param every the time between two looks without a signal
   */
  IncidentFollower(IncidentKeeper keeper, Signal signal, Duration every) {
    this.keeper = keeper;
    this.signal = signal;
    this.every = every;
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
      done = look(done);
      if (running) {
        signal.await(counted, done ? every : PAUSE_AFTER_FAILURE);
        pause();
      }
    }
  }

  /** Tells of the first of several failures: a database may be away for long. */
  private boolean look(boolean didBefore) {
    try {
      int messages = keeper.look();
      LOG.debug("{} messages about incidents", messages);
      return true;
    } catch (RuntimeException e) {
      if (running) {
        LOG.atLevel(didBefore ? Level.WARN : Level.DEBUG)
            .log("incidents could not be looked at; trying again: {}", e.toString());
      }
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    signal.give();
    try {
      if (!thread.join(LONGEST_STOP)) {
        LOG.warn("the look at incidents did not end in time");
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
