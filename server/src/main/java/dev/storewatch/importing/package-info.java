/** Files brought into the database: uploads, imports, and what each of them did. */
@NullMarked
package dev.storewatch.importing;

import org.jspecify.annotations.NullMarked;
