package dev.storewatch.history;

import dev.storewatch.cost.CostOfSeveral;
import dev.storewatch.csv.CsvFields;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Groups of stores as lines: CSV, or a table. */
public final class GroupLines {
  private static final String TABLE = "%-24s  %6s  %8s  %17s  %8s  %8s  %10s  %7s  %7s  %4s";

  private GroupLines() {}

  /** Writes a row for each group, with the names of the columns before them. */
  public static void csv(GroupsView groups, PrintWriter out) {
    HistoryLines.line(
        out,
        "total,group_by,tag,window,stores,outages,"
            + DetailedRows.COLUMNS
            + ",window_before,outages_before,uptime_percent_before,change,rank,down_percent"
            + ",lost,lost_low,lost_high,currency");
    for (GroupsView.Group group : groups.groups()) {
      HistoryLines.line(
          out,
          String.join(
              ",",
              group.total(),
              CsvFields.of(DetailedRows.text(group.groupBy())),
              CsvFields.of(DetailedRows.text(group.tag())),
              groups.period().period(),
              Integer.toString(group.stores()),
              Integer.toString(group.outages()),
              DetailedRows.of(group.figures()),
              groups.before().period(),
              Integer.toString(group.outagesBefore()),
              DetailedRows.percent(group.figuresBefore().uptimePercent()),
              DetailedRows.percent(group.change()),
              group.rank() == null ? "" : group.rank().toString(),
              share(group.downPercent()),
              cost(group.cost())));
    }
  }

  private static String cost(@Nullable CostOfSeveral cost) {
    return cost == null
        ? ",,,"
        : String.join(
            ",",
            cost.lost().toPlainString(),
            cost.atLeast().toPlainString(),
            cost.atMost().toPlainString(),
            cost.currency());
  }

  private static String share(@Nullable BigDecimal percent) {
    return percent == null ? "" : percent.setScale(4).toPlainString();
  }

  /** Writes tables for people: the groups, and the stores that were down most. */
  public static void table(GroupsView groups, PrintWriter out) {
    HistoryLines.line(
        out,
        "%s, compared with %s, as of %s"
            .formatted(groups.period().period(), groups.before().period(), groups.asOf()));
    HistoryLines.line(
        out,
        TABLE.formatted(
            "group",
            "stores",
            "uptime %",
            "at least - most",
            "before",
            "change",
            "down min",
            "outages",
            "before",
            "rank"));
    groups.groups().forEach(group -> HistoryLines.line(out, row(group)));
    if (!groups.lowest().isEmpty()) {
      HistoryLines.line(out, "");
      HistoryLines.line(
          out,
          "%4s  %-24s  %8s  %10s  %8s"
              .formatted("rank", "store", "uptime %", "down min", "share %"));
      groups.lowest().forEach(store -> HistoryLines.line(out, row(store)));
    }
  }

  private static String row(GroupsView.Group group) {
    return TABLE.formatted(
        name(group),
        group.stores(),
        DetailedRows.percent(group.figures().uptimePercent()),
        HistoryLines.bounds(group.figures()),
        DetailedRows.percent(group.figuresBefore().uptimePercent()),
        signed(group.change()),
        DetailedRows.minutes(group.figures().down()),
        group.outages(),
        group.outagesBefore(),
        group.rank() == null ? "" : group.rank());
  }

  private static String row(GroupsView.Store store) {
    return "%4d  %-24s  %8s  %10s  %8s"
        .formatted(
            store.rank(),
            store.storeId(),
            DetailedRows.percent(store.figures().uptimePercent()),
            DetailedRows.minutes(store.figures().down()),
            share(store.downPercent()));
  }

  private static String name(GroupsView.Group group) {
    return group.groupBy() == null
        ? "all stores"
        : Objects.requireNonNullElse(group.tag(), "no " + group.groupBy());
  }

  private static String signed(@Nullable BigDecimal change) {
    return change == null
        ? ""
        : (change.signum() > 0 ? "+" : "") + change.setScale(2).toPlainString();
  }
}
