/**
 * What is refused, missing or assumed of stores, so that no figure rests on it in silence.
 *
 * <h2>Rationale</h2>
 *
 * <p>Faults are told by what the registry has in memory, in one pass over the stores, so a report
 * tells them at no cost. A report keeps what was found when it was computed ({@link
 * dev.storewatch.quality.Findings}), because it must still be told when hours are mended later and
 * the report is not. It keeps counts and ids and not sentences: a reader who may not see a store
 * any more gets the sentence without its id.
 */
@NullMarked
package dev.storewatch.quality;

import org.jspecify.annotations.NullMarked;
