package dev.storewatch.store;

/** The data of stores that are kept elsewhere, and are deleted with their store. */
public interface Belongings {
  /** Deletes all that belongs to a store, within the caller's transaction. */
  void delete(int key);
}
