/** The polls of all stores, and the ways to write and scan them in bulk. */
@NullMarked
package dev.storewatch.poll;

import org.jspecify.annotations.NullMarked;
