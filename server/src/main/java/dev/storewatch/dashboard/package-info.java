/**
 * Pages for people: what they look at, enter and answer.
 *
 * <h2>Rationale</h2>
 *
 * <p>Templates are filled here, so that a page is whole without any script; scripts only bring it
 * up to date.
 */
@NullMarked
package dev.storewatch.dashboard;

import org.jspecify.annotations.NullMarked;
