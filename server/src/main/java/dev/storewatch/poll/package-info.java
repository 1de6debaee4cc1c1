/**
 * The polls of all stores: the one way in, the scan, and who is told of new ones.
 *
 * <h2>Rationale</h2>
 *
 * <p>There is one way in, {@link PollIntake}, for files, pushes and sources to come. With several,
 * each would have to make polls distinct, add stores and note first polls in the same way, and
 * whoever waits for new polls would miss those of the way that forgot to tell.
 *
 * <p>What must never be missed, such as a store's first poll, is written in the transaction. A
 * {@link PollListener} is told after the commit which stores got polls and since when: in the
 * transaction it would hold up all writers, and could tell the world of polls that are then rolled
 * back.
 *
 * <p>{@link RowCounts} counts rows, not polls, because files of hours and zones come in by the same
 * transaction and are counted in the same words.
 */
@NullMarked
package dev.storewatch.poll;

import org.jspecify.annotations.NullMarked;
