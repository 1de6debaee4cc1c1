package dev.storewatch.outage;

import dev.storewatch.database.Database;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a server needs to find outages as polls come in. */
@Configuration(proxyBeanMethods = false)
class OutageBeans {
  @Bean
  OutageSignal outageSignal() {
    return new OutageSignal();
  }

  @Bean
  OutageBook outageBook(Database database, Stores stores, HoursSettings hours, Clock clock) {
    return new OutageBook(database, stores, hours.lateClose(), clock);
  }

  @Bean
  OutageSummaries outageSummaries(
      Database database, Stores stores, Polls polls, HoursSettings hours, Clock clock) {
    return new OutageSummaries(database, stores, polls, hours.lateClose(), clock);
  }

  @Bean
  OutageTracker outageTracker(
      Database database,
      Stores stores,
      Polls polls,
      HoursSettings hours,
      Clock clock,
      ObjectProvider<OutageListener> listeners) {
    return new OutageTracker(
        database, stores, polls, hours.lateClose(), clock, listeners.orderedStream().toList());
  }

  @Bean
  OutageFollower outageFollower(OutageTracker tracker, OutageSignal signal) {
    return new OutageFollower(tracker, signal.signal);
  }
}
