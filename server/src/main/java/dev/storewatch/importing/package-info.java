/** Files of polls, business hours and time zones on their way into the database. */
@NullMarked
package dev.storewatch.importing;

import org.jspecify.annotations.NullMarked;
