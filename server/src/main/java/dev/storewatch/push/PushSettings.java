package dev.storewatch.push;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is taken of pushed polls.
 *
 * @param knownStoresOnly whether polls of stores that are not there are rejected; otherwise they
 *     add the store
 */
@ConfigurationProperties(prefix = "storewatch.push")
record PushSettings(@DefaultValue("false") boolean knownStoresOnly) {}
