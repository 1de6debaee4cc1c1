package dev.storewatch.dashboard;

import dev.storewatch.history.FiguresView;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Figures of stores as pages show them. */
public final class FigureTexts {
  private FigureTexts() {}

  /** Returns the uptime in percent, or a dash if nothing is known. */
  public static String percent(FiguresView figures) {
    return percent(figures.uptimePercent());
  }

  private static String percent(@Nullable BigDecimal percent) {
    return percent == null ? "–" : percent.setScale(2).toPlainString() + " %";
  }

  /** Returns between what the uptime lies for certain; empty if no time was open. */
  public static String bounds(FiguresView figures) {
    BigDecimal least = figures.uptimePercentAtLeast();
    BigDecimal most = figures.uptimePercentAtMost();
    return least == null || most == null
        ? ""
        : "%s to %s %%"
            .formatted(least.setScale(2).toPlainString(), most.setScale(2).toPlainString());
  }

  /** Returns a length in seconds as people read it. */
  public static String length(BigDecimal seconds) {
    return Lengths.of(seconds.movePointRight(6).longValue());
  }

  /** Returns how many percentage points more there are, with a sign; a dash if that is unknown. */
  public static String change(@Nullable BigDecimal points) {
    return points == null
        ? "–"
        : "%s%s".formatted(points.signum() > 0 ? "+" : "", points.setScale(2).toPlainString());
  }

  /** Returns how much of the open time was what. */
  static String times(FiguresView figures) {
    StringBuilder text = new StringBuilder(percent(figures));
    text.append(", up ").append(length(figures.up()));
    add(text, "down", figures.down());
    add(text, "unknown", figures.unknown());
    add(text, "planned closure", figures.excluded());
    return text.toString();
  }

  private static void add(StringBuilder text, String what, BigDecimal seconds) {
    if (seconds.signum() > 0) {
      text.append(", ").append(what).append(' ').append(length(seconds));
    }
  }
}
