package dev.storewatch.report;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.report.ReportListener.Outcome;
import dev.storewatch.work.WorkQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A report that this process computes; it counts the stores as they are computed. */
final class RunningReport implements WorkQueue.Task<Integer>, FleetReport.Progress {
  private static final Logger LOG = LoggerFactory.getLogger(RunningReport.class);

  private final Report report;
  private final long claimed;
  private final ReportQueue queue;
  private final Reports reports;
  private final FleetReport fleetReport;
  private final LastComputed last;
  private final long begin = System.nanoTime();
  private int done;
  private int total;
  private volatile boolean unwanted;
  private Optional<Outcome> outcome = Optional.empty();

  /**
   * A report that is to be computed.
   *
   * @param claimed when it was claimed, in microseconds since the epoch
   */
  RunningReport(
      Report report,
      long claimed,
      ReportQueue queue,
      Reports reports,
      FleetReport fleetReport,
      LastComputed last) {
    this.report = report;
    this.claimed = claimed;
    this.queue = queue;
    this.reports = reports;
    this.fleetReport = fleetReport;
    this.last = last;
  }

  @Override
  public Integer key() {
    return report.number();
  }

  @Override
  public void begins() {
    queue.started(report, claimed);
  }

  @Override
  public void run() {
    synchronized (this) {
      done = 0;
      total = 0;
    }
    try {
      outcome = computeOrFail();
    } catch (CancellationException e) {
      LOG.debug("report {} was given up", report.id());
    }
  }

  private Optional<Outcome> computeOrFail() {
    try {
      return Optional.of(compute());
    } catch (CancellationException | DatabaseUnavailable e) {
      throw e;
    } catch (FleetReport.UnknownStores e) {
      return Optional.of(fail(reason(e)));
    } catch (WrongInput e) {
      return Optional.of(fail(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      return failUnexpectedly(e);
    }
  }

  private Outcome compute() {
    ReportSpec spec = report.spec();
    LastComputed.Computed computed =
        last.of(
            spec,
            () ->
                report.asOf().isEmpty()
                    ? fleetReport.empty(spec)
                    : fleetReport.compute(spec, this));
    boolean kept = reports.complete(key(), queue.now(), computed.rows(), computed.checksum());
    if (!kept) {
      LOG.debug("report {} was deleted while it was computed", report.id());
    }
    return kept ? Outcome.COMPLETE : Outcome.CANCELLED;
  }

  /**
   * Names the stores only to a caller who may see every store: others may have lost the right to
   * see them.
   */
  private String reason(FleetReport.UnknownStores failure) {
    return report.spec().scope().isEverything()
        ? String.valueOf(failure.getMessage())
        : "stores that it names were not there any more: ask for a new report on those that are";
  }

  /**
   * Leaves the report running when the program is about to end: the failure may come from that, and
   * the next start queues the report again.
   */
  private Optional<Outcome> failUnexpectedly(Throwable failure) {
    if (queue.isStopping()) {
      LOG.warn("report {} was interrupted and will be computed at the next start", report.id());
      return Optional.empty();
    }
    LOG.error("report {} failed", report.id(), failure);
    return Optional.of(fail(failure.getClass().getSimpleName() + ": " + failure.getMessage()));
  }

  private Outcome fail(String reason) {
    if (!reports.fail(key(), queue.now(), reason)) {
      return Outcome.CANCELLED;
    }
    LOG.info("report {} failed: {}", report.id(), reason);
    return Outcome.FAILED;
  }

  /**
   * A report that was given up has ended as cancelled; one that the end of the program broke off
   * has not ended.
   */
  @Override
  public void ends() {
    Optional<Outcome> end =
        outcome.isEmpty() && unwanted ? Optional.of(Outcome.CANCELLED) : outcome;
    queue.ended(report, end, Duration.ofNanos(System.nanoTime() - begin));
  }

  @Override
  public boolean isWanted() {
    return !unwanted;
  }

  @Override
  public void giveUp() {
    unwanted = true;
  }

  @Override
  public boolean isCancelled() {
    return unwanted || queue.isStopping();
  }

  @Override
  public boolean keepProgress() {
    return reports.keepProgress(key(), progress());
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
    queue.progressed(report);
  }

  synchronized Reports.Progress progress() {
    return new Reports.Progress(done, total);
  }
}
