package dev.storewatch.dashboard;

import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The uptime of a window as pages show it.
 *
 * @param text the uptime in percent, such as {@code 97.31 %}, or a dash if nothing is known
 * @param bounds between what it lies for certain, such as {@code 96.02 to 98.40 %}; empty if no
 *     time of the window was open
 * @param order what to sort by: hundredths of a percent, or -1 if nothing is known
 */
public record Percent(String text, String bounds, long order) {
  private static final long UNKNOWN = -1;

  static Percent of(WindowTotals totals) {
    OptionalLong percent = Figures.hundredthsOfPercent(totals.up(), totals.down());
    long available = totals.scheduled() - totals.excluded();
    return new Percent(
        percent.isEmpty() ? "–" : text(percent.getAsLong()) + " %",
        available == 0
            ? ""
            : "%s to %s %%"
                .formatted(
                    text(share(totals.upAtLeast(), available)),
                    text(share(totals.upAtMost(), available))),
        orderOf(totals));
  }

  /** Returns what to sort by, without the texts. */
  static long orderOf(WindowTotals totals) {
    return Figures.hundredthsOfPercent(totals.up(), totals.down()).orElse(UNKNOWN);
  }

  private static long share(long part, long whole) {
    return Figures.hundredthsOfPercent(part, whole - part).orElse(0);
  }

  private static String text(long hundredths) {
    return String.format(Locale.ROOT, "%d.%02d", hundredths / 100, hundredths % 100);
  }
}
