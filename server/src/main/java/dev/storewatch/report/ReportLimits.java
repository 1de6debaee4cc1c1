package dev.storewatch.report;

import dev.storewatch.setting.Limits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many reports may wait, and how many clients may listen to them.
 *
 * @param queuedReports how many reports may wait to be computed
 * @param reportListeners how many clients may listen to the progress of reports at once
 */
@ConfigurationProperties(prefix = Limits.PREFIX)
record ReportLimits(
    @DefaultValue("1000") int queuedReports, @DefaultValue("1000") int reportListeners) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one of them is too small for anything to be let in
   */
  ReportLimits {
    Limits.require(queuedReports > 0, "queued-reports", queuedReports, "1000");
    Limits.require(reportListeners > 0, "report-listeners", reportListeners, "1000");
  }
}
