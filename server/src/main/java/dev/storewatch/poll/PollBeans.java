package dev.storewatch.poll;

import dev.storewatch.database.Database;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the server does with polls by itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PollSettings.class)
class PollBeans {
  @Bean
  Job pollUpkeep(Database database, Polls polls, Clock clock, PollSettings settings) {
    PollUpkeep upkeep = new PollUpkeep(database, polls, clock, settings.pollRetention());
    return new Job("polls", Duration.ofDays(1), upkeep::run);
  }
}
