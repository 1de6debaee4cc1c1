/**
 * The days of each store as they are kept, and what is added up from them: history, groups of
 * stores, and the hours of the week.
 *
 * <h2>Rationale</h2>
 *
 * <p>What core computes from the polls is the truth; the rows of this package are a copy of it,
 * from which a year of a fleet is read in a moment. A day is a business day, as a report on a date
 * means it: days share their edges, so they add up to weeks and months to the microsecond. Only
 * days are kept of which no later poll can tell anything, because the carry limit after them is
 * over; so what is kept does not depend on the as-of instant. The last days, and all that a change
 * touches which is not in yet, are computed directly from the polls when somebody asks. So an
 * answer is the same whether days are kept or not, and it is never old.
 *
 * <p>A row is a month of a store with the sums of its days and, packed into a text, the figures of
 * each. Rows of single days were weighed: 14,000 stores have 5 million of them in a year, which
 * PostgreSQL writes in about ten seconds and reads in one, longer than a report on a week takes. Of
 * months there are 170,000; most sums need nothing of the packed part. A row is always computed
 * whole, never mended, so it is of one state of the data.
 *
 * <p>The rows follow the revisions: one row of the database says up to which revision they are
 * brought, and is written last. Each row says itself how many days are in it, so a reader needs no
 * more than that and the later revisions to know which figures are good. Days whose polls were
 * deleted because of their age stay as they are: nothing can be computed of them again.
 */
@NullMarked
package dev.storewatch.history;

import org.jspecify.annotations.NullMarked;
