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
    this(ids, registry, false);
  }

  private StoreKeys(StoreIdIndex ids, Registry registry, boolean isNumberedByKey) {
    this.ids = ids;
    keys = new int[ids.size()];
    firstNewKey = registry.size() + 1;
    for (int store = 0; store < keys.length; store++) {
      keys[store] =
          isNumberedByKey ? keyInPlace(ids, registry, store) : key(ids, registry, store);
    }
    stores = new int[registry.size() + newIds.size() + 1];
    Arrays.fill(stores, -1);
    IntStream.range(0, keys.length).forEach(store -> stores[keys[store]] = store);
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

  /** The keys of stores whose numbers are the keys less one, also of those that are new. */
  public static StoreKeys inOrder(StoreIdIndex ids, Registry registry) {
    return new StoreKeys(ids, registry, true);
  }

  private int keyInPlace(StoreIdIndex ids, Registry registry, int store) {
    if (store >= registry.size()) {
      newIds.add(ids.id(store));
    }
    return store + 1;
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
