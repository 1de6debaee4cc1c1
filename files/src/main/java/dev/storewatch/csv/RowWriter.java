package dev.storewatch.csv;

/** A writer of the rows of a report, in their order and in one format. */
public interface RowWriter {
  /**
   * Writes the figures of one store.
   *
   * @param storeId the store
   * @param totals its totals of each window begin at {@code offset}, {@link
   *     dev.storewatch.uptime.WindowTotals#FIELDS} numbers for each
   * @param ends the start and the end of each window begin at {@code firstEnd}, in microseconds
   *     since the epoch
   */
  void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd);

  /** Writes what follows the last row, and flushes all to the stream; the stream stays open. */
  void finish();
}
