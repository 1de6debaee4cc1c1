package dev.storewatch.poll;

import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.util.Arrays;

/** The stores of which a file has an earlier poll than was known. */
final class FirstPolls {
  private final Registry registry;
  private int[] keys = new int[64];
  private long[] instants = new long[64];
  private int size;

  FirstPolls(Registry registry) {
    this.registry = registry;
  }

  /** Notes the first poll that a file has of a store; called at most once for each store. */
  void see(int key, long at) {
    if (key <= registry.size() && registry.hasPollBy(key, at)) {
      return;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      instants = Arrays.copyOf(instants, 2 * size);
    }
    keys[size] = key;
    instants[size++] = at;
  }

  /** Writes what was noted. */
  void writeTo(Stores stores) {
    if (size > 0) {
      stores.setFirstPolls(Arrays.copyOf(keys, size), Arrays.copyOf(instants, size));
    }
  }
}
