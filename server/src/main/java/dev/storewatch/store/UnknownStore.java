package dev.storewatch.store;

/** There is no such store, or the caller may not see it. */
public final class UnknownStore extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The failure to find the store of an id. */
  public UnknownStore(String id) {
    super("there is no store with the id " + id);
  }
}
