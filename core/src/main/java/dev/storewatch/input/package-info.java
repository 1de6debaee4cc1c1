/** What somebody sent, typed or set that cannot be used. */
@NullMarked
package dev.storewatch.input;

import org.jspecify.annotations.NullMarked;
