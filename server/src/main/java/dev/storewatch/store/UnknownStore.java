package dev.storewatch.store;

/** Says that there is no such store, or none for whoever asks. */
public final class UnknownStore extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Takes the id that was asked for. */
  public UnknownStore(String id) {
    super("there is no store with the id " + id);
  }
}
