/** Measurements of the product, and what they are compared with. */
@NullMarked
package dev.storewatch.bench;

import org.jspecify.annotations.NullMarked;
