package dev.storewatch.report;

import dev.storewatch.input.WrongInput;

/**
 * A key that a caller sends with a request, so that the same request sent again does not count
 * twice.
 *
 * @param text 1 to 255 printable ASCII characters
 */
public record IdempotencyKey(String text) {
  private static final int LONGEST = 255;

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is invalid
   */
  public IdempotencyKey {
    boolean printable = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (text.isBlank() || text.length() > LONGEST || !printable) {
      throw new WrongInput(
          "the Idempotency-Key is invalid: send 1 to %d printable ASCII characters, for example 6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11"
              .formatted(LONGEST));
    }
  }
}
