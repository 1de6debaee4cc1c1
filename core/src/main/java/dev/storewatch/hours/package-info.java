/**
 * When a store should be online: its weekly hours and planned closures, on its zone's clocks. The
 * only place that combines them.
 *
 * <h2>Rationale</h2>
 *
 * <p>A wall clock is known here alone, and only as an offset from UTC that is constant between two
 * changes of a zone's clocks: the weekly pattern is shifted by it. To resolve each local time to an
 * instant would need a decision for every hour that a change of the clocks leaves out or repeats,
 * at every place that does so, and would take longer for a fleet, which has few zones and many
 * stores.
 */
@NullMarked
package dev.storewatch.hours;

import org.jspecify.annotations.NullMarked;
