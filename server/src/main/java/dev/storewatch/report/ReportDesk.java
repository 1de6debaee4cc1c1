package dev.storewatch.report;

import dev.storewatch.csv.TotalWriter;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.Groups;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * What people and programs do with reports: the interface and the pages are two ways to it. What
 * cannot be done is a {@link Problem}.
 */
public final class ReportDesk {
  private final Reports reports;
  private final ReportQueue queue;
  private final ReportViews views;
  private final Stores stores;
  private final Revisions revisions;
  private final ReportComparison comparison;

  /** One at a time: it has all processors. */
  private final Semaphore comparisons = new Semaphore(1);

  ReportDesk(
      Reports reports,
      ReportQueue queue,
      ReportViews views,
      Stores stores,
      Revisions revisions,
      ReportComparison comparison) {
    this.reports = reports;
    this.queue = queue;
    this.views = views;
    this.stores = stores;
    this.revisions = revisions;
    this.comparison = comparison;
  }

  /** Returns reports that a caller may see, the newest first. */
  public List<ReportView> newest(Scope scope, int most) {
    return views.of(reports.list(most, Integer.MAX_VALUE, null, scope), scope);
  }

  /** Returns a report as a caller sees it. */
  public ReportView view(Report report, Scope scope) {
    return views.of(report, scope);
  }

  /** Returns the report of an id. */
  public Report report(String id, Scope scope) {
    return reports.find(id, scope).orElseThrow(() -> unknown(id));
  }

  private static ErrorResponseException unknown(String id) {
    return Problem.notFound(
        "there is no report with the id %s: list the reports at /api/v1/reports, or ask for a new one with POST"
            .formatted(id));
  }

  /**
   * Queues a report, or returns the one that the caller asked for before with the same key.
   *
   * @param key what makes several requests count as one; null if each one counts
   */
  public ReportQueue.Accepted ask(
      @Nullable ReportRequestBody body, Scope scope, Caller caller, @Nullable IdempotencyKey key) {
    try {
      ReportRequest request =
          body == null ? ReportRequest.standard(scope) : body.toRequest(scope, revisions);
      return queue.submit(request, caller, key);
    } catch (ReportQueue.KeyTaken e) {
      throw Problem.unprocessable(e);
    } catch (ReportQueue.Full e) {
      throw Problem.tooMany(String.valueOf(e.getMessage()), ReportQueue.Full.RETRY_AFTER);
    }
  }

  /** Deletes a report; one that is being computed is given up. */
  public void delete(String id, Scope scope) {
    if (!queue.delete(report(id, scope))) {
      throw unknown(id);
    }
  }

  /**
   * Compares a complete report with the data of now, or with another complete report.
   *
   * @param with the id of the other report; null for the data of now
   * @param most how many differences are listed; all are counted
   */
  public ComparisonView compare(String id, @Nullable String with, Scope scope, int most) {
    Report report = report(id, scope);
    ReportState.Complete _ = complete(report);
    Report other = with == null ? null : report(with, scope);
    if (other != null) {
      ReportState.Complete _ = complete(other);
    }
    if (!comparisons.tryAcquire()) {
      throw Problem.tooMany(
          "another report is being compared: ask again in a few seconds",
          ReportQueue.Full.RETRY_AFTER);
    }
    try {
      return other == null
          ? comparison.compare(report, scope, most)
          : comparison.compare(report, other, scope, most);
    } finally {
      comparisons.release();
    }
  }

  /** Gives the rows of a complete report, and the totals after them, to a writer. */
  public void read(Report report, Scope scope, Grouping wanted, TotalWriter writer) {
    ReportState.Complete _ = complete(report);
    Registry registry = stores.registry();
    Groups groups = Groups.of(registry, key -> scope.includes(registry, key), wanted);
    reports.writeRows(report, scope, new TotalRows(report.spec(), groups, writer));
  }

  /** Returns what a report says that is complete. */
  static ReportState.Complete complete(Report report) {
    return switch (report.state()) {
      case ReportState.Complete complete -> complete;
      case ReportState.Failed failed ->
          throw Problem.conflict(
              "report %s failed, so it has no rows: %s".formatted(report.id(), failed.reason()));
      case ReportState.Queued queued -> throw notYet(report);
      case ReportState.Running running -> throw notYet(report);
    };
  }

  private static ErrorResponseException notYet(Report report) {
    return Problem.conflict(
        "report %s is %s: ask for its rows when the state at /api/v1/reports/%s is complete"
            .formatted(report.id(), report.state().word(), report.id()));
  }
}
