/**
 * Reports and owner's summaries that are made and sent by themselves, at local times.
 *
 * <h2>Rationale</h2>
 *
 * <p>A schedule has a rule of its own: once for each local date, whatever the clocks do. Spring and
 * Quartz leave out a daily 02:30 on the day on which the clocks go forward, and Spring runs 01:30
 * twice on the day on which they go back.
 *
 * <p>What is made is for the instant at which it was due and not for the one at which a server came
 * to it: so a server that was away at the time makes the same, once, and of several times that it
 * missed the newest. A schedule is a row that one of the servers claims. What it sends is a message
 * of {@code alert}, written in the transaction in which the schedule goes on: sent again, given up
 * and sent by hand as every message.
 */
@NullMarked
package dev.storewatch.schedule;

import org.jspecify.annotations.NullMarked;
