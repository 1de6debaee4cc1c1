/** How long a store was up, down or unknown while it was open, and which polls say so. */
@NullMarked
package dev.storewatch.uptime;

import org.jspecify.annotations.NullMarked;
