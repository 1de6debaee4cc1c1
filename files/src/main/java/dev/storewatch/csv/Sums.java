package dev.storewatch.csv;

import org.jspecify.annotations.Nullable;

/** The sums of several stores in each window, as a report has them after its rows. */
public interface Sums {
  /** Returns {@code fleet} for all stores, or {@code group}. */
  String word();

  /** Returns what the tag of a group begins with; null for all stores. */
  @Nullable String by();

  /**
   * Returns the tag of the stores; null for all stores, and for those without a tag of the kind.
   */
  @Nullable String tag();

  /** Returns the number of stores. */
  int stores();

  /** Returns the first instant of a window at any of the stores, in microseconds. */
  long start(int window);

  /** Returns the last end of a window at any of the stores, in microseconds. */
  long end(int window);

  /** Returns the sums of a window. */
  RowFigures figures(int window);
}
