package dev.storewatch.poll;

import dev.storewatch.database.Database;
import dev.storewatch.store.StoreLimits;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in for polls, and what the server does with them by itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PollSettings.class)
class PollBeans {
  @Bean(destroyMethod = "close")
  PollWriter pollWriter(
      PollIntake intake, StoreLimits limits, ObjectProvider<CommitListener> listeners) {
    return new PollWriter(intake, limits.stores(), listeners.stream().toList());
  }

  @Bean
  Job pollUpkeep(Database database, Polls polls, Clock clock, PollSettings settings) {
    PollUpkeep upkeep = new PollUpkeep(database, polls, clock, settings.pollRetention());
    return Job.ofOneProcess("polls", Duration.ofDays(1), upkeep::run);
  }
}
