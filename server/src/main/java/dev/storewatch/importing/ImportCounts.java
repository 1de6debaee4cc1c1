package dev.storewatch.importing;

/**
 * What became of the rows of an import file: {@code read = added + repeated + replaced + rejected}.
 *
 * @param read rows in the file, without the header and blank lines
 * @param added rows that were new
 * @param repeated rows that said what was known
 * @param replaced rows that said otherwise than what was known before them
 * @param rejected rows that were wrong
 */
public record ImportCounts(long read, long added, long repeated, long replaced, long rejected) {
  /** Of a file of which nothing is known yet. */
  public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0);

  /** Counts the rows that are not rejected, as they are found to be one or the other. */
  public static final class Tally {
    private long added;
    private long repeated;
    private long replaced;

    void added(long rows) {
      added += rows;
    }

    void repeated(long rows) {
      repeated += rows;
    }

    void replaced(long rows) {
      replaced += rows;
    }

    /** Counts what another one counted. */
    public void add(Tally other) {
      added += other.added;
      repeated += other.repeated;
      replaced += other.replaced;
    }

    public ImportCounts with(long rejected) {
      return new ImportCounts(
          added + repeated + replaced + rejected, added, repeated, replaced, rejected);
    }
  }
}
