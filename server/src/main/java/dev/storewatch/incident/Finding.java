package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong at a store now.
 *
 * @param store the key of the store
 * @param trouble what
 * @param since since when, in microseconds since the epoch
 * @param outage the id of the outage, if it is one
 */
record Finding(int store, Trouble trouble, long since, @Nullable Long outage) {}
