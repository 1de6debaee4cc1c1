package dev.storewatch.dialect;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The beans of the interfaces of the old systems. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DialectSettings.class)
class DialectBeans {}
