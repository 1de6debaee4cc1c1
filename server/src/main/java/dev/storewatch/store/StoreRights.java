package dev.storewatch.store;

/** Whether somebody may say, at the moment, what stores are called and which tags they have. */
public interface StoreRights {
  /** Returns whether they may. */
  boolean mayDescribe();
}
