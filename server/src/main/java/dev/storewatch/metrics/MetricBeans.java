package dev.storewatch.metrics;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.database.Database;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.gate.Refusals;
import dev.storewatch.history.HistoryTracker;
import dev.storewatch.history.KeptNow;
import dev.storewatch.importing.Imports;
import dev.storewatch.incident.IncidentBook;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.poll.Polls;
import dev.storewatch.quality.CoverageNow;
import dev.storewatch.report.ReportEvents;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.Reports;
import dev.storewatch.source.Inbox;
import dev.storewatch.source.KafkaLag;
import dev.storewatch.source.SourceBook;
import dev.storewatch.store.Stores;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The metrics of the product, beside those of Spring Boot. Names begin with {@code storewatch.};
 * labels have few values, all known beforehand: never an id or a path.
 */
@Configuration(proxyBeanMethods = false)
class MetricBeans {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Bean
  ImportMetrics importMetrics(MeterRegistry registry) {
    return new ImportMetrics(registry);
  }

  @Bean
  ReportMetrics reportMetrics(MeterRegistry registry) {
    return new ReportMetrics(registry);
  }

  @Bean
  SourceMetrics sourceMetrics(MeterRegistry registry) {
    return new SourceMetrics(registry);
  }

  @Bean
  MeterBinder inboxMetrics(Inbox inbox) {
    return registry ->
        gauge(
            registry,
            "storewatch.inbox.waiting",
            "Files in the watched folder, and those taken from it whose import has not ended",
            inbox::waiting);
  }

  @Bean
  MeterBinder kafkaMetrics(KafkaLag lag) {
    return registry ->
        gauge(
            registry,
            "storewatch.kafka.lag",
            "Records of Kafka in the partitions of this server that are not written yet; not a"
                + " number while that is not known",
            lag::records);
  }

  @Bean
  MeterBinder pullMetrics(SourceBook sources) {
    Fresh<Integer> failing =
        new Fresh<>(new Inquiry<>("source-metrics", PATIENCE, sources::countFailing));
    return registry ->
        gauge(
            registry,
            "storewatch.sources.failing",
            "Sources whose last pull failed, of all servers on the database",
            () -> failing.number(Integer::doubleValue));
  }

  @Bean
  MeterBinder coverageMetrics(CoverageNow coverage) {
    return registry -> {
      gauge(
          registry,
          "storewatch.polls.expected",
          "Stores that were open throughout the last whole hour, so that a poll was expected",
          () -> coverage.last().expected());
      gauge(
          registry,
          "storewatch.polls.received",
          "Those of them that were polled in it",
          () -> coverage.last().received());
    };
  }

  @Bean
  AlertMetrics alertMetrics(MeterRegistry registry) {
    return new AlertMetrics(registry);
  }

  @Bean
  MeterBinder troubleMetrics(OutageBook outages, IncidentBook incidents) {
    Fresh<Long> ongoing = fresh("outage-metrics", outages::countOngoing);
    Fresh<Long> open = fresh("incident-metrics", incidents::countOpen);
    return registry -> {
      gauge(
          registry,
          "storewatch.outages.ongoing",
          "Outages that go on, of all servers on the database",
          () -> ongoing.number(Long::doubleValue));
      gauge(
          registry,
          "storewatch.incidents.open",
          "Incidents that last, of all servers on the database",
          () -> open.number(Long::doubleValue));
    };
  }

  @Bean
  MeterBinder historyMetrics(HistoryTracker tracker) {
    Fresh<KeptNow> kept = new Fresh<>(new Inquiry<>("history-metrics", PATIENCE, tracker::kept));
    return registry -> {
      gauge(
          registry,
          "storewatch.history.known.timestamp.seconds",
          "The instant up to which the days of stores are kept, in seconds since the epoch; not a"
              + " number while none are",
          () -> kept.number(KeptNow::knownTo));
      gauge(
          registry,
          "storewatch.history.behind.seconds",
          "How long before the newest poll the kept days of stores end: some six hours, and more"
              + " while days are being computed; not a number while none are kept",
          () -> kept.number(KeptNow::behind));
      gauge(
          registry,
          "storewatch.history.whole",
          "Whether the kept days of stores have every change that is known; 0 while some are to be"
              + " computed anew",
          () -> kept.number(now -> now.isWhole() ? 1 : 0));
      gauge(
          registry,
          "storewatch.history.last.building.timestamp.seconds",
          "When this server last computed days to be kept, in seconds since the epoch; not a number"
              + " until it does",
          () -> building(tracker, last -> last.end().toEpochMilli() / 1e3));
      gauge(
          registry,
          "storewatch.history.last.building.duration.seconds",
          "How long this server took when it last computed days to be kept; not a number until it"
              + " does",
          () -> building(tracker, last -> last.took().toNanos() / 1e9));
    };
  }

