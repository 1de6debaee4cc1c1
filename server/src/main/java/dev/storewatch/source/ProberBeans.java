package dev.storewatch.source;

import dev.storewatch.database.Database;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.Target;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the prober; there are none unless it is on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProberSettings.class)
class ProberBeans {
  /** Shorter than the time between two looks of jobs, so that each look is a pass. */
  private static final Duration BETWEEN_PASSES = Duration.ofSeconds(1);

  @Bean(destroyMethod = "close")
  @ConditionalOnBooleanProperty("storewatch.prober.enabled")
  Prober prober(
      Database database,
      Stores stores,
      Outgoing outgoing,
      PollWriter writer,
      ProberSettings settings,
      HoursSettings hours,
      Clock clock,
      ObjectProvider<ProbeListener> listeners) {
    return new Prober(
        stores,
        new SqlProbes(database),
        new ProbeCall(outgoing, settings.robots() ? new Robots(outgoing) : null),
        new OwnNetwork(
            outgoing,
            settings.references().stream().map(each -> Target.parse("references", each)).toList()),
        writer,
        settings,
        hours.lateClose(),
        clock,
        listeners.stream().toList());
  }

  /** Of one of the servers, so that no store is asked by several. */
  @Bean
  @ConditionalOnBooleanProperty("storewatch.prober.enabled")
  Job proberJob(Prober prober) {
    return Job.ofOneProcess("prober", BETWEEN_PASSES, prober::pass);
  }
}
