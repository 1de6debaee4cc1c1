package dev.storewatch.schedule;

import dev.storewatch.alert.Deliveries;
import dev.storewatch.database.Database;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.Reports;
import dev.storewatch.store.Stores;
import dev.storewatch.summary.Summaries;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that make and send reports at local times. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScheduleSettings.class)
class ScheduleBeans {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  @Bean
  ScheduleBook scheduleBook(Database database, Deliveries deliveries, Clock clock) {
    return new ScheduleBook(database, deliveries, clock);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  ScheduleQueue scheduleQueue(
      Database database,
      ReportQueue reportQueue,
      Reports reports,
      Stores stores,
      Summaries summaries,
      Deliveries deliveries,
      ScheduleSettings settings,
      Clock clock) {
    Maker maker = new Maker(reportQueue, reports, stores, summaries);
    return new ScheduleQueue(database, maker, deliveries, settings, clock);
  }

  /** Of each server: whichever looks first makes what is due. */
  @Bean
  Job scheduleJob(ScheduleQueue queue) {
    return Job.ofEachProcess("report-schedule", BETWEEN_LOOKS, queue::wake);
  }
}
