package dev.storewatch.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner sends it: {@code sw_}, the public part, and the secret part.
 *
 * <p>The secret has 256 random bits, so one round of SHA-256 keeps it as safe in the database as
 * any slower hash would.
 *
 * @param id the public part, which may be shown and logged
 * @param secret the secret part, which is shown to its owner once
 */
record KeyText(String id, String secret) {
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 43;
  private static final Pattern FORM =
      Pattern.compile("sw_([0-9A-Za-z]{%d})_([0-9A-Za-z]{%d})".formatted(ID_LENGTH, SECRET_LENGTH));
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes a key that nobody has. */
  static KeyText random() {
    return new KeyText(letters(ID_LENGTH), letters(SECRET_LENGTH));
  }

  private static String letters(int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }

  /** Reads a key; empty when the text is none. */
  static Optional<KeyText> parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    return parts.matches()
        ? Optional.of(new KeyText(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** Returns what the database keeps of the secret. */
  String secretHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Returns whether the secret is the one of a hash, in a time that does not tell how much of it.
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
