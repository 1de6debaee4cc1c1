package dev.storewatch.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Passwords that whoever guesses tries first: the 10,000 most common ones, also with digits and
 * signs around them or for letters, pieces that are repeated, and rows of digits. Several common
 * words in a row are a good password, if they are enough.
 */
final class CommonPasswords {
  private static final String NAME = "/common-passwords.txt";

  private CommonPasswords() {}

  /** Reads the list when somebody sets a password, which few processes ever do. */
  private static final class Words {
    private static final Set<String> ALL = read();

    private static Set<String> read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(NAME)),
                  StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .filter(line -> !line.startsWith("# ") && !line.equals("#"))
            .collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns whether a password is one of them, or little more than one. */
  static boolean isLike(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    String piece = piece(lower);
    return piece.length() < lower.length()
        || isRow(lower)
        || isWord(lower)
        || isWord(inLetters(lower));
  }

  private static boolean isWord(String text) {
    String bare = text.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
    return Words.ALL.contains(text) || Words.ALL.contains(bare) || Words.ALL.contains(piece(bare));
  }

  /** Returns a text with the letters for which signs and digits inside it stand. */
  private static String inLetters(String text) {
    String bare = text.replaceAll("[^\\p{L}@$]+$", "");
    return bare.replace('@', 'a')
        .replace('4', 'a')
        .replace('3', 'e')
        .replace('1', 'i')
        .replace('!', 'i')
        .replace('0', 'o')
        .replace('5', 's')
        .replace('$', 's')
        .replace('7', 't');
  }

  /** Returns the shortest piece that makes up a text when it is repeated; the text if none does. */
  private static String piece(String text) {
    for (int length = 1; length <= text.length() / 2; length++) {
      if (text.length() % length == 0
          && text.substring(0, length).repeat(text.length() / length).equals(text)) {
        return text.substring(0, length);
      }
    }
    return text;
  }

  /** Returns whether most characters are the next, the one before or the same as the one before. */
  private static boolean isRow(String text) {
    int steps = 0;
    for (int i = 1; i < text.length(); i++) {
      int step = Math.abs(text.charAt(i) - text.charAt(i - 1));
      steps += step <= 1 || step == 9 ? 1 : 0;
    }
    return 4 * steps >= 3 * (text.length() - 1);
  }
}
