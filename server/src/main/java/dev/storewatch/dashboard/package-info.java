/**
 * The pages for people: the fleet, single stores, outages and incidents. Templates are filled here,
 * so that a page is whole without any script; scripts only bring it up to date.
 */
@NullMarked
package dev.storewatch.dashboard;

import org.jspecify.annotations.NullMarked;
