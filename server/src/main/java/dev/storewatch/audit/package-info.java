/** The trail of who changed what. */
@NullMarked
package dev.storewatch.audit;

import org.jspecify.annotations.NullMarked;
