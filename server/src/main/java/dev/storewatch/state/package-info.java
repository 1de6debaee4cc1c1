/** What every store is at an instant: up, down, unknown or closed. */
@NullMarked
package dev.storewatch.state;

import org.jspecify.annotations.NullMarked;
