package dev.storewatch.source;

/** Another source has the name, so that nobody could tell whose imports are whose. */
public final class NameTaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  NameTaken(String name) {
    super("there is a source '%s': choose another name, or change that one".formatted(name));
  }
}
