package dev.storewatch.store;

import dev.storewatch.input.WrongInput;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which stores something is of: one store, all stores with a tag, or all stores.
 *
 * @param storeKey the key of the store; null if there are several
 * @param tag the tag of the stores; null if it is one store, or all
 */
public record Target(@Nullable Integer storeKey, @Nullable String tag) {
  /** All stores. */
  public static final Target ALL = new Target(null, null);

  /**
   * Checks the tag.
   *
   * @throws WrongInput if it is invalid
   */
  public Target {
    if (tag != null) {
      StoreDetails.checkTag(tag);
    }
  }

  /** Returns whether it is all stores. */
  public boolean isAll() {
    return storeKey == null && tag == null;
  }

  /** Returns whether a store is one of them. */
  public boolean includes(Registry registry, int key) {
    return storeKey == null ? tag == null || registry.tags(key).contains(tag) : storeKey == key;
  }

  /** Returns the keys of the stores, in the order of their ids. */
  public IntStream keys(Registry registry) {
    if (storeKey != null) {
      return IntStream.of(storeKey)
          .filter(key -> key <= registry.size() && !registry.isDeleted(key));
    }
    return registry.keysAfter(null).filter(key -> includes(registry, key));
  }

  /** Returns whether a caller may see any of the stores; what is of all concerns everybody. */
  public boolean isInSight(Scope scope, Registry registry) {
    return scope.isEverything()
        || isAll()
        || keys(registry).anyMatch(key -> scope.includes(registry, key));
  }

  /** Returns whether a caller may see all of the stores, those to come too. */
  public boolean isWithin(Scope scope, Registry registry) {
    Set<String> own = scope.tags();
    return own == null
        || (storeKey == null
            ? tag != null && own.contains(tag)
            : scope.includes(registry, storeKey));
  }
}
