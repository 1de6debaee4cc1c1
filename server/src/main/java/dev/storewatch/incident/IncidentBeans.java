package dev.storewatch.incident;

import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.FleetReport;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import dev.storewatch.work.Follower;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a server needs to keep incidents and to tell of them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertRules.class)
class IncidentBeans {
  /** Long enough for the transaction to be committed that gave the signal. */
  private static final Duration COMMIT = Duration.ofMillis(200);

  /** The incidents of a year and its months before. */
  private static final Duration KEPT = Duration.ofDays(400);

  @Bean
  IncidentSignal incidentSignal() {
    return new IncidentSignal();
  }

  @Bean
  LateNews lateNews(Database database, AlertRules rules) {
    return new LateNews(database, rules);
  }

  @Bean
  IncidentBook incidentBook(Database database, Stores stores, ChannelBook channels, Clock clock) {
    return new IncidentBook(database, stores, () -> channels.keepingIncidents().keySet(), clock);
  }

  @Bean
  IncidentKeeper incidentKeeper(
      Database database,
      Stores stores,
      Polls polls,
      HoursSettings hours,
      Deliveries deliveries,
      ChannelBook channels,
      FleetReport report,
      AlertRules rules,
      Clock clock) {
    return new IncidentKeeper(
        database,
        stores,
        polls,
        hours.lateClose(),
        deliveries,
        channels::keepingIncidents,
        ReportedUptimes.by(rules, report, hours.lateClose()),
        rules,
        clock);
  }

  @Bean
  Follower incidentFollower(IncidentKeeper keeper, IncidentSignal signal, AlertRules rules) {
    return new Follower(
        "incidents",
        signal.signal,
        new Follower.Rhythm(rules.lookEvery(), Duration.ZERO, COMMIT),
        () -> {
          int _ = keeper.look();
        });
  }

  @Bean
  Job incidentRetention(Database database, Clock clock) {
    return Job.ofOneProcess(
        "incident-retention",
        Duration.ofDays(1),
        () -> {
          long oldest = Micros.of(clock.instant()) - Micros.of(KEPT);
          int _ = new Incidents(database).deleteBefore(oldest);
          int _ = new Recipients(database).deleteMutesBefore(oldest);
        });
  }
}
