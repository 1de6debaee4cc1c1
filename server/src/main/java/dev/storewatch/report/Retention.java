package dev.storewatch.report;

import dev.storewatch.interval.Micros;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes reports that ended long ago, once a day. */
@Component
class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Reports reports;
  private final Clock clock;
  private final Duration kept;

  Retention(Reports reports, Clock clock, ReportSettings settings) {
    this.reports = reports;
    this.clock = clock;
    this.kept = settings.reportRetention();
  }

  @Scheduled(initialDelay = 1, fixedRate = 24 * 60, timeUnit = TimeUnit.MINUTES)
  void deleteOldReports() {
    int deleted = reports.deleteEndedBefore(Micros.of(clock.instant().minus(kept)));
    if (deleted > 0) {
      LOG.info("deleted {} report(s) that ended more than {} ago", deleted, kept);
    }
  }
}
