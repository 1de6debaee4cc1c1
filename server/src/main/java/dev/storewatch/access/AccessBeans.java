package dev.storewatch.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** The parts of the server that know who may use it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessBeans {
  /** How often that is written down which happens too often to be written each time. */
  private static final Duration RHYTHM = Duration.ofMinutes(1);

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
  Sessions sessions(
      AccessBook book,
      AccessSettings settings,
      Clock clock,
      ObjectProvider<SharedSessions> shared) {
    SharedSessions found = shared.getIfAvailable();
    return new Sessions(
        book, settings, clock, found == null ? Sessions::isThereInMemory : found::isThere);
  }

  @Bean
  CallGate callGate(AuditTrail trail, Clock clock) {
    return new CallGate(trail, clock);
  }

  @Bean
  Refusals refusals() {
    return new Refusals();
  }

  /** Puts the gate before every handler: those of the management end points are not ours. */
  @Bean
  static MappedInterceptor gateBeforeEveryHandler(CallGate gate) {
    return new MappedInterceptor(null, gate);
  }

  @Bean
  WebMvcConfigurer callers() {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(CallerArguments.ALL);
      }
    };
  }

  @Bean
  Job frequentCalls(CallGate gate) {
    return Job.ofEachProcess("frequent-calls", RHYTHM, gate::writeFrequentCalls);
  }

  @Bean
  Job keepingLastUses(LastUses uses) {
    return Job.ofEachProcess("last-uses", RHYTHM, uses::keep);
  }

  /** Keeps from time to time when keys were last used, and once more at the end. */
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
