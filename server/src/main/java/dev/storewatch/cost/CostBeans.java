package dev.storewatch.cost;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of the server that says what outages cost. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CostSettings.class)
class CostBeans {
  @Bean
  Costs costs(CostSettings settings) {
    return new Costs(settings);
  }
}
