/**
 * Which outage is told to whom: channels as they are kept, and the messages on their way to them.
 *
 * <h2>Rationale</h2>
 *
 * <p>A message is a row that is written in the transaction of the change that it tells of ({@link
 * dev.storewatch.alert.Deliveries#add}): a message that was sent before the commit could tell of
 * what never happened, and one after it could be lost with the process. The rows are worked off by
 * {@code work}, so a message is sent at least once; it has an id that stays the same, by which
 * receivers tell the second one.
 *
 * <p>Who waits is the channel and not the message alone: while a receiver is away or asks for a
 * pause, one message is tried now and then, and not all that wait. Messages about one incident go
 * one after another, so that nobody hears of the end first.
 *
 * <p>Secrets are encrypted with a key that is not in the database, so that a copy of the database
 * opens nobody's chat.
 */
@NullMarked
package dev.storewatch.alert;

import org.jspecify.annotations.NullMarked;
