/** What the server tells of itself: its numbers, for Prometheus, and its health. */
@NullMarked
package dev.storewatch.metrics;

import org.jspecify.annotations.NullMarked;
