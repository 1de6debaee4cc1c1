package dev.storewatch.outgoing;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The requests of the server to other machines. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutgoingSettings.class)
class OutgoingBeans {
  @Bean(destroyMethod = "close")
  Outgoing outgoing(OutgoingSettings settings) {
    return new Outgoing(settings);
  }
}
