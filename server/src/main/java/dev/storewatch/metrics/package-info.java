/** What the server tells of itself in numbers, for Prometheus. */
@NullMarked
package dev.storewatch.metrics;

import org.jspecify.annotations.NullMarked;
