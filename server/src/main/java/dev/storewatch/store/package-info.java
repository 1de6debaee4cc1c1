/** The registry of stores: their ids, zones and business hours. */
@NullMarked
package dev.storewatch.store;

import org.jspecify.annotations.NullMarked;
