/** What servers in processes of their own do when they, the database or the network fail. */
@NullMarked
package dev.storewatch.faults;

import org.jspecify.annotations.NullMarked;
