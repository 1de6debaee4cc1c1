/** Files of polls, business hours and time zones, read as rows: no database, no Spring. */
@NullMarked
package dev.storewatch.file;

import org.jspecify.annotations.NullMarked;
