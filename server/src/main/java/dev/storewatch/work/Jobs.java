package dev.storewatch.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does jobs when they are due: on a database that several processes share each by one of them
 * (db-scheduler keeps in the database when and by whom), else by this process some time after its
 * start and then again and again.
 */
final class Jobs implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private static final Duration AFTER_START = Duration.ofMinutes(1);
  private static final Duration POLLING = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  /** A job whose work is not possible at the moment is tried again, for some minutes. */
  private static final int TRIES = 30;

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Database database;
  private final List<Job> jobs;
  private volatile AutoCloseable running = () -> {};
  private volatile boolean started;

  Jobs(Database database, List<Job> jobs) {
    this.database = database;
    this.jobs = jobs;
  }

  @Override
  public void start() {
    running =
        switch (database) {
          case DuckDbDatabase alone -> startAlone();
          case PostgresDatabase shared -> startTogether(shared);
        };
    started = true;
  }

  private AutoCloseable startAlone() {
    ScheduledExecutorService clockwork =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("jobs").daemon().factory());
    for (Job job : jobs) {
      var _ =
          clockwork.scheduleWithFixedDelay(
              () -> run(job),
              AFTER_START.toMillis(),
              job.every().toMillis(),
              TimeUnit.MILLISECONDS);
    }
    return clockwork::shutdownNow;
  }

  private AutoCloseable startTogether(PostgresDatabase shared) {
    Scheduler scheduler =
        Scheduler.create(shared.dataSource())
            .tableName("job")
            .schedulerName(new SchedulerName.Fixed(shared.self()))
            .clock(() -> shared.clock().instant())
            .threads(1)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .shutdownMaxWait(LONGEST_STOP)
            .startTasks(jobs.stream().map(Jobs::task).toList())
            .build();
    scheduler.start();
    return scheduler::stop;
  }

  private static RecurringTask<Void> task(Job job) {
    return Tasks.recurring(job.name(), FixedDelay.of(job.every()))
        .execute((instance, context) -> run(job));
  }

  private static void run(Job job) {
    for (int tried = 1; ; tried++) {
      try {
        job.work().run();
        return;
      } catch (DatabaseUnavailable e) {
        LOG.warn("the job {} waits: {}", job.name(), e.getMessage());
        if (tried == TRIES || !pause()) {
          return;
        }
      } catch (RuntimeException e) {
        LOG.error("the job {} failed; it is done again in {}", job.name(), job.every(), e);
        return;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void stop() {
    started = false;
    try {
      running.close();
    } catch (Exception e) {
      LOG.warn("the jobs did not stop as they should: {}", e.getMessage());
    }
  }

  @Override
  public boolean isRunning() {
    return started;
  }
}
