/** The parts of the program, put together in one place, and the server that runs them. */
@NullMarked
package dev.storewatch;

import org.jspecify.annotations.NullMarked;
