/**
 * What changed of the data on which figures rest, numbered: who changed it, when, which stores, and
 * for which time.
 *
 * <h2>Rationale</h2>
 *
 * <p>A revision is a whole number that a transaction takes when it changes something of this data;
 * one writes at a time, so the numbers are in the order of the commits. Polls, stores and entries
 * of the calendar keep from which revision on they hold and until which one, so what was known at
 * any revision is a query. A number was chosen, and not an instant, because clocks of several
 * servers differ and two changes may come in one microsecond; an instant is looked up among the
 * revisions.
 */
@NullMarked
package dev.storewatch.revision;

import org.jspecify.annotations.NullMarked;
