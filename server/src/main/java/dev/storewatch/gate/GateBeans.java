package dev.storewatch.gate;

import dev.storewatch.audit.AuditTrail;
import dev.storewatch.database.Database;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.work.Job;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** The gate before every handler, and what handlers are told of who passed it. */
@Configuration(proxyBeanMethods = false)
class GateBeans {
  /** To write down each frequent call would be a write for each request. */
  private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);

  @Bean
  CallGate callGate(AuditTrail trail, Clock clock, Database database, FreeDisk disk) {
    return new CallGate(trail, clock, database, disk);
  }

  @Bean
  Refusals refusals() {
    return new Refusals();
  }

  @Bean
  WrongKeys wrongKeys(AuditTrail trail, Clock clock) {
    return new WrongKeys(trail, clock);
  }

  /**
   * Puts the gate before every handler, the management end points included, which have a handler
   * mapping of their own.
   */
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
    return Job.ofEachProcess("frequent-calls", BETWEEN_WRITES, gate::writeFrequentCalls);
  }

  @Bean
  Job refusedKeys(WrongKeys keys) {
    return Job.ofEachProcess("wrong-keys", BETWEEN_WRITES, keys::write);
  }
}
