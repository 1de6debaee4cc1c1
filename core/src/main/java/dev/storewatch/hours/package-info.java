/** When a store should be online: its weekly schedule, its zone and its planned closures. */
@NullMarked
package dev.storewatch.hours;

import org.jspecify.annotations.NullMarked;
