package dev.storewatch.spark;

import dev.storewatch.input.WrongInput;

/**
 * Input that cannot be read, or that is not what it was said to be; the message says what to do.
 */
final class BadInput extends WrongInput {
  private static final long serialVersionUID = 1;

  BadInput(String message) {
    super(message);
  }
}
