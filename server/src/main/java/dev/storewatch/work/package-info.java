/** What one of the processes does: what waits in a queue, and what is due now and then. */
@NullMarked
package dev.storewatch.work;

import org.jspecify.annotations.NullMarked;
