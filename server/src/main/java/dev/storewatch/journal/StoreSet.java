package dev.storewatch.journal;

import java.util.Base64;
import java.util.BitSet;
import java.util.stream.IntStream;

/** A set of stores by their keys, a bit each. */
public final class StoreSet {
  private final BitSet keys;

  /** An empty set. */
  public StoreSet() {
    this(new BitSet());
  }

  private StoreSet(BitSet keys) {
    this.keys = keys;
  }

  /** Reads the text that {@link #text} makes. */
  static StoreSet of(String text) {
    return new StoreSet(BitSet.valueOf(Base64.getDecoder().decode(text)));
  }

  /** Returns the set as text for a database. */
  String text() {
    return Base64.getEncoder().encodeToString(keys.toByteArray());
  }

  /** Adds a store. */
  public void add(int key) {
    keys.set(key);
  }

  /** Adds all stores of another set. */
  public void addAll(StoreSet others) {
    keys.or(others.keys);
  }

  /** Returns whether a store is in the set. */
  public boolean contains(int key) {
    return keys.get(key);
  }

  /** Returns whether there is no store in the set. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Returns the stores that are in another set too. */
  public StoreSet and(StoreSet others) {
    BitSet both = (BitSet) keys.clone();
    both.and(others.keys);
    return new StoreSet(both);
  }

  /** Returns the keys of the stores, the smallest first. */
  public IntStream stream() {
    return keys.stream();
  }
}
