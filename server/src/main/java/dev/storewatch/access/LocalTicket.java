package dev.storewatch.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A key that lives as long as the process and lies in the data folder, where only its owner reads
 * it: by it the commands work through the server that holds the folder. Who can read the folder has
 * all that is in it anyway.
 */
public final class LocalTicket {
  private final KeyText key = KeyText.random();

  /** Returns the text that a command sends as its key. */
  public String reveal() {
    return key.reveal();
  }

  /** Returns whether a text is this key; takes as long for any text of its length. */
  public boolean matches(String text) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), reveal().getBytes(StandardCharsets.UTF_8));
  }

  /** Says nothing of what it is. */
  @Override
  public String toString() {
    return "LocalTicket";
  }
}
