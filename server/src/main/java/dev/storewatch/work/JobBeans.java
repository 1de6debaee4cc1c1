package dev.storewatch.work;

import dev.storewatch.database.Database;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the server do the jobs of all features. */
@Configuration(proxyBeanMethods = false)
class JobBeans {
  @Bean
  Jobs jobs(Database database, List<Job> jobs) {
    return new Jobs(jobs, DueTimes.open(database));
  }
}
