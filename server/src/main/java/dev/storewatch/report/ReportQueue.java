package dev.storewatch.report;

import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.http.Caller;
import dev.storewatch.interval.Micros;
import dev.storewatch.work.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The queue of requested reports, which are computed the oldest first on threads of its own.
 *
 * <p>What waits is in the database, so it survives a restart. Several processes that share a
 * database work off one queue: one of them claims a report and keeps its progress, and another one
 * claims it when the lease of the first has ended.
 */
public final class ReportQueue implements AutoCloseable {
  /**
   * Two reports at the same time, each with every processor, so that a small one does not wait for
   * a large one. At the end of the program the reports being computed are given up, for the next
   * start.
   */
  private static final WorkQueue.Settings SETTINGS =
      new WorkQueue.Settings("report", 2, Duration.ofSeconds(30));

  /** How long requests with one key count as one. */
  private static final long ONCE = Micros.DAY;

  private final Database database;
  private final Reports reports;
  private final FleetReport fleetReport;
  private final LastComputed last;
  private final Clock clock;
  private final LateClose lateClose;
  private final int mostQueued;
  private final List<ReportListener> durations;
  private final WorkQueue<Integer, RunningReport> queue;
  private volatile Listener listener = new Listener() {};

  /**
   * A queue, which computes nothing before {@link #start}.
   *
   * @param lateClose how reports read a closing time of 23:59 or later
   * @param mostQueued how many reports may be queued at once
   * @param durations who is told how long reports take
   */
  public ReportQueue(
      Database database,
      Reports reports,
      FleetReport fleetReport,
      Clock clock,
      LateClose lateClose,
      int mostQueued,
      List<? extends ReportListener> durations) {
    this.database = database;
    this.reports = reports;
    this.fleetReport = fleetReport;
    this.last = new LastComputed(fleetReport);
    this.clock = clock;
    this.lateClose = lateClose;
    this.mostQueued = mostQueued;
    this.durations = List.copyOf(durations);
    this.queue = new WorkQueue<>(database.isShared(), SETTINGS, new Queued());
  }

  /**
   * The answer to a request for a report.
   *
   * @param again whether an earlier request with the same key was for this report
   */
  public record Accepted(Report report, boolean again) {}

