/** All of an installation copied into another database, and compared with what it was. */
@NullMarked
package dev.storewatch.copy;

import org.jspecify.annotations.NullMarked;
