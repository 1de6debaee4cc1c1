/** Files into the database: each is checked row by row, and goes in whole or not at all. */
@NullMarked
package dev.storewatch.importing;

import org.jspecify.annotations.NullMarked;
