package dev.storewatch.database;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** The database of the server, its clock, and the disk beside it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseSettings.class, DiskLimits.class})
class DatabaseBeans {
  @Bean
  Database database(DataFolder folder, DatabaseSettings settings) {
    return Database.open(folder, settings);
  }

  @Bean
  Clock clock(Database database) {
    return database.clock();
  }

  /**
   * Ends all waiting for the database before any other part of the server ends: a part may want to
   * write something at its end.
   */
  @Bean
  ApplicationListener<ContextClosedEvent> endOfWaiting(Database database) {
    return closed -> database.waitNoMore();
  }

  @Bean
  FreeDisk freeDisk(DataFolder folder, DiskLimits limits) {
    return new FreeDisk(folder.path(), limits.freeDiskBytes());
  }
}
