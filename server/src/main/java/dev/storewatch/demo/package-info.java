/** A made-up chain of stores, as the three files that a real one would export. */
@NullMarked
package dev.storewatch.demo;

import org.jspecify.annotations.NullMarked;
