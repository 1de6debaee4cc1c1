package dev.storewatch.file;

import java.nio.charset.StandardCharsets;

/** The text of a wrong line, as it is shown to people. */
public final class RejectedText {
  private static final int LONG_LINE_SHOWN = 1_000;
  private static final int LONGEST_CHARACTER = 4;

  private RejectedText() {}

  /** Returns a whole line, with replacement characters for what is not UTF-8 and for NUL. */
  static String of(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }

  /** Returns the beginning of a line that is longer than any row. */
  static String ofLong(byte[] line, int from, int to) {
    return start(line, from, to, LONG_LINE_SHOWN);
  }

  /** Returns a line, cut if it has more than so many characters. */
  public static String start(byte[] line, int from, int to, int most) {
    return cut(of(line, from, Math.min(to, from + LONGEST_CHARACTER * (most + 1))), most);
  }

  /** Returns a text, cut if it has more than so many characters. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "… (cut)";
  }
}
