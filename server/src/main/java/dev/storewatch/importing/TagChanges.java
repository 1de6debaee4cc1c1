package dev.storewatch.importing;

import dev.storewatch.journal.StoreChange;
import dev.storewatch.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Changes of names and tags of stores, gathered to be written at once. */
final class TagChanges {
  private final List<Integer> addedKeys = new ArrayList<>();
  private final List<String> added = new ArrayList<>();
  private final List<Integer> removedKeys = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final List<Integer> renamedKeys = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** Adds what makes of a store that has one name and tags one that has others. */
  void add(int key, StoreChange.Value from, StoreChange.Value to) {
    addTags(key, from, to);
    if (!Objects.equals(from.name(), to.name())) {
      renamedKeys.add(key);
      names.add(Objects.requireNonNullElse(to.name(), ""));
    }
  }

  /** Adds what makes of a store that has some tags one that has others, and leaves its name. */
  void addTags(int key, StoreChange.Value from, StoreChange.Value to) {
    for (String tag : to.tags()) {
      if (!from.tags().contains(tag)) {
        addedKeys.add(key);
        added.add(tag);
      }
    }
    for (String tag : from.tags()) {
      if (!to.tags().contains(tag)) {
        removedKeys.add(key);
        removed.add(tag);
      }
    }
  }

  /** Writes them, within the caller's transaction. */
  void write(Stores stores) {
    if (!removed.isEmpty()) {
      stores.removeTags(Refusals.keys(removedKeys), removed);
    }
    if (!added.isEmpty()) {
      stores.addTags(Refusals.keys(addedKeys), added);
    }
    if (!names.isEmpty()) {
      stores.setNames(Refusals.keys(renamedKeys), names);
    }
  }
}