  private static double building(
      HistoryTracker tracker, ToDoubleFunction<HistoryTracker.Building> number) {
    return tracker.lastBuilding().map(number::applyAsDouble).orElse(Double.NaN);
  }

  private static Fresh<Long> fresh(String name, Supplier<Long> question) {
    return new Fresh<>(new Inquiry<>(name, PATIENCE, question));
  }

  @Bean
  MeterBinder workMetrics(ReportQueue queue, ReportEvents events) {
    return registry -> {
      gauge(registry, "storewatch.reports.running", "Reports being computed", queue::running);
      gauge(
          registry,
          "storewatch.report.listeners",
          "Clients that listen to the progress of reports",
          events::listening);
    };
  }

  @Bean
  MeterBinder fleetMetrics(
      Stores stores,
      Polls polls,
      Reports reports,
      Imports imports,
      Deliveries deliveries,
      Clock clock) {
    Fresh<FleetNow> now =
        new Fresh<>(
            new Inquiry<>(
                "fleet-metrics",
                PATIENCE,
                () -> FleetNow.look(stores, polls, reports, imports, deliveries, clock)));
    return registry -> {
      gauge(
          registry,
          "storewatch.stores",
          "Stores that are known",
          () -> now.number(FleetNow::stores));
      gauge(
          registry,
          "storewatch.reports.queued",
          "Reports that wait, of all servers on the database",
          () -> now.number(FleetNow::reportsQueued));
      gauge(
          registry,
          "storewatch.imports.queued",
          "Files that wait to be imported, of all servers on the database",
          () -> now.number(FleetNow::importsQueued));
      gauge(
          registry,
          "storewatch.alerts.queued",
          "Messages that wait for their channels, of all servers on the database",
          () -> now.number(FleetNow::alertsQueued));
      gauge(
          registry,
          "storewatch.alerts.dead",
          "Messages that are not sent any more, unless somebody sends them again",
          () -> now.number(FleetNow::alertsDead));
      gauge(
          registry,
          "storewatch.newest.poll.age.seconds",
          "How long ago the newest poll was made",
          () -> now.number(FleetNow::newestPollAge));
    };
  }

  @Bean
  MeterBinder databaseMetrics(Database database, Inquiry<Duration> databaseRoundTrip) {
    Fresh<Duration> roundTrip = new Fresh<>(databaseRoundTrip);
    return registry -> {
      database.pool().setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
      gauge(
          registry,
          "storewatch.database.up",
          "Whether the database answers within 2 seconds",
          () -> roundTrip.get().isPresent() ? 1 : 0);
      gauge(
          registry,
          "storewatch.database.round.trip.seconds",
          "How long the database took to answer",
          () -> roundTrip.number(took -> took.toNanos() / 1e9));
    };
  }

  @Bean
  MeterBinder diskMetrics(FreeDisk disk) {
    return registry -> {
      gauge(
          registry,
          "storewatch.disk.free.bytes",
          "Room on the disk of the data folder",
          () -> bytes(disk::usable));
      gauge(
          registry,
          "storewatch.disk.total.bytes",
          "Size of the disk of the data folder",
          () -> bytes(disk::total));
    };
  }

  private interface Bytes {
    long count() throws IOException;
  }

  private static double bytes(Bytes bytes) {
    try {
      return bytes.count();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  @Bean
  MeterBinder accessMetrics(Refusals refusals) {
    return registry -> {
      refused(registry, "key", refusals, Refusals::keys);
      refused(registry, "sign_in", refusals, Refusals::signIns);
    };
  }

  private static void refused(
      MeterRegistry registry, String what, Refusals refusals, ToDoubleFunction<Refusals> count) {
    FunctionCounter.builder("storewatch.access.refused", refusals, count)
        .description("Wrong keys, and attempts to sign in that failed")
        .tag("what", what)
        .register(registry);
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }
}
