package dev.storewatch.dashboard;

/**
 * What is told to a channel.
 *
 * @param id the id of the route
 * @param channel the name of its channel
 * @param stores of which stores
 * @param troubles which troubles
 * @param after how soon
 * @param quiet its quiet hours
 */
public record AlertRuleLine(
    String id, String channel, String stores, String troubles, String after, String quiet) {}
