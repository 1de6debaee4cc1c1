package dev.storewatch.outage;

import dev.storewatch.database.Database;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Stores;
import dev.storewatch.work.Follower;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a server needs to find outages as polls come in. */
@Configuration(proxyBeanMethods = false)
class OutageBeans {
  /**
   * Looks around for what other servers have changed, or what is not told by the signal. What comes
   * within the pause is looked at together.
   */
  private static final Follower.Rhythm RHYTHM =
      new Follower.Rhythm(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ZERO);

  /** Some of the looks are at what time alone has changed. */
  private static final int LOOKS_FOR_TIME = 30;

  @Bean
  OutageSignal outageSignal() {
    return new OutageSignal();
  }

  @Bean
  OutageBook outageBook(Database database, Stores stores, HoursSettings hours, Clock clock) {
    return new OutageBook(database, stores, hours.lateClose(), clock);
  }

  @Bean
  OutageSummaries outageSummaries(
      Database database, Stores stores, Polls polls, HoursSettings hours, Clock clock) {
    return new OutageSummaries(database, stores, polls, hours.lateClose(), clock);
  }

  @Bean
  OutageTracker outageTracker(
      Database database,
      Stores stores,
      Polls polls,
      HoursSettings hours,
      Clock clock,
      ObjectProvider<OutageListener> listeners) {
    return new OutageTracker(
        database, stores, polls, hours.lateClose(), clock, listeners.orderedStream().toList());
  }

  @Bean
  Follower outageFollower(OutageTracker tracker, OutageSignal signal) {
    AtomicInteger looks = new AtomicInteger();
    return new Follower(
        "outages",
        signal.signal,
        RHYTHM,
        () -> {
          if (looks.getAndIncrement() % LOOKS_FOR_TIME == 0 || tracker.isBehind()) {
            long _ = tracker.update();
          }
        });
  }
}
