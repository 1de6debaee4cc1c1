package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import org.jspecify.annotations.Nullable;

/** The checks of what request bodies must have. */
final class Bodies {
  /** The description of the tags in a body. */
  static final String TAGS =
      "The stores that may be seen: those with one of these tags; every store if left out";

  private Bodies() {}

  /**
   * Returns a value that must be there.
   *
   * @throws WrongInput if it is not
   */
  static <T> T required(String field, @Nullable T value, String example) {
    if (value == null) {
      throw new WrongInput("the field '%s' is missing: send %s".formatted(field, example));
    }
    return value;
  }
}
