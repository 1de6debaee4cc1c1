package dev.storewatch.store;

import dev.storewatch.database.Database;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that change the registry. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HoursSettings.class, StoreLimits.class, ZoneSettings.class})
class StoreBeans {
  @Bean
  Registrar registrar(Database database, Stores stores, List<Belongings> belongings) {
    return new Registrar(database, stores, belongings);
  }
}
