package dev.storewatch.notice;

/** Ids that are nearly the same, and so may be meant for each other. */
public final class NearIds {
  private NearIds() {}

  /**
   * Returns what ids have in common that differ by what programs do to numbers and people to texts:
   * blanks, zeros at the start, {@code .0} at the end.
   */
  public static String normal(String id) {
    String text = withoutBlanks(id);
    int end = withoutFraction(text);
    int start = 0;
    while (start < end - 1 && text.charAt(start) == '0') {
      start++;
    }
    return text.substring(start, end);
  }

  /** Most ids have no blank, and are not copied. */
  private static String withoutBlanks(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (isBlank(id.charAt(i))) {
        StringBuilder rest = new StringBuilder(id.length());
        id.chars().filter(each -> !isBlank((char) each)).forEach(each -> rest.append((char) each));
        return rest.toString();
      }
    }
    return id;
  }

  private static boolean isBlank(char each) {
    return Character.isWhitespace(each) || Character.isSpaceChar(each);
  }

  /** Returns where a number ends before {@code .0}, {@code .00} and so on. */
  private static int withoutFraction(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '0') {
      end--;
    }
    boolean fraction = end > 1 && end < text.length() && text.charAt(end - 1) == '.';
    return fraction && Character.isDigit(text.charAt(end - 2)) ? end - 1 : text.length();
  }
}
