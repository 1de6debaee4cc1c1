package dev.storewatch.report;

import dev.storewatch.poll.Polls;
import dev.storewatch.store.Stores;
import dev.storewatch.system.Database;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the server needs to take and compute reports. */
@Configuration(proxyBeanMethods = false)
class ReportBeans {
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
      @Value("${storewatch.late-close-as-midnight:false}") boolean lateCloseAsMidnight) {
    return new ReportQueue(reports, fleetReport, polls, clock, lateCloseAsMidnight);
  }
}
