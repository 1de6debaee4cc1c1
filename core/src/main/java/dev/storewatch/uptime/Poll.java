package dev.storewatch.uptime;

import java.time.Instant;

/**
 * One look at a store: whether it was online at an instant.
 *
 * @param at when, to the microsecond
 * @param active whether the store was online
 */
public record Poll(Instant at, boolean active) {}
