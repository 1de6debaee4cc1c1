/** One store explained: the schedule, segments, polls and outages behind its numbers. */
@NullMarked
package dev.storewatch.timeline;

import org.jspecify.annotations.NullMarked;
