package dev.storewatch.quality;

import dev.storewatch.poll.Polls;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that watch over the data. */
@Configuration(proxyBeanMethods = false)
class QualityBeans {
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(5);

  @Bean
  CoverageNow coverageNow(Stores stores, Polls polls, HoursSettings hours, Clock clock) {
    return new CoverageNow(stores, polls, hours.lateClose(), clock);
  }

  /** Of each server, because each tells its metrics. */
  @Bean
  Job coverageJob(CoverageNow coverage) {
    return Job.ofEachProcess("coverage", BETWEEN_LOOKS, coverage::look);
  }
}
