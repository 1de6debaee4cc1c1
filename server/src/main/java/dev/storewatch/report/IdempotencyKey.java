package dev.storewatch.report;

import dev.storewatch.input.WrongInput;

/**
 * What a caller sends along so that a request that is sent again does not count again.
 *
 * @param text 1 to 255 printable ASCII characters
 */
public record IdempotencyKey(String text) {
  private static final int LONGEST = 255;

  /**
   * Checks the text.
   *
   * @throws WrongInput if it is no good
   */
  public IdempotencyKey {
    boolean printable = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (text.isBlank() || text.length() > LONGEST || !printable) {
      throw new WrongInput(
          "the Idempotency-Key is no good: send 1 to %d printable ASCII characters, for example 6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11"
              .formatted(LONGEST));
    }
  }
}
