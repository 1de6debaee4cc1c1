package dev.storewatch.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Stores that a summary counts, and names some of. */
final class NamedStores {
  private static final int EXAMPLES = 3;

  private final List<String> examples = new ArrayList<>();
  private long count;

  void add(String id) {
    count++;
    if (examples.size() < EXAMPLES) {
      examples.add(id);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Returns the count and the examples, such as {@code 4 stores (a, b, c, ...)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d %s (%s%s)",
        count,
        count == 1 ? "store" : "stores",
        String.join(", ", examples),
        count > examples.size() ? ", ..." : "");
  }
}
