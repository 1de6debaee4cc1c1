package dev.storewatch.system;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the limits, and holds to them where no handler of requests comes into it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Limits.class)
class LimitsBeans {
  @Bean
  FreeDisk freeDisk(DataFolder folder, Limits limits) {
    return new FreeDisk(folder.path(), limits.freeDiskBytes());
  }
}
