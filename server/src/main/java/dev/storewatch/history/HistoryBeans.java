package dev.storewatch.history;

import dev.storewatch.cost.Costs;
import dev.storewatch.database.Database;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a server needs to keep the days of stores. */
@Configuration(proxyBeanMethods = false)
class HistoryBeans {
  /** Nobody waits for it: what is not kept yet is computed when somebody asks. */
  private static final Duration BETWEEN_UPDATES = Duration.ofSeconds(10);

  @Bean
  HistoryTracker historyTracker(
      Database database, Stores stores, Polls polls, HoursSettings hours, Clock clock) {
    return new HistoryTracker(database, stores, polls, hours.lateClose(), clock);
  }

  @Bean
  StoreHistories storeHistories(
      History history, Stores stores, Polls polls, HoursSettings hours, Clock clock) {
    return new StoreHistories(history, stores, polls, hours.lateClose(), clock);
  }

  @Bean
  StoreGroups storeGroups(
      Database database,
      History history,
      Stores stores,
      Polls polls,
      Costs costs,
      HoursSettings hours,
      Clock clock) {
    return new StoreGroups(database, history, stores, polls, costs, hours.lateClose(), clock);
  }

  @Bean
  HoursOfWeek hoursOfWeek(
      Database database, Stores stores, Polls polls, HoursSettings hours, Clock clock) {
    return new HoursOfWeek(database, stores, polls, hours.lateClose(), clock);
  }

  @Bean
  Job historyJob(HistoryTracker tracker) {
    return Job.ofOneProcess(
        "history",
        BETWEEN_UPDATES,
        () -> {
          long _ = tracker.update();
        });
  }
}
