package dev.storewatch.revision;

import org.jspecify.annotations.Nullable;

/**
 * A change as it is kept.
 *
 * @param number the number of the revision, which several kinds of change may share
 * @param madeAt when, in microseconds since the epoch
 * @param madeBy who; null if that is not known
 * @param cause what it was part of, such as {@code import:ID}; null if of nothing
 * @param change what
 * @param zoneRules the release of the table of time zones that was in use
 */
public record Revision(
    int number,
    long madeAt,
    @Nullable String madeBy,
    @Nullable String cause,
    Change change,
    String zoneRules) {}
