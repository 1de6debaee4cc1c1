package dev.storewatch.history;

/**
 * How far the days of stores are kept, of all servers on the database.
 *
 * @param knownTo all days are kept of which no poll after this instant tells anything, in seconds
 *     since the epoch; not a number while none are kept
 * @param behind how long before the newest poll that is; not a number without polls
 * @param isWhole whether none of these days is missing or to be computed anew
 */
public record KeptNow(double knownTo, double behind, boolean isWhole) {}
