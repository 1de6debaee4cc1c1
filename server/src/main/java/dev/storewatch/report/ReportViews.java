package dev.storewatch.report;

import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports as callers see them, each of whom may see only some of the stores. */
final class ReportViews {
  private final Reports reports;
  private final ReportQueue queue;
  private final Stores stores;

  ReportViews(Reports reports, ReportQueue queue, Stores stores) {
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
    return ReportView.of(
        report,
        queue.progress(report),
        visible(report.spec().storeIds(), scope),
        rows.getOrDefault(report.number(), 0));
  }

  /**
   * Leaves out the stores that are not in the scope any more: the caller must not learn of them.
   */
  private @Nullable List<String> visible(@Nullable List<String> ids, Scope scope) {
    if (ids == null || scope.isEverything()) {
      return ids;
    }
    Registry registry = stores.registry();
    return ids.stream()
        .filter(id -> registry.key(id).stream().anyMatch(key -> scope.includes(registry, key)))
        .toList();
  }
}
