/** Half-open intervals of time and sets of them, in microseconds since the epoch. */
@NullMarked
package dev.storewatch.interval;

import org.jspecify.annotations.NullMarked;
