package dev.storewatch.revision;

import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A set of stores by their keys, a bit each. */
public final class StoreSet {
  /** So many keys take less room one by one than as bits of all stores. */
  private static final int FEW = 64;

  private static final String LIST = "=";

  private final BitSet keys;

  /** An empty set. */
  public StoreSet() {
    this(new BitSet());
  }

  private StoreSet(BitSet keys) {
    this.keys = keys;
  }

  /** Returns a set of some stores. */
  public static StoreSet of(IntStream keys) {
    StoreSet set = new StoreSet();
    keys.forEach(set::add);
    return set;
  }

  /** Reads the text that {@link #text} or {@link #shortText} makes. */
  public static StoreSet parse(String text) {
    return text.startsWith(LIST)
        ? of(
            Arrays.stream(text.substring(1).split(",", -1))
                .filter(key -> !key.isEmpty())
                .mapToInt(Integer::parseInt))
        : new StoreSet(BitSet.valueOf(Base64.getDecoder().decode(text)));
  }

  /** Returns the set as text for a database. */
  public String text() {
    return Base64.getEncoder().encodeToString(keys.toByteArray());
  }

  /** Returns the set as text for a database; few stores one by one. */
  public String shortText() {
    return keys.cardinality() <= FEW
        ? LIST + keys.stream().mapToObj(Integer::toString).collect(Collectors.joining(","))
        : text();
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

  /** Returns how many stores there are. */
  public int size() {
    return keys.cardinality();
  }

  /** Returns whether a store is in this set and in another one. */
  public boolean meets(StoreSet others) {
    return keys.intersects(others.keys);
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
