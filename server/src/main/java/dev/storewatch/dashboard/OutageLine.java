package dev.storewatch.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * An outage in a list.
 *
 * @param id the id of the store
 * @param link the path of the store's page
 * @param name what people call the store, if it has a name
 * @param from when it began, on the clocks of the store
 * @param to when it ended; null while it goes on
 * @param ended what ended it, in words; empty while it goes on
 * @param lost the open time lost
 */
public record OutageLine(
    String id,
    String link,
    @Nullable String name,
    String from,
    @Nullable String to,
    String ended,
    String lost) {}
