package dev.storewatch.importing;

/** There is no import with an id. */
public final class UnknownImport extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says how to find one. */
  public UnknownImport(String id) {
    super("there is no import with the id %s: ./storewatch imports lists the latest".formatted(id));
  }
}
