package dev.storewatch.summary;

import dev.storewatch.outage.OutageBook;
import dev.storewatch.report.FleetReport;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What makes summaries in a server. */
@Configuration(proxyBeanMethods = false)
class SummaryBeans {
  @Bean
  Summaries summaries(
      FleetReport fleetReport,
      Stores stores,
      OutageBook outages,
      HoursSettings hours,
      Clock clock) {
    return new Summaries(fleetReport, stores, outages, hours.lateClose(), clock);
  }
}
