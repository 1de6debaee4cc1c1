/**
 * Days and times that are not as the week says: special days and planned closures, as people enter,
 * preview, change and end them.
 */
@NullMarked
package dev.storewatch.calendar;

import org.jspecify.annotations.NullMarked;
