package dev.storewatch.dashboard;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What finds the figures and the states of the fleet again as soon as polls or stores have changed,
 * while somebody looks: so the page need not wait for it. Without anybody who looks it does
 * nothing.
 */
final class FiguresAhead implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(FiguresAhead.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Fleet fleet;
  private @Nullable ScheduledExecutorService timer;

  FiguresAhead(Fleet fleet) {
    this.fleet = fleet;
  }

  private void look() {
    try {
      fleet.refresh();
    } catch (RuntimeException e) {
      LOG.debug("figures cannot be computed before they are asked for: {}", e.toString());
    }
  }

  @Override
  public void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("figures-ahead").daemon().factory());
    var _ =
        started.scheduleWithFixedDelay(
            this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    timer = started;
  }

  @Override
  public void stop() {
    ScheduledExecutorService started = timer;
    timer = null;
    if (started != null) {
      started.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
