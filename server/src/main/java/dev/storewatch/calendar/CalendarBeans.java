package dev.storewatch.calendar;

import dev.storewatch.database.Database;
import dev.storewatch.store.Stores;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that change when stores should be online. */
@Configuration(proxyBeanMethods = false)
class CalendarBeans {
  @Bean
  SpecialDayBook specialDayBook(Database database, Stores stores, Clock clock) {
    return new SpecialDayBook(database, stores, clock);
  }
}
