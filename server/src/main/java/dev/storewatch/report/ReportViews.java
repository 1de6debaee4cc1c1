package dev.storewatch.report;

import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reports as callers see them, each of whom may see only some of the stores. */
final class ReportViews {
  private final Reports reports;
  private final ReportQueue queue;
  private final Stores stores;
  private final Restatements restatements;

  ReportViews(Reports reports, ReportQueue queue, Stores stores, Restatements restatements) {
    this.restatements = restatements;
    this.reports = reports;
    this.queue = queue;
    this.stores = stores;
  }

  ReportView of(Report report, Scope scope) {
    return of(List.of(report), scope).getFirst();
  }

  List<ReportView> of(List<Report> several, Scope scope) {
    Map<Integer, Integer> rows = reports.countRows(several, scope);
    return several.stream().map(report -> of(report, scope, rows)).toList();
  }

  private ReportView of(Report report, Scope scope, Map<Integer, Integer> rows) {
    Predicate<String> seen = seen(scope);
    List<String> ids = report.spec().storeIds();
    return ReportView.of(
        report,
        queue.progress(report),
        ids == null ? null : ids.stream().filter(seen).toList(),
        rows.getOrDefault(report.number(), 0),
        seen,
        restatements.of(report, scope));
  }

  /**
   * Returns which stores may be named: not those that are not in the scope any more, for the caller
   * must not learn of them.
   */
  private Predicate<String> seen(Scope scope) {
    if (scope.isEverything()) {
      return id -> true;
    }
    Registry registry = stores.registry();
    return id -> scope.key(registry, id).isPresent();
  }
}
