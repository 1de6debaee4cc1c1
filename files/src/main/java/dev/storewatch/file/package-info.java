/**
 * Files of polls, business hours, time zones and tags, read as rows: no database, no Spring.
 *
 * <h2>Rationale</h2>
 *
 * <p>A poll in JSON is read here ({@code JsonPoll}), though most of them are pushed: {@code push}
 * knows {@code file} and not the other way round, and a line of a file must mean what it means as a
 * push. What a JSON body is cut into, and what waits while it comes, is the business of {@code
 * push}.
 *
 * <p>The parser is our own: it reads bytes, in one pass, and allocates nothing for a row. A library
 * that makes a text of each field takes more than twice as long for the same checks
 * (docs/performance.md), and files of polls have millions of rows.
 *
 * <p>{@code GzipInput} is our own too: commons-compress takes longer and refuses files that other
 * programs write, such as those with padding at the end; the JDK's stream is as fast, but takes a
 * file for whole whose second part is broken off, or that has other data at its end.
 */
@NullMarked
package dev.storewatch.file;

import org.jspecify.annotations.NullMarked;
