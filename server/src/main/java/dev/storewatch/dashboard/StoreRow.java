package dev.storewatch.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * A store in the table of the fleet.
 *
 * @param id its id
 * @param link the path of its page
 * @param name what people call it, if it has a name
 * @param zone its zone and the offset of its clocks now
 * @param state a word of {@link Now}
 * @param hour its uptime in the last hour
 * @param day in the last day
 * @param week in the last week
 * @param strip its last seven days
 * @param lastPoll when it was polled the last time, on its clocks
 */
public record StoreRow(
    String id,
    String link,
    @Nullable String name,
    String zone,
    Now state,
    Percent hour,
    Percent day,
    Percent week,
    Strip strip,
    String lastPoll) {}
