package dev.storewatch.incident;

import dev.storewatch.importing.ImportRun;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By which way the polls of each store came the last time: a watched folder, an address that is
 * pulled, Kafka, the prober, or somebody who pushes. What goes wrong at many stores of one way at
 * once is more likely wrong there than at the stores. Four bytes for each store.
 */
final class PollSources {
  /** Of more ways nothing is known; a chain has a few. */
  private static final int MOST = 1_000;

  private static final int UNKNOWN = -1;
  private static final int PULLED = ImportRun.PULLED.length();

  private final List<String> names = new ArrayList<>();
  private int[] last = {};

  /** Makes room for stores. */
  void reach(int stores) {
    int had = last.length;
    if (had <= stores) {
      last = Arrays.copyOf(last, stores + 1);
      Arrays.fill(last, had, stores + 1, UNKNOWN);
    }
  }

  /**
   * Takes in a change, if somebody alone brought polls with it: what several pushed at the same
   * moment is written together, and it is not known whose was what.
   */
  void take(Revision revision) {
    String by = revision.madeBy();
    if (revision.change().kind() == Kind.POLLS
        && revision.cause() != null
        && by != null
        && !by.contains(",")
        && revision.change().stores() != null) {
      int name = indexOf(by.startsWith(ImportRun.PULLED) ? by.substring(PULLED) : by);
      revision.change().stores().stream()
          .filter(key -> key < last.length)
          .forEach(key -> last[key] = name);
    }
  }

  private int indexOf(String name) {
    int known = names.indexOf(name);
    if (known >= 0 || names.size() == MOST) {
      return known;
    }
    names.add(name);
    return names.size() - 1;
  }

  /** Returns how the polls of a store came the last time; null if that is not known. */
  @Nullable String of(int key) {
    return key >= last.length || last[key] == UNKNOWN ? null : names.get(last[key]);
  }
}
