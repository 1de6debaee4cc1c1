package dev.storewatch.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * An incident in a list.
 *
 * @param id what it is known by
 * @param about the id of the store, or which stores
 * @param link the path of the store's page; null for several stores
 * @param name what people call the store, if it has a name
 * @param trouble what is wrong, in words
 * @param from since when it lasts, on the clocks of the store
 * @param to until when it lasted; null while it lasts
 * @param ended what ended it, in words; empty while it lasts
 * @param known who knows of it, since when, and what they said; null if nobody said so
 */
public record IncidentLine(
    String id,
    String about,
    @Nullable String link,
    @Nullable String name,
    String trouble,
    String from,
    @Nullable String to,
    String ended,
    @Nullable String known) {}
