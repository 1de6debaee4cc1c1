package dev.storewatch.report;

import dev.storewatch.database.Database;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The parts of the server that queue, compute and show reports. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ReportSettings.class, ReportLimits.class})
class ReportBeans {
  @Bean(initMethod = "start", destroyMethod = "close")
  ReportQueue reportQueue(
      Database database,
      Reports reports,
      FleetReport fleetReport,
      Clock clock,
      HoursSettings hours,
      ReportLimits limits,
      ObjectProvider<ReportListener> listeners) {
    return new ReportQueue(
        database,
        reports,
        fleetReport,
        clock,
        hours.lateClose(),
        limits.queuedReports(),
        listeners.stream().toList());
  }

  @Bean
  Job reportRetention(Reports reports, Clock clock, ReportSettings settings) {
    Retention retention = new Retention(reports, clock, settings);
    return Job.ofOneProcess("report-retention", Duration.ofDays(1), retention::deleteOldReports);
  }

  @Bean
  ReportViews reportViews(
      Reports reports, ReportQueue queue, Stores stores, Polls polls, Revisions revisions) {
    return new ReportViews(
        reports, queue, stores, new Restatements(reports, stores, polls, revisions));
  }

  @Bean
  ReportDesk reportDesk(
      Reports reports,
      ReportQueue queue,
      ReportViews views,
      Stores stores,
      Revisions revisions,
      ReportComparison comparison) {
    return new ReportDesk(reports, queue, views, stores, revisions, comparison);
  }

  @Bean
  ReportEvents reportEvents(
      Reports reports, ReportQueue queue, ReportViews views, JsonMapper json, ReportLimits limits) {
    return new ReportEvents(reports, queue, views, json, limits.reportListeners());
  }
}
