package dev.storewatch.dashboard;

import dev.storewatch.csv.RowFigures;
import dev.storewatch.csv.Sums;
import dev.storewatch.csv.TotalWriter;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The totals of a report, and those of its stores that were up the least in its last window. */
public final class ReportPreview implements TotalWriter {
  private static final int MOST_STORES = 20;
  private static final int MOST_LINES = 60;
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final List<String> windows;
  private final List<Line> totals = new ArrayList<>();
  private final int mostStores;

  /** The stores that are shown, the one that was up the longest first. */
  private final PriorityQueue<Kept> kept = new PriorityQueue<>(Kept.LEAST_FIRST.reversed());

  /**
   * A line of the preview.
   *
   * @param name the store, or whose sums they are
   * @param link the page of the store; null for sums
   * @param window the window
   * @param uptime the uptime in percent
   * @param bounds between what it lies
   * @param up how long it was up
   * @param down how long it was down
   * @param unknown of how much open time nothing is known
   * @param planned how much was planned closure
   * @param polls how many polls there were
   */
  public record Line(
      String name,
      @Nullable String link,
      String window,
      String uptime,
      String bounds,
      String up,
      String down,
      String unknown,
      String planned,
      long polls) {
    private static Line of(String name, @Nullable String link, String window, RowFigures figures) {
      long available = figures.scheduled() - figures.excluded();
      return new Line(
          name,
          link,
          window,
          figures.percent().isEmpty() ? "–" : hundredths(figures.percent().getAsLong()) + " %",
          available == 0
              ? ""
              : "%s to %s %%"
                  .formatted(
                      share(figures.upAtLeast(), available), share(figures.upAtMost(), available)),
          length(figures.up()),
          length(figures.down()),
          length(figures.unknown()),
          length(figures.excluded()),
          figures.polls());
    }

    private static String share(long part, long whole) {
      return hundredths(Figures.hundredthsOfPercent(part, whole - part).orElse(0));
    }

    private static String hundredths(long number) {
      return String.format(Locale.ROOT, "%d.%02d", number / 100, number % 100);
    }

    private static String length(long hundredthsOfMinutes) {
      return Lengths.of(Math.multiplyExact(hundredthsOfMinutes, 600_000L));
    }
  }

  private record Kept(String storeId, long order, int place, List<WindowTotals> totals) {
    static final Comparator<Kept> LEAST_FIRST =
        Comparator.comparingLong(Kept::order).thenComparingInt(Kept::place);
  }

  ReportPreview(ReportSpec spec) {
    this.windows = spec.windows().stream().map(window -> words(window.format())).toList();
    this.mostStores = Math.clamp(MOST_LINES / windows.size(), 1, MOST_STORES);
  }

  /** Returns a window in words, where it has some. */
  static String words(String window) {
    return switch (window) {
      case "PT1H" -> "last hour";
      case "P1D" -> "last day";
      case "P7D" -> "last 7 days";
      case "P30D" -> "last 30 days";
      case "P1M" -> "last month up to as-of";
      default -> window;
    };
  }

  private int seen;

  @Override
  public void row(String storeId, long[] sums, int offset, long[] ends, int firstEnd) {
    WindowTotals last =
        WindowTotals.read(sums, offset + (windows.size() - 1) * WindowTotals.FIELDS);
    long order = Figures.hundredthsOfPercent(last.up(), last.down()).orElse(UNKNOWN);
    seen++;
    if (kept.size() == mostStores && kept.element().order() <= order) {
      return;
    }
    List<WindowTotals> all = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      all.add(WindowTotals.read(sums, offset + window * WindowTotals.FIELDS));
    }
    kept.add(new Kept(storeId, order, seen, all));
    if (kept.size() > mostStores) {
      kept.remove();
    }
  }

  @Override
  public void total(Sums total) {
    for (int window = 0; window < windows.size(); window++) {
      totals.add(Line.of(name(total), null, windows.get(window), total.figures(window)));
    }
  }

  private static String name(Sums total) {
    String by = total.by();
    String tag = total.tag();
    String stores = total.stores() == 1 ? "1 store" : "%,d stores".formatted(total.stores());
    if (by == null) {
      return "all, " + stores;
    }
    return "%s, %s".formatted(tag == null ? "without " + by : tag, stores);
  }

  @Override
  public void finish() {
    // All of it is in memory.
  }

  List<Line> totals() {
    return List.copyOf(totals);
  }

  /** Returns the lines of the stores that were up the least, the least first. */
  List<Line> stores() {
    List<Line> lines = new ArrayList<>();
    kept.stream()
        .sorted(Kept.LEAST_FIRST)
        .forEach(
            store -> {
              for (int window = 0; window < windows.size(); window++) {
                lines.add(
                    Line.of(
                        store.storeId(),
                        Fleet.link(store.storeId()),
                        windows.get(window),
                        RowFigures.of(store.totals().get(window))));
              }
            });
    return lines;
  }
}
