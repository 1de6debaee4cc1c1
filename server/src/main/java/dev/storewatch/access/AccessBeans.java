package dev.storewatch.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** The parts of the server that know who may use it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessBeans {
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
      ObjectProvider<SharedSessions<?>> shared) {
    SharedSessions<?> found = shared.getIfAvailable();
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

    @Scheduled(fixedRate = 60_000, initialDelay = 60_000)
    void keep() {
      book.keepLastUses();
    }

    @Override
    public void close() {
      keep();
    }
  }
}
