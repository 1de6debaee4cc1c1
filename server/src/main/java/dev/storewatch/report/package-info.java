/** Reports on a fleet's uptime: requested, computed, kept, and written as CSV or JSON. */
@NullMarked
package dev.storewatch.report;

import org.jspecify.annotations.NullMarked;
