package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in with a password; the password itself is not kept.
 *
 * @param name the name to sign in with
 * @param grant what the person may do
 * @param createdAt when the person was added
 * @param removedAt when the person was removed, or null
 * @param lastSignInAt when the person last signed in, or null
 */
public record User(
    String name,
    Grant grant,
    Instant createdAt,
    @Nullable Instant removedAt,
    @Nullable Instant lastSignInAt) {
  private static final int SHORTEST_PASSWORD = 12;

  /** The bytes that bcrypt reads of a password; it would ignore the rest. */
  private static final int LONGEST_PASSWORD = 72;

  /** Returns the person with another grant. */
  User with(Grant other) {
    return new User(name, other, createdAt, removedAt, lastSignInAt);
  }

  /** Returns whether the person may sign in. */
  public boolean isThere() {
    return removedAt == null;
  }

  /**
   * Checks a new password.
   *
   * @throws WrongInput if it is too short, too long, the person's name, or like one of those that
   *     are used most
   */
  static void checkPassword(String name, String password) {
    int bytes = password.getBytes(StandardCharsets.UTF_8).length;
    if (password.codePointCount(0, password.length()) < SHORTEST_PASSWORD
        || bytes > LONGEST_PASSWORD) {
      throw new WrongInput(
          "a password has at least %d characters and at most %d bytes: four random words make a good one"
              .formatted(SHORTEST_PASSWORD, LONGEST_PASSWORD));
    }
    if (password.equalsIgnoreCase(name)
        || password.chars().distinct().count() < 4
        || CommonPasswords.isLike(password)) {
      throw new WrongInput("this password is easily guessed: four random words make a good one");
    }
  }
}
