package dev.storewatch.cli;

import dev.storewatch.hours.LateClose;
import dev.storewatch.poll.AsOf;
import dev.storewatch.report.ReportRequest;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Asked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of the command line for a report.
 *
 * @param asOf {@code latest}, {@code now} or an ISO 8601 instant
 * @param storeIds the stores, or null for every store
 * @param tags the tags that the stores have, all of them; empty for stores of any tags
 * @param revision the revision of the data as it was known then; null for none
 * @param knownAt an instant at which the data was known so; null for none
 * @param id a report that is kept, whose rows are wanted; null to compute one
 * @param grouping which totals follow the rows of the stores
 */
record ReportOptions(
    String asOf,
    Rule rule,
    List<? extends Asked> windows,
    @Nullable List<String> storeIds,
    LateClose lateClose,
    Detail detail,
    Format format,
    List<String> tags,
    @Nullable Integer revision,
    @Nullable String knownAt,
    @Nullable String id,
    Grouping grouping) {
  /** A request, whatever tags stores have, without totals. */
  ReportOptions(
      String asOf,
      Rule rule,
      List<? extends Asked> windows,
      @Nullable List<String> storeIds,
      LateClose lateClose,
      Detail detail,
      Format format) {
    this(
        asOf,
        rule,
        windows,
        storeIds,
        lateClose,
        detail,
        format,
        List.of(),
        null,
        null,
        null,
        Grouping.NONE);
  }

  /** Returns the request for all that this is about, of somebody who may see every store. */
  ReportRequest toRequest(@Nullable Integer known) {
    return new ReportRequest(
        AsOf.parse(asOf), rule, windows, storeIds, lateClose, Scope.EVERYTHING, tags, known);
  }

  /** Returns the request for other windows, with every figure, for a program to read. */
  ReportOptions forProgram(List<? extends Asked> others) {
    return new ReportOptions(
        asOf,
        rule,
        others,
        storeIds,
        lateClose,
        Detail.FULL,
        Format.JSON,
        tags,
        revision,
        knownAt,
        null,
        Grouping.of(true, grouping.by()));
  }
}
