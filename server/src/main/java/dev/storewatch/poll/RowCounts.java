package dev.storewatch.poll;

/**
 * What became of rows of polls, hours or zones that came in: {@code read = added + repeated +
 * replaced + rejected}.
 *
 * @param read how many there were
 * @param added rows that were new
 * @param repeated rows that said what was known
 * @param replaced rows that said something else than was known before them
 * @param rejected rows that were wrong, and good ones of hours or zones that were not taken because
 *     another row of the same store was wrong
 */
public record RowCounts(long read, long added, long repeated, long replaced, long rejected) {
  /** The counts while nothing is known yet. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

  /** A running count of the rows that are not wrong, by what became of them. */
  public static final class Tally {
    private long added;
    private long repeated;
    private long replaced;
    private long rejected;

    /** Counts rows that are new. */
    public void added(long rows) {
      added += rows;
    }

    /** Counts rows that say what is known. */
    public void repeated(long rows) {
      repeated += rows;
    }

    /** Counts rows that say something else than is known. */
    public void replaced(long rows) {
      replaced += rows;
    }

    /** Counts good rows that are not taken, because another row of their store is wrong. */
    public void rejected(long rows) {
      rejected += rows;
    }

    /** Adds what another tally counted. */
    public void add(Tally other) {
      added += other.added;
      repeated += other.repeated;
      replaced += other.replaced;
      rejected += other.rejected;
    }

    /** Returns the counts together with that of wrong rows. */
    public RowCounts with(long wrong) {
      long all = rejected + wrong;
      return new RowCounts(added + repeated + replaced + all, added, repeated, replaced, all);
    }
  }
}
