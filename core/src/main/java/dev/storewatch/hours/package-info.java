/**
 * When a store should be online: its weekly hours and planned closures, on its zone's clocks. The
 * only place that combines them.
 */
@NullMarked
package dev.storewatch.hours;

import org.jspecify.annotations.NullMarked;
