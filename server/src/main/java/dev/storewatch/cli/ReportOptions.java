package dev.storewatch.cli;

import dev.storewatch.hours.LateClose;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of the command line for a report.
 *
 * @param asOf {@code latest}, {@code now} or an ISO 8601 instant
 * @param storeIds the stores, or null for every store
 * @param tags the tags that the stores have, all of them; empty for stores of any tags
 */
record ReportOptions(
    String asOf,
    Rule rule,
    List<Window> windows,
    @Nullable List<String> storeIds,
    LateClose lateClose,
    Detail detail,
    Format format,
    List<String> tags) {
  /** A request, whatever tags stores have. */
  ReportOptions(
      String asOf,
      Rule rule,
      List<Window> windows,
      @Nullable List<String> storeIds,
      LateClose lateClose,
      Detail detail,
      Format format) {
    this(asOf, rule, windows, storeIds, lateClose, detail, format, List.of());
  }
}
