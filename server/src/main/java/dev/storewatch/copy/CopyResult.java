package dev.storewatch.copy;

import java.time.Duration;
import java.util.List;

/**
 * What a copy did.
 *
 * @param tables what is in each table now, on both sides
 * @param rows how many rows were copied, without those that were there from before
 * @param resumed whether this continued a copy that was broken off
 * @param copying how long it took to copy
 * @param comparing how long it took to compare
 */
public record CopyResult(
    List<Line> tables, long rows, boolean resumed, Duration copying, Duration comparing) {
  /** Copies the list. */
  public CopyResult {
    tables = List.copyOf(tables);
  }

  /**
   * A table.
   *
   * @param name its name
   * @param rows how many rows it has
   * @param checksum a sum over all their values
   */
  public record Line(String name, long rows, long checksum) {}
}
