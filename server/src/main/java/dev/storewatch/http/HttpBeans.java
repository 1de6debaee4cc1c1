package dev.storewatch.http;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What all calls have in common: settings, and which parameters they have. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SenderLimits.class)
class HttpBeans {
  @Bean
  WebMvcConfigurer queryNames() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new QueryNames());
      }
    };
  }
}
