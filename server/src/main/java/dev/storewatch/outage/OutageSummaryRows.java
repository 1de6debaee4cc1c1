package dev.storewatch.outage;

import dev.storewatch.csv.CsvFields;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The writer of sums of outages, each row as it comes. CSV has rows of one kind alone, for stores
 * or for groups; a table has all that is given.
 */
public final class OutageSummaryRows implements OutageSums.Receiver {
  private static final String TABLE = "%-28s  %8s  %8s  %12s  %12s  %-20s  %10s  %10s";
  private static final String SUMS =
      "outages,ongoing,open_seconds,longest_id,longest_store_id,longest_open_seconds,recoveries,"
          + "mean_seconds_to_recover,intervals,mean_seconds_between";
  private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

  private final OutageRows.Format format;
  private final boolean grouped;
  private final PrintWriter out;

  /**
   * A writer of sums, which has written the names of the columns.
   *
   * @param grouped whether rows are about groups, not stores
   */
  public OutageSummaryRows(OutageRows.Format format, boolean grouped, PrintWriter out) {
    this.format = format;
    this.grouped = grouped;
    this.out = out;
    switch (format) {
      case TABLE -> tableHeader();
      case CSV -> line((grouped ? "total,group_by,tag,stores," : "store_id,store_name,") + SUMS);
    }
  }

  @Override
  public void total(OutageSums.OfGroup total) {
    switch (format) {
      case TABLE -> table(nameOf(total), total.sums());
      case CSV -> {
        if (grouped) {
          line(
              String.join(
                  ",",
                  total.total(),
                  CsvFields.of(text(total.groupBy())),
                  CsvFields.of(text(total.tag())),
                  Integer.toString(total.stores()),
                  csv(total.sums())));
        }
      }
    }
  }

  @Override
  public void store(OutageSums.OfStore store) {
    switch (format) {
      case TABLE -> table(store.storeId(), store.sums());
      case CSV ->
          line(
              String.join(
                  ",",
                  CsvFields.of(store.storeId()),
                  CsvFields.of(text(store.storeName())),
                  csv(store.sums())));
    }
  }

  private static String csv(OutageSums sums) {
    OutageSums.Longest longest = sums.longest();
    return String.join(
        ",",
        Integer.toString(sums.outages()),
        Integer.toString(sums.ongoing()),
        plain(sums.openSeconds()),
        longest == null ? "" : longest.id(),
        longest == null ? "" : CsvFields.of(longest.storeId()),
        longest == null ? "" : plain(longest.openSeconds()),
        Integer.toString(sums.recoveries()),
        plain(sums.meanSecondsToRecover()),
        Integer.toString(sums.intervals()),
        plain(sums.meanSecondsBetween()));
  }

  private static String nameOf(OutageSums.OfGroup total) {
    String tag =
        total.groupBy() == null
            ? "all stores"
            : Objects.requireNonNullElse(total.tag(), "no " + total.groupBy());
    return "%s (%d)".formatted(tag, total.stores());
  }

  private void tableHeader() {
    line(
        TABLE.formatted(
            grouped ? "group" : "store",
            "outages",
            "ongoing",
            "open min",
            "longest min",
            "longest",
            "to recover",
            "between"));
  }

  private void table(String name, OutageSums sums) {
    OutageSums.Longest longest = sums.longest();
    line(
        TABLE.formatted(
            name,
            sums.outages(),
            sums.ongoing(),
            minutes(sums.openSeconds()),
            longest == null ? "" : minutes(longest.openSeconds()),
            longest == null ? "" : longest.id(),
            minutes(sums.meanSecondsToRecover()),
            minutes(sums.meanSecondsBetween())));
  }

  private static String minutes(@Nullable BigDecimal seconds) {
    return seconds == null ? "" : seconds.divide(MINUTE, 2, RoundingMode.HALF_UP).toPlainString();
  }

  /** Always with all decimals, which a number that came as JSON has lost. */
  private static String plain(@Nullable BigDecimal seconds) {
    return seconds == null ? "" : seconds.setScale(6).toPlainString();
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  /** Not println, whose line ends are those of the machine. */
  private void line(String text) {
    out.print(text.stripTrailing());
    out.print('\n');
  }
}
