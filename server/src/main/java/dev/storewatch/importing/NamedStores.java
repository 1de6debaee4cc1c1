package dev.storewatch.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Stores that a summary counts, and names some of: the words for all that is said of stores. */
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

  /** Counts a store that is not to be an example. */
  void addUnnamed() {
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Returns a sentence that ends in the names, such as {@code 2 stores are new: a, b}. */
  String are(String what) {
    return String.format(
        Locale.ROOT,
        "%s %s %s%s %s",
        counted(),
        count == 1 ? "is" : "are",
        what,
        count > examples.size() ? ", for example" : ":",
        names());
  }

  /**
   * Returns the count and the examples, with which a sentence can begin, such as {@code 4 stores
   * (a, b, c, ...)}.
   */
  @Override
  public String toString() {
    return counted() + " (" + names() + (count > examples.size() ? ", ...)" : ")");
  }

  private String counted() {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "store" : "stores");
  }

  private String names() {
    return String.join(", ", examples);
  }
}
