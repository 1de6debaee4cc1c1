package dev.storewatch.report;

import dev.storewatch.notice.Finding;
import dev.storewatch.store.Registry;
import dev.storewatch.window.Dates;
import dev.storewatch.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The periods of a report that are not over at its as-of instant, on the clocks of its stores. */
final class UnfinishedPeriods {
  private final ReportSpec spec;
  private final ReportTable table;
  private final Registry registry;

  private UnfinishedPeriods(ReportSpec spec, ReportTable table, Registry registry) {
    this.spec = spec;
    this.table = table;
    this.registry = registry;
  }

  /** Returns what is to be told of them, if there are any. */
  static Optional<Finding> of(ReportSpec spec, ReportTable table, Registry registry) {
    return new UnfinishedPeriods(spec, table, registry).find();
  }

  private Optional<Finding> find() {
    List<Integer> windows =
        IntStream.range(0, spec.windows().size())
            .filter(window -> spec.windows().get(window) instanceof Dates)
            .filter(window -> rows().anyMatch(row -> isUnfinished(row, window)))
            .boxed()
            .toList();
    if (windows.isEmpty()) {
      return Optional.empty();
    }
    IntPredicate wanted = row -> windows.stream().anyMatch(window -> isUnfinished(row, window));
    return Optional.of(
        Finding.of(
            new Finding.Unfinished(
                spec.asOf(),
                windows.stream().map(spec.windows()::get).map(Window::format).toList()),
            (int) rows().filter(wanted).count(),
            rows().filter(wanted).limit(Finding.MOST_EXAMPLES).mapToObj(table::storeId).toList()));
  }

  private IntStream rows() {
    return IntStream.range(0, table.size());
  }

  private boolean isUnfinished(int row, int window) {
    long end = table.ends()[table.firstEnd(row) + 2 * window + 1];
    return end == spec.asOf()
        && !spec.windows()
            .get(window)
            .isOver(spec.asOf(), registry.schedule(table.store(row), spec.lateClose()));
  }
}
