package dev.storewatch.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Texts that open something to whoever has them.
 *
 * <p>Each has 256 random bits, so one round of SHA-256 keeps it as safe in the database as any
 * slower hash would.
 */
public final class Secrets {
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 43;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The form of a secret. */
  public static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{%d}".formatted(LENGTH));

  private Secrets() {}

  /** Returns a new secret. */
  public static String random() {
    return letters(LENGTH);
  }

  /** Returns a text of random letters and digits. */
  static String letters(int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }

  /**
   * Returns what the database keeps of a secret: its SHA-256 in hexadecimal. What strangers send is
   * kept in memory as this too, so that its length does not matter.
   */
  public static String hash(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
