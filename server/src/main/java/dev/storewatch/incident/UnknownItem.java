package dev.storewatch.incident;

/** There is no incident, route or mute of an id. */
public final class UnknownItem extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownItem(String what, String id) {
    super("there is no %s with the id %s".formatted(what, id));
  }
}
