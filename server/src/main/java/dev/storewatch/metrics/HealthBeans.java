package dev.storewatch.metrics;

import dev.storewatch.database.Database;
import dev.storewatch.hours.ZoneTable;
import java.time.Duration;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that tell how the server is. */
@Configuration(proxyBeanMethods = false)
class HealthBeans {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The question whether the database answers, and how long that takes. */
  @Bean
  Inquiry<Duration> databaseRoundTrip(Database database) {
    return new Inquiry<>("database-health", PATIENCE, () -> roundTrip(database));
  }

  /** What the program is: its version, and that of the rules of time zones that it uses. */
  @Bean
  InfoContributor programInfo() {
    String version = HealthBeans.class.getPackage().getImplementationVersion();
    return info ->
        info.withDetail("version", version == null ? "(not packaged)" : version)
            .withDetail("zone_rules", ZoneTable.inUse().version());
  }

  private static Duration roundTrip(Database database) {
    long begin = System.nanoTime();
    var _ =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql("SELECT max(installed_rank) FROM flyway_schema_history")
                    .query(Integer.class)
                    .single());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Bean
  RoomHealth roomHealthIndicator(Database database) {
    return new RoomHealth(
        database::wasOutOfRoom, new Inquiry<>("database-room", PATIENCE, database::isOutOfRoom));
  }

  @Bean
  DatabaseHealth databaseHealthIndicator(Inquiry<Duration> databaseRoundTrip) {
    return new DatabaseHealth(databaseRoundTrip);
  }
}
