/**
 * Reports on a fleet's uptime: requested, computed, kept, and written as CSV or JSON.
 *
 * <h2>Rationale</h2>
 *
 * <p>Rows are stored as numbers and not as text: CSV and JSON are written of them a page at a time,
 * so a slow client holds neither memory nor the database, and what a report says never changes once
 * it is complete, whatever is imported later.
 *
 * <p>CSV is written by our own code, which needs a half to two thirds of the processor time of
 * FastCSV because it makes no text of each field. Events to listeners are our own because {@code
 * SseEmitter} writes on the thread that calls it, which is the one that computes: 500 listeners
 * held it up for 56 ms, and one that does not read for as long as it is let; waking our listeners
 * takes 0.6 ms (docs/performance.md).
 */
@NullMarked
package dev.storewatch.report;

import org.jspecify.annotations.NullMarked;
