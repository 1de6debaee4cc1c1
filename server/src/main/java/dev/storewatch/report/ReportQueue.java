package dev.storewatch.report;

import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.http.Caller;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.work.Signal;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders for reports and computes them the oldest first, on threads of its own.
 *
 * <p>What waits is in the database, so it survives a restart. Several processes that share a
 * database work off one queue: a report is taken by one of them, which says how far it is, and by
 * another when that one falls silent.
 */
public final class ReportQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportQueue.class);

  /** Each computes with every processor; two, so that a small report need not wait for a large. */
  private static final int WORKERS = 2;

  /** So that a report asked for by other means than {@link #ask} is found as well. */
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  /** How often it is looked what other processes have asked for, deleted or left. */
  private static final Duration LOOK_AROUND = Duration.ofMillis(500);

  /** How long a key makes requests one. */
  private static final long ONCE = Micros.DAY;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

  private final Database database;
  private final Reports reports;
  private final FleetReport fleetReport;
  private final Polls polls;
  private final Clock clock;
  private final boolean lateCloseAsMidnight;
  private final int mostQueued;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, RunningReport> running = new ConcurrentHashMap<>();

  /** Given when there is a report to compute, and when it is time to stop. */
  private final Signal work = new Signal();

  private volatile Listener listener = new Listener() {};
  private volatile ReportListener durations = ReportListener.NONE;
  private volatile boolean stopping;

  /**
   * Takes what it works with.
   *
   * @param lateCloseAsMidnight whether reports read a closing time of 23:59 or later as midnight
   * @param mostQueued how many reports may be queued at once
   */
  public ReportQueue(
      Database database,
      Reports reports,
      FleetReport fleetReport,
      Polls polls,
      Clock clock,
      boolean lateCloseAsMidnight,
      int mostQueued) {
    this.database = database;
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

    /** Hears that other processes may have changed any report. */
    default void anyChanged() {}
  }

  /** Takes the one that hears of what happens to reports. */
  void setListener(Listener listener) {
    this.listener = listener;
  }

  /** Takes the one that hears how long reports take. */
  void setReportListener(ReportListener listener) {
    this.durations = listener;
  }

  /** Returns how many reports are being computed by this process. */
  public int running() {
    return running.size();
  }

  /** Puts back what an earlier process left running, and begins to work. */
  public void start() {
    takeOver();
    if (database.isShared()) {
      threads.add(Thread.ofPlatform().name("reports-of-others").start(this::lookAround));
    }
    for (int i = 1; i <= WORKERS; i++) {
      threads.add(Thread.ofPlatform().name("report-" + i).start(this::work));
    }
  }

  private void takeOver() {
    int left = reports.requeueAbandoned();
    if (left > 0) {
      LOG.info("computing {} unfinished report(s) again", left);
      work.give();
    }
  }

  /** Says how far the reports of this process are, and looks what others did. */
  private void lookAround() {
    while (!stopping) {
      try {
        running.values().forEach(RunningReport::keep);
        takeOver();
        listener.anyChanged();
      } catch (RuntimeException e) {
        LOG.warn("it cannot be seen what other servers do: {}", e.getMessage());
      }
      pause(LOOK_AROUND);
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
    Asked asked = database.exclusively("report.ask", () -> askAlone(order, caller, key));
    work.give();
    return asked;
  }

  /** While nobody else asks: what was counted and looked up stays true. */
  private Asked askAlone(ReportOrder order, Caller caller, @Nullable IdempotencyKey key) {
    long now = now();
    Asking.Once once = key == null ? null : new Asking.Once(key.text(), order.fingerprint());
    Optional<Report> earlier =
        once == null ? Optional.empty() : reports.findAsked(caller.name(), once.key(), now - ONCE);
    if (earlier.isEmpty()) {
      return new Asked(queue(order, new Asking(now, caller.name(), once)), false);
    }
    if (key != null && !Objects.equals(earlier.get().asking().once(), once)) {
      throw new KeyTaken(key);
    }
    return new Asked(earlier.get(), true);
  }

  private Report queue(ReportOrder order, Asking by) {
    if (order.storeIds() != null) {
      fleetReport.requireStores(order.storeIds(), order.scope());
    }
    if (reports.countQueued() >= mostQueued) {
      throw new Full(mostQueued);
    }
    OptionalLong asOf = order.asOf().resolve(polls, by.at());
    return reports.add(order.at(asOf.orElse(0), lateCloseAsMidnight), asOf, by);
  }

  /** Returns how far a report is, if it is being computed. */
  public Optional<Progress> progress(Report report) {
    RunningReport own = running.get(report.number());
    if (own != null) {
      return Optional.of(own.progress());
    }
    return database.isShared() && report.state() instanceof ReportState.Running
        ? reports.progress(report.number())
        : Optional.empty();
  }

  /** Returns whether this process is giving up a report that it computes. */
  boolean isUnwanted(Report report) {
    RunningReport own = running.get(report.number());
    return own == null || own.unwanted;
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

  private void work() {
    boolean mayHoldOne = false;
    while (!stopping) {
      try {
        if (mayHoldOne) {
          releaseLost();
          mayHoldOne = false;
        }
        claim().ifPresent(this::compute);
      } catch (DatabaseUnavailable e) {
        LOG.warn("the queue of reports waits: {}", e.getMessage());
        mayHoldOne = true;
        pause(PAUSE_AFTER_FAILURE);
      } catch (RuntimeException e) {
        LOG.error("the queue of reports could not be worked off; trying again", e);
        mayHoldOne = true;
        pause(PAUSE_AFTER_FAILURE);
      }
    }
  }

  /** Puts back what was taken without the answer coming through, which nobody computes. */
  private void releaseLost() {
    synchronized (running) {
      reports.releaseAllBut(List.copyOf(running.keySet()));
    }
  }

  /** Takes the report that is next, if there is one. */
  private Optional<Report> take(long now) {
    synchronized (running) {
      Optional<Report> next = reports.claim(now);
      next.map(Report::number).ifPresent(number -> running.put(number, new RunningReport(number)));
      return next;
    }
  }

  /** Waits for a report and takes it. Empty when it is time to stop. */
  private Optional<Report> claim() {
    while (!stopping) {
      long counted = work.count();
      long now = now();
      Optional<Report> next = take(now);
      if (next.isPresent()) {
        listener.changed(next.get().number());
        long waited = Math.max(0, now - next.get().asking().at());
        durations.started(Duration.of(waited, ChronoUnit.MICROS));
        return next;
      }
      work.await(counted, database.isShared() ? LOOK_AROUND : LONGEST_SLEEP);
    }
    return Optional.empty();
  }

  private void pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    for (Duration left = length; !stopping && left.isPositive(); ) {
      work.await(work.count(), left);
      left = Duration.ofNanos(end - System.nanoTime());
    }
  }

  private void compute(Report report) {
    long begin = System.nanoTime();
    Optional<ReportListener.Outcome> outcome = Optional.empty();
    RunningReport progress = Objects.requireNonNull(running.get(report.number()));
    try {
      outcome = computeUntilItWorks(report, progress);
    } catch (CancellationException e) {
      LOG.debug("report {} was given up", report.id());
      outcome = progress.cancelled();
    } finally {
      running.remove(report.number());
      outcome.ifPresent(end -> durations.ended(end, Duration.ofNanos(System.nanoTime() - begin)));
      listener.changed(report.number());
    }
  }

  /** Names the stores to those alone who see every store: the others may not see them any more. */
  private static String reason(Report report, FleetReport.UnknownStores failure) {
    return report.spec().scope().isEverything()
        ? String.valueOf(failure.getMessage())
        : "stores that it names were not there any more: ask for a new report on those that are";
  }

  /** The database may be away for a while: the report stays this process's own, if that lives. */
  private Optional<ReportListener.Outcome> computeUntilItWorks(
      Report report, RunningReport progress) {
    for (Duration wait = PAUSE_AFTER_FAILURE; ; wait = longer(wait)) {
      try {
        return computeOrFail(report, progress);
      } catch (DatabaseUnavailable e) {
        LOG.warn("report {} waits: {}", report.id(), e.getMessage());
        pause(wait);
        progress.beginAnew();
      }
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private Optional<ReportListener.Outcome> computeOrFail(Report report, RunningReport progress) {
    try {
      return Optional.of(compute(report, progress));
    } catch (CancellationException | DatabaseUnavailable e) {
      throw e;
    } catch (FleetReport.UnknownStores e) {
      return Optional.of(fail(report, reason(report, e)));
    } catch (RuntimeException | Error e) {
      return failUnexpectedly(report, e);
    }
  }

  private ReportListener.Outcome compute(Report report, RunningReport progress) {
    ReportTable rows =
        report.asOf().isEmpty()
            ? fleetReport.empty(report.spec())
            : fleetReport.compute(report.spec(), progress);
    boolean kept = reports.complete(report.number(), now(), rows, Checksum.of(report.spec(), rows));
    if (!kept) {
      LOG.debug("report {} was deleted while it was computed", report.id());
    }
    return kept ? ReportListener.Outcome.COMPLETE : ReportListener.Outcome.CANCELLED;
  }

  /** Leaves the report running when the program is about to end: the next start queues it again. */
  private Optional<ReportListener.Outcome> failUnexpectedly(Report report, Throwable failure) {
    if (stopping) {
      LOG.warn("report {} was interrupted and will be computed at the next start", report.id());
      return Optional.empty();
    }
    LOG.error("report {} failed", report.id(), failure);
    return Optional.of(
        fail(report, failure.getClass().getSimpleName() + ": " + failure.getMessage()));
  }

  private ReportListener.Outcome fail(Report report, String reason) {
    if (!reports.fail(report.number(), now(), reason)) {
      return ReportListener.Outcome.CANCELLED;
    }
    LOG.info("report {} failed: {}", report.id(), reason);
    return ReportListener.Outcome.FAILED;
  }

  /** Ends the threads; a report being computed is given up, to be computed at the next start. */
  @Override
  public void close() {
    stopping = true;
    work.give();
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
    release();
  }

  /** Lets others do at once what was not finished. */
  private void release() {
    try {
      reports.releaseAllBut(List.of());
    } catch (RuntimeException e) {
      LOG.warn("unfinished reports are taken over later: {}", e.getMessage());
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

    /** Keeps how far it is; the answer tells whether it was deleted or given to another process. */
    void keep() {
      if (!unwanted && !reports.keepProgress(number, progress())) {
        unwanted = true;
      }
    }

    synchronized void beginAnew() {
      if (isCancelled()) {
        throw new CancellationException("the report is not wanted any more");
      }
      done = 0;
      total = 0;
    }

    /** Says how it ended when it was given up: not at all, if the program is about to end. */
    Optional<ReportListener.Outcome> cancelled() {
      return unwanted ? Optional.of(ReportListener.Outcome.CANCELLED) : Optional.empty();
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