  /** Too many reports are queued. */
  public static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** How long the caller should wait before the next try. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    Full(int most) {
      super(
          "%d reports are queued, the most that is allowed: ask again in %d seconds"
              .formatted(most, RETRY_AFTER.toSeconds()));
    }
  }

  /** A key came with one request before, and comes with another one now. */
  public static final class KeyTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    KeyTaken(IdempotencyKey key) {
      super(
          "another report was asked for with the key '%s' before: choose a new key for each report, for example a UUID"
              .formatted(key.text()));
    }
  }

  /**
   * Whoever is told what happens to reports; called by the threads that compute, so it must not
   * block.
   */
  interface Listener {
    /** Called with the number of a report whose state has changed, or that was deleted. */
    default void changed(int number) {}

    /** Called with the number of a running report that has made progress. */
    default void progressed(int number) {}

    /** Called when other processes may have changed any report. */
    default void anyChanged() {}
  }

  /** Sets who is told what happens to reports. */
  void setListener(Listener listener) {
    this.listener = listener;
  }

  /** Returns how many reports are being computed by this process. */
  public int running() {
    return queue.size();
  }

  /** Puts back into the queue what an earlier process left running, and begins to work. */
  public void start() {
    queue.start();
  }

  /** The reports that wait in the database. */
  private final class Queued implements WorkQueue.Source<Integer, RunningReport> {
    @Override
    public Optional<RunningReport> claim() {
      long now = now();
      return reports
          .claim(now)
          .map(
              report ->
                  new RunningReport(report, now, ReportQueue.this, reports, fleetReport, last));
    }

    @Override
    public int takeOver() {
      return reports.requeueAbandoned();
    }

    @Override
    public void releaseAllBut(Collection<Integer> numbers) {
      reports.releaseAllBut(numbers);
    }

    @Override
    public void lookAround() {
      listener.anyChanged();
    }
  }

  /**
   * Queues a report; it is begun at once when no other is being computed.
   *
   * @throws FleetReport.UnknownStores if the request names a store that the caller cannot see
   * @throws Full if too many are queued
   */
  public Report submit(ReportRequest request, Caller caller) {
    return submit(request, caller, null).report();
  }

  /**
   * Queues a report, or returns the one that this caller requested before with the same key and
   * content, as long as that one exists, at most for a day.
   *
   * @param key what makes several requests count as one; null if each one counts
   * @throws KeyTaken if the caller sent the key with another request
   * @throws FleetReport.UnknownStores if the request names a store that the caller cannot see
   * @throws Full if too many are queued
   */
  public Accepted submit(ReportRequest request, Caller caller, @Nullable IdempotencyKey key) {
    long now = now();
    // The newest poll of some stores alone has to be searched, which nobody should wait for.
    OptionalLong asOf = fleetReport.asOf(request, now);
    Accepted asked =
        database.exclusively("report.ask", () -> submitAlone(request, caller, key, asOf, now));
    queue.wake();
    return asked;
  }

  /** Runs while nobody else requests a report: what was counted and looked up stays true. */
  private Accepted submitAlone(
      ReportRequest request,
      Caller caller,
      @Nullable IdempotencyKey key,
      OptionalLong asOf,
      long now) {
    RequestOrigin.Once once =
        key == null ? null : new RequestOrigin.Once(key.text(), request.fingerprint());
    Optional<Report> earlier =
        once == null
            ? Optional.empty()
            : reports.findRequested(caller.name(), once.key(), now - ONCE);
    if (earlier.isEmpty()) {
      return new Accepted(queue(request, asOf, new RequestOrigin(now, caller.name(), once)), false);
    }
    if (key != null && !Objects.equals(earlier.get().origin().once(), once)) {
      throw new KeyTaken(key);
    }
    return new Accepted(earlier.get(), true);
  }

  private Report queue(ReportRequest request, OptionalLong asOf, RequestOrigin by) {
    fleetReport.requireStores(request);
    if (reports.countQueued() >= mostQueued) {
      throw new Full(mostQueued);
    }
    return reports.add(fleetReport.accept(request, asOf, by.at(), lateClose), asOf, by);
  }

  /** Returns how far a report is, if it is being computed. */
  public Optional<Reports.Progress> progress(Report report) {
    Optional<Reports.Progress> own = queue.held(report.number()).map(RunningReport::progress);
    return own.isEmpty() && database.isShared() && report.state() instanceof ReportState.Running
        ? reports.progress(report.number())
        : own;
  }

  /** Returns whether this process is giving up a report that it computes. */
  boolean isUnwanted(Report report) {
    return queue.held(report.number()).map(own -> !own.isWanted()).orElse(true);
  }

  /**
   * Deletes a report with its rows; one that is being computed is given up.
   *
   * @return whether it was there until now
   */
  public boolean delete(Report report) {
    queue.held(report.number()).ifPresent(RunningReport::giveUp);
    boolean deleted = reports.delete(report.number());
    listener.changed(report.number());
    return deleted;
  }

  long now() {
    return Micros.of(clock.instant());
  }

  boolean isStopping() {
    return queue.isStopping();
  }

  /**
   * Tells the listeners that a report was claimed, at an instant in microseconds since the epoch.
   */
  void started(Report report, long claimed) {
    listener.changed(report.number());
    Duration waited = Duration.of(Math.max(0, claimed - report.origin().at()), ChronoUnit.MICROS);
    durations.forEach(each -> each.started(waited));
  }

  void progressed(Report report) {
    listener.progressed(report.number());
  }

  /**
   * Tells the listeners that this process has stopped computing a report, and how the report ended
   * if it did.
   */
  void ended(Report report, Optional<ReportListener.Outcome> outcome, Duration took) {
    outcome.ifPresent(how -> durations.forEach(each -> each.ended(how, took)));
    listener.changed(report.number());
  }

  /** Ends the threads; a report being computed is given up, to be computed at the next start. */
  @Override
  public void close() {
    queue.close();
  }
}
