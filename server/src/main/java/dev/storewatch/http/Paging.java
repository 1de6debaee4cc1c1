package dev.storewatch.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  /**
   * Returns the items after the last one of a page, and one more than the limit of them.
   *
   * @param all all items, in order
   * @param after the id of the last item of the page before; null for the first page
   */
  public static <T> List<T> after(
      List<T> all, @Nullable String after, Function<T, String> id, int limit) {
    int from = 0;
    if (after != null) {
      from = 1 + all.stream().map(id).toList().indexOf(after);
      if (from == 0) {
        throw Problem.badRequest(
            "after is '%s', which is none of these any more: begin again without after"
                .formatted(after));
      }
    }
    return all.subList(from, Math.min(all.size(), from + limit + 1));
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
