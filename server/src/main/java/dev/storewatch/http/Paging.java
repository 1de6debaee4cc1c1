package dev.storewatch.http;

import java.util.List;

/**
 * Answers that come a page at a time: {@code limit} says how many, {@code after} where to go on.
 */
public final class Paging {
  public static final int MOST = 1_000;

  private Paging() {}

  /** Checks how many items are requested. */
  public static int checked(int limit) {
    if (limit < 1 || limit > MOST) {
      throw Problem.badRequest(
          "limit is %d: use a whole number from 1 to %d".formatted(limit, MOST));
    }
    return limit;
  }

  /** Returns the page of items that were looked up with one more than the limit. */
  public static <T> List<T> page(List<T> found, int limit) {
    return found.subList(0, Math.min(limit, found.size()));
  }

  /**
   * Returns whether anything follows the page of items that were looked up with one more than the
   * limit.
   */
  public static boolean hasMore(List<?> found, int limit) {
    return found.size() > limit;
  }
}
