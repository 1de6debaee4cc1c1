package dev.storewatch.http;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of what all calls have in common. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SenderLimits.class)
class HttpBeans {}
