package dev.storewatch.timeline;

import dev.storewatch.cost.Costs;
import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The parts of the server that explain and measure one store's time, and find the states of all
 * stores.
 */
@Configuration(proxyBeanMethods = false)
class TimelineBeans {
  private final LateClose lateClose;

  TimelineBeans(HoursSettings hours) {
    this.lateClose = hours.lateClose();
  }

  @Bean
  UptimeMeter uptimeMeter(Database database, Stores stores, Polls polls, Costs costs) {
    return new UptimeMeter(database, stores, polls, costs);
  }

  @Bean
  Terms.Reader termsReader(Polls polls, Stores stores, Clock clock) {
    return new Terms.Reader(polls, stores, clock, lateClose);
  }
}
