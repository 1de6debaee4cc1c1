/**
 * What is written as CSV: fields that no spreadsheet runs as formulas, and the rows of reports.
 *
 * <h2>Rationale</h2>
 *
 * <p>The rows of a report are numbers, and whoever computed them has them written here, so that the
 * same numbers are the same bytes wherever they come from. Nothing here knows what a report is
 * about, who may read it, or where it is kept.
 */
@NullMarked
package dev.storewatch.csv;

import org.jspecify.annotations.NullMarked;
