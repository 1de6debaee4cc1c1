package dev.storewatch.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How far a word is from one that would be right. */
public final class Spelling {
  /** How many letters may be wrong for a word to be taken for another. */
  private static final int MOST_WRONG = 4;

  private static final int LONGEST = 100;

  private Spelling() {}

  /**
   * Returns how many letters must be put in, left out or changed to make one text of another;
   * {@link Integer#MAX_VALUE} if their lengths alone are too far apart for one to be meant by the
   * other.
   */
  public static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) > MOST_WRONG) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  /**
   * Returns the name that somebody meant who wrote another, in whatever letter case and with
   * whatever signs between the words; empty if all names are far off.
   */
  public static Optional<String> nearest(String wrong, Collection<String> names) {
    String plain = plain(wrong);
    if (plain.isEmpty() || plain.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
        .filter(name -> isLike(plain, plain(name)))
        .min(
            Comparator.comparingInt((String name) -> distance(plain, plain(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean isLike(String wrong, String right) {
    return distance(wrong, right) <= Math.min(MOST_WRONG, Math.max(1, right.length() / 2));
  }

  private static String plain(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
  }
}
