package dev.storewatch.poll;

/**
 * What became of rows of polls, hours or zones that came in: {@code read = added + repeated +
 * replaced + rejected}.
 *
 * @param read how many there were
 * @param added rows that were new
 * @param repeated rows that said what was known
 * @param replaced rows that said something else than was known before them
 * @param rejected rows that were wrong
 */
public record RowCounts(long read, long added, long repeated, long replaced, long rejected) {
  /** The counts while nothing is known yet. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

  /** A running count of the rows that are not rejected, by what became of them. */
  public static final class Tally {
    private long added;
    private long repeated;
    private long replaced;

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

    /** Adds what another tally counted. */
    public void add(Tally other) {
      added += other.added;
      repeated += other.repeated;
      replaced += other.replaced;
    }

    /** Returns the counts together with those of rejected rows. */
    public RowCounts with(long rejected) {
      return new RowCounts(
          added + repeated + replaced + rejected, added, repeated, replaced, rejected);
    }
  }
}
