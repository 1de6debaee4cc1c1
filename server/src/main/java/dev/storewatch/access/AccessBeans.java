package dev.storewatch.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.storewatch.work.Job;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that know who may use it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessBeans {
  /** To write down each use would be a write for each request. */
  private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);

  @Bean
  LocalTicket localTicket() {
    return new LocalTicket();
  }

  @Bean
  AccessGate accessGate(
      AccessBook book,
      AccessSettings settings,
      @Value("${server.address:#{null}}") String address) {
    return new AccessGate(book, settings, address);
  }

  @Bean
  Throttle throttle() {
    return new Throttle(Ticker.systemTicker());
  }

  @Bean
  Job keepingLastUses(LastUses uses) {
    return Job.ofEachProcess("last-uses", BETWEEN_WRITES, uses::keep);
  }

  /**
   * Makes the writer of when keys were last used, which writes at intervals and once more at the
   * end.
   */
  @Bean
  LastUses lastUses(AccessBook book) {
    return new LastUses(book);
  }

  static final class LastUses implements AutoCloseable {
    private final AccessBook book;

    LastUses(AccessBook book) {
      this.book = book;
    }

    void keep() {
      book.keepLastUses();
    }

    @Override
    public void close() {
      keep();
    }
  }
}
