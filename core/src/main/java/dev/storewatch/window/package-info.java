/** The windows that people ask about, as instants on the clocks of a store. */
@NullMarked
package dev.storewatch.window;

import org.jspecify.annotations.NullMarked;
