package dev.storewatch.store;

/** What is kept of stores elsewhere, and goes when its store does. */
public interface Belongings {
  /** Deletes all that belongs to a store, within the caller's transaction. */
  void delete(int key);
}
