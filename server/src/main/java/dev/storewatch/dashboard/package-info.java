/**
 * Pages for people: the fleet, a store, outages and incidents.
 *
 * <h2>Rationale</h2>
 *
 * <p>Templates are filled here, so that a page is whole without any script; scripts only bring it
 * up to date.
 */
@NullMarked
package dev.storewatch.dashboard;

import org.jspecify.annotations.NullMarked;
