package dev.storewatch.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words by which a file says whether a store was online, in any letter case: those of {@link
 * Statuses}, words that monitors use, and those that an option names.
 *
 * <p>It counts how often each word was read, so that whoever brings the file is told what was read
 * as what.
 */
final class StatusWords {
  private static final List<String> UP = List.of("active", "up", "online", "true", "1");
  private static final List<String> DOWN = List.of("inactive", "down", "offline", "false", "0");

  private final List<byte[]> words = new ArrayList<>();
  private final List<Integer> statuses = new ArrayList<>();
  private final long[] counts;

  /** Whether {@code active} and {@code inactive} mean what they say. */
  private final boolean plain;

  /**
   * The words of a file.
   *
   * @param active more words for active; they come before the usual ones
   * @param inactive more words for inactive
   */
  StatusWords(List<String> active, List<String> inactive) {
    add(active, Statuses.ACTIVE);
    add(inactive, Statuses.INACTIVE);
    this.plain = words.isEmpty();
    add(UP, Statuses.ACTIVE);
    add(DOWN, Statuses.INACTIVE);
    this.counts = new long[words.size()];
  }

  private void add(List<String> more, int status) {
    for (String word : more) {
      words.add(word.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      statuses.add(status);
    }
  }

  /** Returns how often each word was read; not a copy. */
  long[] counts() {
    return counts;
  }

  /** Returns whether the fast reader of {@code active} and {@code inactive} may be used. */
  boolean isPlain() {
    return plain;
  }

  /** Returns the status that a range says, or {@link Statuses#UNKNOWN}. */
  int read(byte[] text, int from, int to) {
    if (plain) {
      int usual = Statuses.read(text, from, to);
      if (usual != Statuses.UNKNOWN) {
        return usual;
      }
    }
    for (int word = 0; word < words.size(); word++) {
      if (is(words.get(word), text, from, to)) {
        counts[word]++;
        return statuses.get(word);
      }
    }
    return Statuses.UNKNOWN;
  }

  private static boolean is(byte[] word, byte[] text, int from, int to) {
    if (to - from != word.length) {
      return false;
    }
    int at = 0;
    while (at < word.length && word[at] == lower(text[from + at])) {
      at++;
    }
    return at == word.length;
  }

  private static byte lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter | ' ') : letter;
  }

  /** Returns what was read as what, where it was not said in the usual words. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (int word = 0; word < counts.length; word++) {
      String text = new String(words.get(word), StandardCharsets.UTF_8);
      boolean usual = text.equals("active") || text.equals("inactive");
      if (counts[word] > 0 && !(plain && usual)) {
        notes.add(
            String.format(
                Locale.ROOT,
                "the status '%s' was read as %s, rows: %,d",
                text,
                statuses.get(word) == Statuses.ACTIVE ? "active" : "inactive",
                counts[word]));
      }
    }
    return notes;
  }
}
