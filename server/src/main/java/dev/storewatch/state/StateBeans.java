package dev.storewatch.state;

import dev.storewatch.database.Database;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.States;
import dev.storewatch.store.Stores;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The states of stores, as those ask for them who show stores. */
@Configuration(proxyBeanMethods = false)
class StateBeans {
  @Bean
  States states(Database database, Stores stores, Polls polls, Clock clock, HoursSettings hours) {
    return new PolledStates(database, stores, polls, clock, hours.lateClose());
  }
}
