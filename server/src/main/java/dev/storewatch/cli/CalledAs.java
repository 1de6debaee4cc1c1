package dev.storewatch.cli;

import java.util.Objects;

/** How this program was called, so that a hint of another command can be typed as it stands. */
final class CalledAs {
  private CalledAs() {}

  /** Returns what the launcher was called as; {@code ./storewatch} where there was none. */
  static String name() {
    return Objects.requireNonNullElse(System.getenv("STOREWATCH_CALLED_AS"), "./storewatch");
  }
}
