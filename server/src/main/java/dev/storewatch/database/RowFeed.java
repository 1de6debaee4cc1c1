package dev.storewatch.database;

import org.duckdb.DuckDBDataChunkWriter;

/** A feed whose rows have numbers, from 0 on, by which any of them can be written. */
public abstract class RowFeed implements Feed {
  private int next;

  /** A feed of which nothing is read yet. */
  protected RowFeed() {}

  @Override
  public final int fill(DuckDBDataChunkWriter chunk) {
    int count = (int) Math.min(chunk.capacity(), rows() - next);
    if (count > 0) {
      fill(chunk, next, count);
      next += count;
    }
    return count;
  }

  /**
   * Writes rows into a chunk.
   *
   * @param first the number of the first of them, which is row 0 of the chunk
   * @param count how many there are, at least 1
   */
  protected abstract void fill(DuckDBDataChunkWriter chunk, int first, int count);
}
