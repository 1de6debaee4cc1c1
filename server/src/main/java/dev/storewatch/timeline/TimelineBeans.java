package dev.storewatch.timeline;

import dev.storewatch.poll.Polls;
import dev.storewatch.store.Stores;
import dev.storewatch.system.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that explain. */
@Configuration(proxyBeanMethods = false)
class TimelineBeans {
  @Bean
  Explainer explainer(Database database, Stores stores, Polls polls) {
    return new Explainer(database, stores, polls);
  }
}
