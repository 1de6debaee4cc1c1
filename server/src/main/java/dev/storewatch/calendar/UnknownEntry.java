package dev.storewatch.calendar;

/** There is no such special day or closure, as far as the caller may see. */
public final class UnknownEntry extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownEntry(String what, String id) {
    super("there is no %s with the id %s".formatted(what, id));
  }
}
