/**
 * Where polls come from without being pushed: a watched folder, addresses that are pulled, topics
 * of Kafka, and a prober that asks stores itself.
 *
 * <h2>Rationale</h2>
 *
 * <p>None of them has a way in of its own: files wait in the queue of {@code importing} with those
 * that were uploaded, and single polls go through {@code poll}. So they are checked, limited,
 * counted, journalled and taken back like all others.
 *
 * <p>What is taken is taken once because the id of its import is fixed before it is taken: in the
 * name of a file that was moved out of the way, or made of what was pulled. Whoever does not know
 * after a restart whether it was taken takes it again by the same id, which changes nothing. The
 * folder is looked at every other second instead of asking the operating system to tell of changes,
 * which it does not for folders of other machines.
 *
 * <p>Kafka is read by its own client on a thread of ours, without Spring for Apache Kafka. How far
 * a partition is read belongs into the transaction of its polls, so the broker's offsets, and all
 * that a listener container does around them, would have to be switched off: the commits after a
 * batch, the ten tries without a pause after which a batch is discarded, and the recoverers. What
 * would be left of it is a thread. A reader of ours keeps what it could not write in hand, pauses
 * its partitions, and stays in its group; one that lost a partition without noticing finds another
 * offset in the database than it expects and writes nothing. Share groups are no way for polls: a
 * record that is released comes after later ones, and is given up after some deliveries. Values are
 * read as bytes, so no record can fail before its own reader looks at it.
 */
@NullMarked
package dev.storewatch.source;

import org.jspecify.annotations.NullMarked;
