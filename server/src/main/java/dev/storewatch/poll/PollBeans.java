package dev.storewatch.poll;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.StoreLimits;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in for polls, and what the server does with them by itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PollSettings.class)
class PollBeans {
  /** Most of what is asked for is of this time, and is read of all stores at once. */
  private static final Duration RECENT = Duration.ofDays(14);

  /** A year that was polled before is in order after two days of moves. */
  private static final Duration BETWEEN_MOVES = Duration.ofHours(1);

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

  @Bean
  Job pollClustering(Polls polls) {
    return Job.ofOneProcess("poll-clustering", BETWEEN_MOVES, () -> cluster(polls));
  }

  private static void cluster(Polls polls) {
    OptionalLong newest = polls.newest();
    if (newest.isPresent()) {
      boolean _ = polls.cluster(newest.getAsLong() - Micros.of(RECENT));
    }
  }
}
