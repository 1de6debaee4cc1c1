package dev.storewatch.report;

import dev.storewatch.poll.Polls;
import dev.storewatch.store.Stores;
import dev.storewatch.system.Database;
import dev.storewatch.system.Setting;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What the server needs to take and compute reports. */
@Configuration(proxyBeanMethods = false)
class ReportBeans {
  private static final String QUEUED = "storewatch.limits.queued-reports";
  private static final String LISTENERS = "storewatch.limits.report-listeners";

  @Bean
  Reports reports(Database database, Stores stores) {
    return new DuckDbReports(database, stores);
  }

  @Bean
  FleetReport fleetReport(Database database, Stores stores, Polls polls) {
    return new FleetReport(database, stores, polls);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  ReportQueue reportQueue(
      Reports reports,
      FleetReport fleetReport,
      Polls polls,
      Clock clock,
      @Value("${storewatch.late-close-as-midnight:false}") boolean lateCloseAsMidnight,
      @Value("${" + QUEUED + ":1000}") String mostQueued) {
    return new ReportQueue(
        reports,
        fleetReport,
        polls,
        clock,
        lateCloseAsMidnight,
        new Setting(QUEUED, mostQueued).wholeNumber(1, 1_000));
  }

  @Bean
  ReportViews reportViews(Reports reports, ReportQueue queue, Stores stores) {
    return new ReportViews(reports, queue, stores);
  }

  @Bean
  ReportEvents reportEvents(
      Reports reports,
      ReportQueue queue,
      ReportViews views,
      JsonMapper json,
      @Value("${" + LISTENERS + ":1000}") String mostListeners) {
    return new ReportEvents(
        reports, queue, views, json, new Setting(LISTENERS, mostListeners).wholeNumber(1, 1_000));
  }
}
