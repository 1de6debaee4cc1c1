package dev.storewatch.work;

import dev.storewatch.database.DatabaseUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** The jobs of this process, each done when it is due, on a thread of its own. */
final class Jobs implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  /** The retries, for some minutes, of a job whose work is not possible at the moment. */
  private static final RetryPolicy RETRIES =
      RetryPolicy.builder()
          .includes(DatabaseUnavailable.class)
          .maxRetries(30)
          .delay(Duration.ofSeconds(10))
          .build();

  private final List<Job> jobs;
  private final DueTimes times;
  private final Duration betweenLooks;
  private final RetryTemplate retries;
  private final ScheduledExecutorService threads;
  private volatile boolean running;

  Jobs(List<Job> jobs, DueTimes times) {
    this(jobs, times, BETWEEN_LOOKS, RETRIES);
  }

  Jobs(List<Job> jobs, DueTimes times, Duration betweenLooks, RetryPolicy retries) {
    this.jobs = jobs;
    this.times = times;
    this.betweenLooks = betweenLooks;
    this.retries = new RetryTemplate(retries);
    this.threads =
        Executors.newScheduledThreadPool(
            jobs.size(), Thread.ofPlatform().name("job-", 1).daemon().factory());
  }

  @Override
  public void start() {
    running = true;
    for (Job job : jobs) {
      var _ =
          switch (job.by()) {
            case ONE_PROCESS ->
                threads.scheduleWithFixedDelay(
                    () -> runIfDue(job), 0, betweenLooks.toMillis(), TimeUnit.MILLISECONDS);
            case EACH_PROCESS ->
                threads.scheduleWithFixedDelay(
                    () -> run(job), 0, job.every().toMillis(), TimeUnit.MILLISECONDS);
          };
    }
  }

  private void runIfDue(Job job) {
    try {
      if (times.claim(job)) {
        run(job);
        times.done(job);
      }
    } catch (RuntimeException e) {
      LOG.warn("the job {} waits: {}", job.name(), e.getMessage());
    }
  }

  private void run(Job job) {
    try {
      retries.execute(
          () -> {
            job.work().run();
            return true;
          });
    } catch (RetryException e) {
      if (!running) {
        LOG.debug("the job {} was broken off", job.name(), e);
      } else if (e.getCause() instanceof DatabaseUnavailable) {
        LOG.warn("the job {} is done another time: {}", job.name(), e.getCause().getMessage());
      } else {
        LOG.error(
            "the job {} failed; it is done again in {}", job.name(), job.every(), e.getCause());
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("a job did not end in time");
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
