package dev.storewatch.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A key that lives as long as the process and lies in the data folder, where only its owner reads
 * it. With it, the commands work through the server that holds the folder. Whoever can read the
 * folder has all that is in it anyway.
 */
public final class LocalTicket {
  private final KeyText key = KeyText.random();

  /** Returns the text that a command sends as its key. */
  public String reveal() {
    return key.reveal();
  }

  /** Returns whether a text is this key. */
  public boolean matches(String text) {
    // In constant time, so that the time does not tell how much of a guess is right.
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), reveal().getBytes(StandardCharsets.UTF_8));
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "LocalTicket";
  }
}
