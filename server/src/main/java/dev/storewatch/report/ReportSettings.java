package dev.storewatch.report;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of reports.
 *
 * @param reportRetention how long a report is kept after it has ended, an hour at least; once a
 *     day, older ones are deleted
 */
@ConfigurationProperties(prefix = "storewatch")
record ReportSettings(@DefaultValue("P30D") Duration reportRetention) {
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is invalid
   */
  ReportSettings {
    if (reportRetention.compareTo(SHORTEST) < 0 || reportRetention.compareTo(LONGEST) > 0) {
      throw new WrongInput(
          "storewatch.report-retention is %s: use a duration from %s to P%dD, for example P30D"
              .formatted(reportRetention, SHORTEST, LONGEST.toDays()));
    }
  }
}
