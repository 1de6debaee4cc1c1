package dev.storewatch.push;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of pushes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PushLimits.class, PushSettings.class})
class PushBeans {}
