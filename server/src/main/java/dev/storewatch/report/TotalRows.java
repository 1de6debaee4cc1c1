package dev.storewatch.report;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.csv.TotalWriter;
import dev.storewatch.store.Groups;
import java.util.List;

/** A writer that passes the rows of stores on and sums them, and writes the sums after them. */
public final class TotalRows implements RowWriter {
  private final Groups groups;
  private final TotalWriter writer;
  private final List<Total> totals;

  TotalRows(ReportSpec spec, Groups groups, TotalWriter writer) {
    this.groups = groups;
    this.writer = writer;
    this.totals =
        groups.all().stream().map(group -> new Total(group, spec.windows().size())).toList();
  }

  @Override
  public void row(String storeId, long[] sums, int offset, long[] ends, int firstEnd) {
    groups.of(storeId, place -> totals.get(place).add(sums, offset, ends, firstEnd));
    writer.row(storeId, sums, offset, ends, firstEnd);
  }

  @Override
  public void finish() {
    totals.stream().filter(total -> total.stores() > 0).forEach(writer::total);
    writer.finish();
  }
}
