/**
 * Outages, opened and ended as polls come in: when each began and ended, between which polls, and
 * what was said of it before.
 *
 * <h2>Rationale</h2>
 *
 * <p>What core computes from the polls is the truth; the rows of this package are a copy of it that
 * can be listed quickly, and that says what has changed, for whoever tells people. They follow the
 * revisions: a row of the database notes up to which revision the outages are found, and it is
 * written in the transaction that writes the outages. So nothing is missed when the process ends at
 * any moment, whoever changed polls, hours, closures or zones, and in whichever process. Only the
 * time that a change can touch is looked at again ({@link dev.storewatch.uptime.OutagesSince}).
 */
@NullMarked
package dev.storewatch.outage;

import org.jspecify.annotations.NullMarked;
