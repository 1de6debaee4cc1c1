/**
 * The interfaces of the five systems that this product takes over from, each in one file and what
 * they shared in one more, for clients that cannot be changed.
 */
@NullMarked
package dev.storewatch.dialect;

import org.jspecify.annotations.NullMarked;
