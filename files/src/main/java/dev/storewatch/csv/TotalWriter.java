package dev.storewatch.csv;

/** A writer that has rows for sums too. */
public interface TotalWriter extends RowWriter {
  /** Writes the sums of each window. */
  void total(Sums sums);
}
