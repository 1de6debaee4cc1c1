package dev.storewatch.report;

import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.system.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders for reports and computes them the oldest first, on threads of its own.
 *
 * <p>What waits is in the database, so it survives a restart; how far a running report is is known
 * in memory alone.
 */
public final class ReportQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportQueue.class);

  /** Each computes with every processor; two, so that a small report need not wait for a large. */
  private static final int WORKERS = 2;

  /** So that a report asked for by other means than {@link #ask} is found as well. */
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  /** How long a key makes requests one. */
  private static final long ONCE = Micros.DAY;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

  private final Reports reports;
  private final FleetReport fleetReport;
  private final Polls polls;
  private final Clock clock;
  private final boolean lateCloseAsMidnight;
  private final int mostQueued;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, RunningReport> running = new ConcurrentHashMap<>();

  /** Held while a report is asked for, so that what was counted and looked up stays true. */
  private final ReentrantLock asking = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private volatile Listener listener = new Listener() {};
  private volatile boolean stopping;

  /**
   * Takes what it works with.
   *
   * @param lateCloseAsMidnight whether reports read a closing time of 23:59 or later as midnight
   * @param mostQueued how many reports may be queued at once
   */
  public ReportQueue(
      Reports reports,
      FleetReport fleetReport,
      Polls polls,
      Clock clock,
      boolean lateCloseAsMidnight,
      int mostQueued) {
    this.reports = reports;
    this.fleetReport = fleetReport;
    this.polls = polls;
    this.clock = clock;
    this.lateCloseAsMidnight = lateCloseAsMidnight;
    this.mostQueued = mostQueued;
  }

  /**
   * How far a running report is.
   *
   * @param done stores computed
   * @param total stores to compute
   */
  public record Progress(int done, int total) {}

  /**
   * A report that was asked for.
   *
   * @param again whether it is the one that an earlier request with the same key asked for
   */
  public record Asked(Report report, boolean again) {}

  /** Says that too many reports are queued. */
  public static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** When it may be worthwhile to ask again. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    Full(int most) {
      super(
          "%d reports are queued, the most that is allowed: ask again in %d seconds"
              .formatted(most, RETRY_AFTER.toSeconds()));
    }
  }

  /** Says that a key came with one order before, and with another now. */
  public static final class KeyTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    KeyTaken(IdempotencyKey key) {
      super(
          "another report was asked for with the key '%s' before: choose a new key for each report, for example a UUID"
              .formatted(key.text()));
    }
  }

  /** Hears of what happens to reports; called by the threads that compute, so it must not block. */
  interface Listener {
    /** Takes the number of a report whose state has changed, or that was deleted. */
    default void changed(int number) {}

    /** Takes the number of a running report that has come farther. */
    default void progressed(int number) {}
  }

  /** Takes the one that hears of what happens to reports. */
  void setListener(Listener listener) {
    this.listener = listener;
  }

  /** Puts back what an earlier process left running, and begins to work. */
  public void start() {
    int left = reports.requeueRunning();
    if (left > 0) {
      LOG.info("computing {} unfinished report(s) again", left);
    }
    for (int i = 1; i <= WORKERS; i++) {
      threads.add(Thread.ofPlatform().name("report-" + i).start(this::work));
    }
  }

  /**
   * Queues a report; it is begun at once when no other is being computed.
   *
   * @throws FleetReport.UnknownStores if the order names a store that is not there for the caller
   * @throws Full if too many are queued
   */
  public Report ask(ReportOrder order, Caller caller) {
    return ask(order, caller, null).report();
  }

  /**
   * Queues a report, or returns the one that this caller asked for with the same key and order, as
   * long as that exists, at most a day.
   *
   * @param key what makes several requests one; null if each counts
   * @throws KeyTaken if the caller sent the key with another order
   * @throws FleetReport.UnknownStores if the order names a store that is not there for the caller
   * @throws Full if too many are queued
   */
  public Asked ask(ReportOrder order, Caller caller, @Nullable IdempotencyKey key) {
    asking.lock();
    try {
      long now = now();
      Asking.Once once = key == null ? null : new Asking.Once(key.text(), order.fingerprint());
      Optional<Report> earlier =
          once == null
              ? Optional.empty()
              : reports.findAsked(caller.name(), once.key(), now - ONCE);
      if (earlier.isEmpty()) {
        return new Asked(queue(order, new Asking(now, caller.name(), once)), false);
      }
      if (key != null && !Objects.equals(earlier.get().asking().once(), once)) {
        throw new KeyTaken(key);
      }
      return new Asked(earlier.get(), true);
    } finally {
      asking.unlock();
    }
  }

  private Report queue(ReportOrder order, Asking by) {
    if (order.storeIds() != null) {
      fleetReport.requireStores(order.storeIds(), order.scope());
    }
    if (reports.countQueued() >= mostQueued) {
      throw new Full(mostQueued);
    }
    OptionalLong asOf = order.asOf().resolve(polls, by.at());
    Report report = reports.add(order.at(asOf.orElse(0), lateCloseAsMidnight), asOf, by);
    wake();
    return report;
  }

  /** Returns how far a report is, if it is being computed by this process. */
  public Optional<Progress> progress(int number) {
    return Optional.ofNullable(running.get(number)).map(RunningReport::progress);
  }

  /**
   * Deletes a report with its rows; one that is being computed is given up.
   *
   * @return whether it was there until now
   */
  public boolean delete(Report report) {
    RunningReport computed = running.get(report.number());
    if (computed != null) {
      computed.unwanted = true;
    }
    boolean deleted = reports.delete(report.number());
    listener.changed(report.number());
    return deleted;
  }

  private long now() {
    return Micros.of(clock.instant());
  }

  private void wake() {
    lock.lock();
    try {
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    while (!stopping) {
      try {
        claim().ifPresent(this::compute);
      } catch (RuntimeException e) {
        LOG.error("the queue of reports could not be worked off; trying again", e);
        pause();
      }
    }
  }

  /**
   * Waits for a report and sets it running; under the lock, so that two threads never want the same
   * one. Empty when it is time to stop or the report was deleted meanwhile.
   */
  private Optional<Report> claim() {
    lock.lock();
    try {
      Optional<Report> next = reports.oldestQueued();
      while (next.isEmpty() && !stopping) {
        work.awaitNanos(LONGEST_SLEEP.toNanos());
        next = reports.oldestQueued();
      }
      return next.filter(report -> !stopping && start(report));
    } catch (InterruptedException e) {
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean start(Report report) {
    boolean started = reports.start(report.number(), now());
    listener.changed(report.number());
    return started;
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      LOG.debug("woken while waiting to try again", e);
    }
  }

  private void compute(Report report) {
    RunningReport progress = new RunningReport(report.number());
    running.put(report.number(), progress);
    try {
      compute(report, progress);
    } catch (CancellationException e) {
      LOG.debug("report {} was given up", report.id());
    } catch (FleetReport.UnknownStores e) {
      fail(report, reason(report, e));
    } catch (RuntimeException | Error e) {
      failUnexpectedly(report, e);
    } finally {
      running.remove(report.number());
      listener.changed(report.number());
    }
  }

  /** Names the stores to those alone who see every store: the others may not see them any more. */
  private static String reason(Report report, FleetReport.UnknownStores failure) {
    return report.spec().scope().isEverything()
        ? String.valueOf(failure.getMessage())
        : "stores that it names were not there any more: ask for a new report on those that are";
  }

  private void compute(Report report, RunningReport progress) {
    ReportTable rows =
        report.asOf().isEmpty()
            ? fleetReport.empty(report.spec())
            : fleetReport.compute(report.spec(), progress);
    boolean kept = reports.complete(report.number(), now(), rows, Checksum.of(report.spec(), rows));
    if (!kept) {
      LOG.debug("report {} was deleted while it was computed", report.id());
    }
  }

  /** Leaves the report running when the program is about to end: the next start queues it again. */
  private void failUnexpectedly(Report report, Throwable failure) {
    if (stopping) {
      LOG.warn("report {} was interrupted and will be computed at the next start", report.id());
      return;
    }
    LOG.error("report {} failed", report.id(), failure);
    fail(report, failure.getClass().getSimpleName() + ": " + failure.getMessage());
  }

  private void fail(Report report, String reason) {
    if (reports.fail(report.number(), now(), reason)) {
      LOG.info("report {} failed: {}", report.id(), reason);
    }
  }

  /** Ends the threads; a report being computed is given up, to be computed at the next start. */
  @Override
  public void close() {
    stopping = true;
    wake();
    long end = System.nanoTime() + LONGEST_STOP.toNanos();
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
          LOG.warn("{} did not end in time", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts the stores of one report as they are computed. */
  private final class RunningReport implements FleetReport.Progress {
    private final int number;
    private int done;
    private int total;
    private volatile boolean unwanted;

    RunningReport(int number) {
      this.number = number;
    }

    @Override
    public void starts(int stores) {
      add(0, stores);
    }

    @Override
    public void done(int stores) {
      add(stores, 0);
    }

    private void add(int stores, int toCompute) {
      synchronized (this) {
        done += stores;
        total += toCompute;
      }
      listener.progressed(number);
    }

    @Override
    public boolean isCancelled() {
      return unwanted || stopping;
    }

    synchronized Progress progress() {
      return new Progress(done, total);
    }
  }
}
