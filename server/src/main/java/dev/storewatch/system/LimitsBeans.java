package dev.storewatch.system;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads the limits, and holds to them where no handler of requests comes into it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Limits.class)
class LimitsBeans {
  LimitsBeans(ConfigurableEnvironment environment) {
    BadSetting.requireKnown(environment, Limits.PREFIX, Limits.class);
  }

  @Bean
  FreeDisk freeDisk(DataFolder folder, Limits limits) {
    return new FreeDisk(folder.path(), limits.freeDiskBytes());
  }
}
