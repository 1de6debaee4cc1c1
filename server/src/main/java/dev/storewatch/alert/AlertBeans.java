package dev.storewatch.alert;

import dev.storewatch.channel.ChannelKinds;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that keep channels and send messages to them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertSettings.class)
class AlertBeans {
  @Bean
  ChannelKinds channelKinds(Outgoing outgoing) {
    return new ChannelKinds(outgoing);
  }

  /** Fails if there are secrets that no key opens. */
  @Bean(initMethod = "useNewestKey")
  ChannelBook channelBook(
      Database database,
      DataFolder folder,
      Clock clock,
      Deliveries deliveries,
      ChannelKinds kinds,
      AlertSettings settings) {
    SecretKeys keys = new SecretKeys(settings, database.isShared() ? null : folder.path());
    return new ChannelBook(database, clock, deliveries, kinds, keys);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  DeliveryQueue deliveryQueue(
      Database database,
      Deliveries deliveries,
      ChannelBook channels,
      Clock clock,
      AlertSettings settings,
      ObjectProvider<AlertListener> listeners) {
    return DeliveryQueue.open(
        database, deliveries, channels, clock, settings.giveUpAfter(), listeners.stream().toList());
  }

  @Bean
  Job deliveryRetention(Deliveries deliveries, Clock clock, AlertSettings settings) {
    return Job.ofOneProcess(
        "alert-retention",
        Duration.ofDays(1),
        () -> {
          long oldest = Micros.of(clock.instant()) - Micros.of(settings.deliveryRetention());
          int _ = deliveries.deleteBefore(oldest);
        });
  }
}
