package dev.storewatch.store;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stores that somebody looks for, and may see.
 *
 * @param scope the stores that they may see
 * @param search part of the id or the name in any letter case; empty for any store
 * @param tags the tags that the stores have, all of them
 */
record StoreFilter(Scope scope, String search, Set<String> tags) {
  /**
   * Returns the filter of a request.
   *
   * @throws IllegalArgumentException if a tag is invalid
   */
  static StoreFilter of(Scope scope, @Nullable String search, @Nullable List<String> tags) {
    Set<String> wanted = tags == null ? Set.of() : Set.copyOf(tags);
    wanted.forEach(StoreDetails::checkTag);
    return new StoreFilter(scope, search == null ? "" : search, wanted);
  }

  boolean takes(Registry registry, int key) {
    return scope.includes(registry, key)
        && registry.tags(key).containsAll(tags)
        && (isFoundIn(registry.id(key)) || isFoundIn(registry.name(key)));
  }

  private boolean isFoundIn(@Nullable String text) {
    if (text == null) {
      return false;
    }
    for (int at = 0; at <= text.length() - search.length(); at++) {
      if (text.regionMatches(true, at, search, 0, search.length())) {
        return true;
      }
    }
    return false;
  }
}
