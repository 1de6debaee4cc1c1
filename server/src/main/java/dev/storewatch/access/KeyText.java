package dev.storewatch.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner sends it: {@code sw_}, the public part, and the secret part.
 *
 * @param id the public part, which may be shown and logged
 * @param secret the secret part, which is shown to its owner once
 */
record KeyText(String id, String secret) {
  private static final int ID_LENGTH = 12;
  private static final Pattern FORM =
      Pattern.compile("sw_([0-9A-Za-z]{%d})_(%s)".formatted(ID_LENGTH, Secrets.FORM));

  /** Returns a new key. */
  static KeyText random() {
    return new KeyText(Secrets.letters(ID_LENGTH), Secrets.random());
  }

  /** Reads a key; empty when the text is not a key. */
  static Optional<KeyText> parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    return parts.matches()
        ? Optional.of(new KeyText(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** Returns what the database keeps of the secret. */
  String secretHash() {
    return Secrets.hash(secret);
  }

  /**
   * Returns whether the secret is the one of a hash, in a time that does not tell how much of it is
   * right.
   */
  boolean matches(String hash) {
    return MessageDigest.isEqual(
        secretHash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns the whole key, for its owner alone. */
  String reveal() {
    return "sw_" + id + "_" + secret;
  }

  /** Returns the public part alone, so that no log and no message ever has the secret. */
  @Override
  public String toString() {
    return "sw_" + id + "_...";
  }
}
