package dev.storewatch.work;

import dev.storewatch.database.Database;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of all features, as the server does them. */
@Configuration(proxyBeanMethods = false)
class JobBeans {
  @Bean
  Jobs jobs(Database database, List<Job> jobs) {
    return new Jobs(jobs, DueTimes.open(database));
  }
}
