/**
 * Plain files of polls, read by several threads at once in ranges of bytes.
 *
 * <h2>Rationale</h2>
 *
 * <p>Most of an import and of a report on files is to read numbers from text, which each range of a
 * file allows by itself; what needs the order of the file is little: the numbers of lines, and
 * which store is named first. A file that is packed or in UTF-16, or that has rows of several
 * lines, is read by one thread, from there on where that shows.
 */
@NullMarked
package dev.storewatch.ranges;

import org.jspecify.annotations.NullMarked;
