package dev.storewatch.outage;

import dev.storewatch.work.Signal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

/**
 * The thread of a server that finds outages soon after something was changed, and as time goes on.
 */
final class OutageFollower implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(OutageFollower.class);

  /** What comes within this time is looked at together. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** The time between two looks for what others have changed, or what is not told by the signal. */
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);

  /** The time between two looks at what time alone has changed, a number of looks around. */
  private static final int LOOKS_FOR_TIME = 30;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final OutageTracker tracker;
  private final Signal signal;
  private final Thread thread = Thread.ofPlatform().name("outages").unstarted(this::follow);
  private volatile boolean running;

  /**
   * A follower that does nothing before it is started.
   *
   * @param signal given when there are new polls, and when it is time to stop
   */
  OutageFollower(OutageTracker tracker, Signal signal) {
    this.tracker = tracker;
    this.signal = signal;
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  private void follow() {
    boolean done = true;
    for (int look = 0; running; look++) {
      long counted = signal.count();
      done = update(look % LOOKS_FOR_TIME == 0, done);
      pause(PAUSE);
      if (running) {
        signal.await(counted, done ? LOOK_AROUND : PAUSE_AFTER_FAILURE);
      }
    }
  }

  /** Tells of the first of several failures: a database may be away for long. */
  private boolean update(boolean asTimeGoesOn, boolean didBefore) {
    try {
      if (asTimeGoesOn || tracker.isBehind()) {
        long changes = tracker.update();
        LOG.debug("{} changes of outages", changes);
      }
      return true;
    } catch (RuntimeException e) {
      if (running) {
        LOG.atLevel(didBefore ? Level.WARN : Level.DEBUG)
            .log("outages could not be brought up to date; trying again: {}", e.toString());
      }
      return false;
    }
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length);
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
        LOG.warn("the search for outages did not end in time");
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
