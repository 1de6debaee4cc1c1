/** Reports on a fleet's uptime: asked for, computed, kept, and written as CSV or JSON. */
@NullMarked
package dev.storewatch.report;

import org.jspecify.annotations.NullMarked;
