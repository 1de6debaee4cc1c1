package dev.storewatch.store;

import dev.storewatch.input.WrongInput;
import java.util.Collection;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The stores that somebody may see: every one, or those that have one of a set of tags now.
 *
 * @param tags the tags in order, or null for every store
 */
public record Scope(@Nullable Set<String> tags) {
  /** Every store, also those that are not known yet. */
  public static final Scope EVERYTHING = new Scope(null);

  /**
   * Checks the tags and copies them.
   *
   * @throws IllegalArgumentException if there is not a tag, or one is invalid
   */
  public Scope {
    if (tags != null) {
      if (tags.isEmpty()) {
        throw new WrongInput(
            "a scope without any tag would see no store: name at least one tag, for example"
                + " region-west, or leave the scope out for every store");
      }
      tags = Collections.unmodifiableSet(new TreeSet<>(tags));
      tags.forEach(StoreDetails::checkTag);
    }
  }

  /** Returns the scope of the stores that have one of these tags; every store for null. */
  public static Scope of(@Nullable Collection<String> tags) {
    return tags == null ? EVERYTHING : new Scope(new TreeSet<>(tags));
  }

  /** Returns whether every store is in it. */
  public boolean isEverything() {
    return tags == null;
  }

  /** Returns whether a store is in it. */
  public boolean includes(Registry registry, int key) {
    return includes(registry.tags(key));
  }

  /** Returns whether a store of these tags is in it. */
  boolean includes(Set<String> ofStore) {
    return tags == null || ofStore.stream().anyMatch(tags::contains);
  }

  /** Returns the key of a store, if there is one of that id in the scope. */
  public OptionalInt key(Registry registry, String id) {
    OptionalInt key = registry.key(id);
    return key.isPresent() && includes(registry, key.getAsInt()) ? key : OptionalInt.empty();
  }

  /** Returns whether every store of another scope is in this one, whatever tags stores have. */
  public boolean encloses(Scope other) {
    return tags == null || (other.tags != null && tags.containsAll(other.tags));
  }
}
