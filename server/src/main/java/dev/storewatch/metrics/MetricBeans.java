package dev.storewatch.metrics;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.storewatch.database.Database;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.gate.Refusals;
import dev.storewatch.importing.Imports;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.ReportEvents;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.Reports;
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
      Stores stores, Polls polls, Reports reports, Imports imports, Clock clock) {
    Fresh<FleetNow> now =
        new Fresh<>(
            new Inquiry<>(
                "fleet-metrics",
                PATIENCE,
                () -> FleetNow.look(stores, polls, reports, imports, clock)));
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
