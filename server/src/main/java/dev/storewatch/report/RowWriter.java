package dev.storewatch.report;

/** Takes the rows of a report in order and writes them in one format. */
public interface RowWriter {
  /**
   * Writes the figures of one store.
   *
   * @param storeId the store
   * @param totals its totals of each window begin at {@code offset}, {@link
   *     dev.storewatch.uptime.WindowTotals#FIELDS} numbers for each
   */
  void row(String storeId, long[] totals, int offset);

  /** Writes what follows the last row, and hands all to the stream; the stream stays open. */
  void finish();
}
