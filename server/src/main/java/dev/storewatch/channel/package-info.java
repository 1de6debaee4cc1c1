/**
 * What a message about stores says, and the ways on which it reaches people, one class each: no
 * database.
 *
 * <h2>Rationale</h2>
 *
 * <p>A kind of channel is one class: its settings, its form, its limits and what an answer of its
 * receiver means stand together, because each receiver counts something else as taken. The words
 * are made once for all of them ({@link dev.storewatch.channel.Wording}), so that no two channels
 * tell the same outage differently. Ids of stores are texts in everything that is sent: programs
 * that read numbers in JSON round one of nineteen digits.
 */
@NullMarked
package dev.storewatch.channel;

import org.jspecify.annotations.NullMarked;
