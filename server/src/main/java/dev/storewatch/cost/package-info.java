/**
 * What the time costs in which a store is down, by the orders that it usually has.
 *
 * <h2>Rationale</h2>
 *
 * <p>It is an estimate and says how it was made: hours times orders times their value. What a store
 * really lost nobody knows from polls, so nothing is guessed of the hour, the day or the season.
 */
@NullMarked
package dev.storewatch.cost;

import org.jspecify.annotations.NullMarked;
