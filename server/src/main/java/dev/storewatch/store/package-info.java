/**
 * The registry of stores: their ids, names, zones, business hours and tags; who may see which; and
 * what they are at an instant, as others tell it.
 */
@NullMarked
package dev.storewatch.store;

import org.jspecify.annotations.NullMarked;
