package dev.storewatch.report;

import dev.storewatch.interval.Micros;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job that deletes reports that ended long ago. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Reports reports;
  private final Clock clock;
  private final Duration kept;

  Retention(Reports reports, Clock clock, ReportSettings settings) {
    this.reports = reports;
    this.clock = clock;
    this.kept = settings.reportRetention();
  }

  void deleteOldReports() {
    int deleted = reports.deleteEndedBefore(Micros.of(clock.instant().minus(kept)));
    if (deleted > 0) {
      LOG.info("deleted {} report(s) that ended more than {} ago", deleted, kept);
    }
  }
}
