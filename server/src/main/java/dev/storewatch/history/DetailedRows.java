package dev.storewatch.history;

import dev.storewatch.uptime.Figures;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of figures in files, as the detailed report has them. */
final class DetailedRows {
  static final String COLUMNS =
      "scheduled_minutes,uptime_minutes,downtime_minutes,unknown_minutes,excluded_minutes,"
          + "uptime_percent,uptime_minutes_low,uptime_minutes_high,polls";

  private DetailedRows() {}

  static String of(FiguresView figures) {
    return String.join(
        ",",
        minutes(figures.scheduled()),
        minutes(figures.up()),
        minutes(figures.down()),
        minutes(figures.unknown()),
        minutes(figures.excluded()),
        percent(figures.uptimePercent()),
        minutes(figures.upAtLeast()),
        minutes(figures.upAtMost()),
        Long.toString(figures.polls()));
  }

  /** Returns seconds as minutes with two decimals, half up. */
  static String minutes(BigDecimal seconds) {
    long hundredths = Figures.hundredthsOfMinutes(seconds.movePointRight(6).toBigIntegerExact());
    return BigDecimal.valueOf(hundredths, 2).toPlainString();
  }

  /** Returns a percentage with two decimals, which a number that came as JSON may have lost. */
  static String percent(@Nullable BigDecimal percent) {
    return percent == null ? "" : percent.setScale(2).toPlainString();
  }

  static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
