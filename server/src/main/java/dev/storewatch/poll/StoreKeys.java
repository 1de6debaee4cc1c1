package dev.storewatch.poll;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.store.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The keys in the database of the stores of a file, which are numbered in the order in which it
 * names them.
 */
public final class StoreKeys {
  private final StoreIdIndex ids;
  private final int[] keys;
  private final int[] stores;
  private final int firstNewKey;
  private final List<String> newIds = new ArrayList<>();

  /** The keys of stores, and new keys for those that the registry does not know. */
  StoreKeys(StoreIdIndex ids, Registry registry) {
    this.ids = ids;
    keys = new int[ids.size()];
    firstNewKey = registry.size() + 1;
    for (int store = 0; store < keys.length; store++) {
      keys[store] = key(ids, registry, store);
    }
    stores = stores(registry.size());
  }

  private StoreKeys(StoreIdIndex ids, int known) {
    this.ids = ids;
    keys = IntStream.rangeClosed(1, ids.size()).toArray();
    firstNewKey = known + 1;
    for (int key = firstNewKey; key <= keys.length; key++) {
      newIds.add(ids.id(key - 1));
    }
    stores = stores(known);
  }

  /**
   * Returns the keys of stores of each of which the key is its number and one more.
   *
   * @param known how many of them have been added so far
   */
  public static StoreKeys inOrder(StoreIdIndex ids, int known) {
    return new StoreKeys(ids, known);
  }

  private int[] stores(int known) {
    int[] byKey = new int[known + newIds.size() + 1];
    Arrays.fill(byKey, -1);
    IntStream.range(0, keys.length).forEach(store -> byKey[keys[store]] = store);
    return byKey;
  }

  /**
   * A file's numbers begin with the stores that were known when it was opened, so most are found
   * without a look-up.
   */
  private int key(StoreIdIndex ids, Registry registry, int store) {
    String id = ids.id(store);
    boolean inPlace = store < registry.size() && registry.id(store + 1).equals(id);
    OptionalInt known = inPlace ? OptionalInt.of(store + 1) : registry.keyEver(id);
    if (known.isEmpty()) {
      newIds.add(id);
      return registry.size() + newIds.size();
    }
    return known.getAsInt();
  }

  /** Numbers the stores of a registry in an empty index in the order of their keys. */
  public static StoreIdIndex number(Registry registry) {
    StoreIdIndex ids = new StoreIdIndex();
    for (int key = 1; key <= registry.size(); key++) {
      ids.indexOf(registry.id(key));
    }
    return ids;
  }

  /** Numbers the stores of a registry that are not deleted, and closes the index. */
  public static StoreIdIndex numberThoseThere(Registry registry) {
    StoreIdIndex ids = new StoreIdIndex();
    IntStream.rangeClosed(1, registry.size())
        .filter(key -> !registry.isDeleted(key))
        .forEach(key -> ids.indexOf(registry.id(key)));
    ids.close();
    return ids;
  }

  /** Returns the number of stores. */
  public int size() {
    return keys.length;
  }

  /** Returns the key of a store of the file. */
  public int key(int store) {
    return keys[store];
  }

  /** Returns the id of a store of the file. */
  public String id(int store) {
    return ids.id(store);
  }

  /** Returns the store of the file that has a key; -1 if there is none. */
  int store(int key) {
    return key < stores.length ? stores[key] : -1;
  }

  /** Returns the smallest key of a range of stores. */
  int smallest(int first, int last) {
    return IntStream.rangeClosed(first, last).map(this::key).min().orElseThrow();
  }

  /** Returns the largest key of a range of stores. */
  int largest(int first, int last) {
    return IntStream.rangeClosed(first, last).map(this::key).max().orElseThrow();
  }

  /** Returns the key of the first store that the registry does not know. */
  public int firstNewKey() {
    return firstNewKey;
  }

  /**
   * Returns the ids of the stores that the registry does not know, in the order of their new keys.
   */
  public List<String> newIds() {
    return newIds;
  }
}
