package dev.storewatch.cli;

import dev.storewatch.csv.CsvFields;
import dev.storewatch.report.ComparisonView;
import dev.storewatch.report.ComparisonView.Difference;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison as it is printed: a line of CSV for each figure, and a sentence about all. */
final class ComparisonLines {
  private static final String COLUMNS = "store_id,window,figure,reported,now,because";

  private ComparisonLines() {}

  static void print(ComparisonView comparison, PrintWriter out, PrintWriter err) {
    out.println(COLUMNS);
    comparison.differences().forEach(each -> out.println(line(each)));
    err.println(summary(comparison));
  }

  private static String line(Difference each) {
    String window = each.window();
    return String.join(
        ",",
        CsvFields.of(each.storeId()),
        window == null ? "" : window,
        each.figure(),
        text(each.figure(), each.reported()),
        text(each.figure(), each.now()),
        String.join(" ", each.because()));
  }

  /** Minutes and percent have two decimals, as in the report; a server sends numbers without. */
  private static String text(String name, @Nullable BigDecimal figure) {
    if (figure == null) {
      return "";
    }
    boolean isCount = name.equals("polls") || name.equals("row");
    return figure.setScale(isCount ? 0 : 2, RoundingMode.UNNECESSARY).toPlainString();
  }

  private static String summary(ComparisonView comparison) {
    if (comparison.figures() == 0) {
      return "the data of now says the same (revision %s)".formatted(comparison.revisionNow());
    }
    String more =
        comparison.figures() > comparison.differences().size()
            ? ", of which %,d are listed".formatted(comparison.differences().size())
            : "";
    Integer made = comparison.revision();
    return String.format(
        Locale.ROOT,
        "%,d figures of %,d %s differ%s (the report is of revision %s, the data of now of %s)",
        comparison.figures(),
        comparison.stores(),
        comparison.stores() == 1 ? "store" : "stores",
        more,
        made == null ? "unknown" : made.toString(),
        comparison.revisionNow());
  }
}
