/** What every store is at an instant. */
@NullMarked
package dev.storewatch.state;

import org.jspecify.annotations.NullMarked;
