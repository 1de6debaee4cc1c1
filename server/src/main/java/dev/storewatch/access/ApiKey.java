package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key without its secret part.
 *
 * @param id the public part of the key
 * @param name what people call it
 * @param grant what it opens
 * @param createdAt when it was made
 * @param expiresAt when it ends by itself, or null for never
 * @param revokedAt when it was revoked, or null
 * @param lastUsedAt when it was last used, to the minute; null before the first time
 */
public record ApiKey(
    String id,
    String name,
    Grant grant,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  /** The most characters of a name; a longer one is nobody's. */
  public static final int LONGEST_NAME = 100;

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,%d}".formatted(LONGEST_NAME - 1));

  /** Returns whether it opens anything at an instant. */
  public boolean isGoodAt(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  /**
   * Checks the name of a key or a person.
   *
   * @throws IllegalArgumentException if it is invalid
   */
  static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new WrongInput(
          "'%s' is not a name: use 1 to 100 letters, digits, and after the first blanks . _ @ + -, for example pos-gateway"
              .formatted(name));
    }
    return name;
  }
}
