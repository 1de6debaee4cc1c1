/**
 * A report straight from files: they are read into memory and computed, and no database is there.
 *
 * <h2>Rationale</h2>
 *
 * <p>Whoever has files and wants the report once waits longer for a database that is filled and
 * read again than for both reading and computing. So polls go from the file into arrays, which are
 * sorted by store on all processors, and the same {@link dev.storewatch.report.FleetReport}
 * computes from them what it computes from a database.
 *
 * <p>What files say of stores is brought together by the code of {@code importing}, which writes it
 * into memory instead. So counts, notes and notices cannot differ from those of an import.
 */
@NullMarked
package dev.storewatch.direct;

import org.jspecify.annotations.NullMarked;
