package dev.storewatch.entry;

import dev.storewatch.input.WrongInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the id of a store, for all who bring one: any text of 1 to 256 bytes of UTF-8
 * without control characters, once the blanks around it are dropped.
 *
 * <p>Otherwise an id is taken literally: {@code 0042}, {@code 42} and {@code 42.0} are three
 * stores. A number that a program has cut, such as {@code 8.41953794191982E+018}, is no id, because
 * it may be that of many stores.
 */
public final class StoreIds {
  /** The bytes of the longest id, in UTF-8. */
  public static final int LONGEST_BYTES = 256;

  /** The order of ids, as text by code point, which is that of the bytes of UTF-8. */
  public static final Comparator<String> ORDER =
      Comparator.comparing(id -> id.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private static final String EMPTY =
      "the store_id is empty: use any text, for example 1481966498820158979";
  private static final String LONG =
      "the store_id is longer than 256 bytes of UTF-8: use a shorter one";
  private static final String CONTROL =
      "the store_id holds a control character: use printable ones";
  private static final String CUT =
      "the store_id is a number that a spreadsheet has cut to 15 digits, so it may be that of many"
          + " stores: export the file again and import it without opening it there, or open it with"
          + " the column store_id as text";
  private static final String HALF =
      "the store_id holds half of a character: write both halves of a surrogate pair";

  /** The bytes of the shortest number that is {@linkplain #isCut cut}, such as {@code 1E+5}. */
  private static final int SHORTEST_CUT = 4;

  private static final int MOST_DIGITS = 3;

  private StoreIds() {}

  /**
   * Returns an id without the blanks around it: spaces of every width, line breaks, and characters
   * that nobody sees, such as a byte order mark that went into the first field of a file.
   */
  public static String stripped(String id) {
    int from = 0;
    while (from < id.length() && isBlank(id.charAt(from))) {
      from++;
    }
    int to = id.length();
    while (to > from && isBlank(id.charAt(to - 1))) {
      to--;
    }
    return id.substring(from, to);
  }

  /**
   * Returns where the id in the UTF-8 bytes {@code [from, to)} of an array begins without the
   * blanks before it; {@code to} if there is nothing else.
   */
  public static int start(byte[] utf8, int from, int to) {
    int at = from;
    for (int blank = blankAt(utf8, at, to); blank > 0; blank = blankAt(utf8, at, to)) {
      at += blank;
    }
    return at;
  }

  /**
   * Returns where the id in the UTF-8 bytes {@code [from, to)} of an array ends without the blanks
   * after it; {@code from} if there is nothing else.
   */
  public static int end(byte[] utf8, int from, int to) {
    int at = to;
    int last = lastCharacter(utf8, from, at);
    while (last < at && last + blankAt(utf8, last, at) == at) {
      at = last;
      last = lastCharacter(utf8, from, at);
    }
    return at;
  }

  /** Returns where the last character of a range begins, its end if the range is empty. */
  private static int lastCharacter(byte[] utf8, int from, int to) {
    int at = Math.max(from, to - 1);
    while (at > from && (utf8[at] & 0xC0) == 0x80) {
      at--;
    }
    return Math.min(at, to);
  }

  /** Returns the length of the blank at a place, 0 if there is none; all are in the first plane. */
  private static int blankAt(byte[] utf8, int at, int to) {
    if (at >= to) {
      return 0;
    }
    int first = utf8[at];
    if (first >= 0) {
      return isBlank((char) first) ? 1 : 0;
    }
    int length = first < (byte) 0xE0 ? 2 : 3;
    if (at + length > to || first >= (byte) 0xF0) {
      return 0;
    }
    int second = utf8[at + 1] & 0x3F;
    int code =
        length == 2
            ? (first & 0x1F) << 6 | second
            : (first & 0x0F) << 12 | second << 6 | (utf8[at + 2] & 0x3F);
    return isBlank((char) code) ? length : 0;
  }

  /**
   * Returns whether a character is white space by Unicode, or has no width: marks of byte order and
   * direction, and joiners, which come along when somebody copies a text.
   */
  private static boolean isBlank(char character) {
    return Character.isSpaceChar(character)
        || (character >= '\t' && character <= '\r')
        || character == '\u0085'
        || character == '\u061C'
        || character == '\u180E'
        || (character >= '\u200B' && character <= '\u200F')
        || (character >= '\u202A' && character <= '\u202E')
        || (character >= '\u2060' && character <= '\u2069')
        || character == '\uFEFF';
  }

  /**
   * Returns whether the bytes {@code [from, to)} of an array are a number with an exponent as
   * spreadsheets and languages print it: with a point, a comma or a plus, so that {@code 12E5}
   * stays an id. For most ids this looks at their first four bytes alone.
   */
  public static boolean isCut(byte[] utf8, int from, int to) {
    return to - from >= SHORTEST_CUT
        && !(isDigit(utf8[from])
            && isDigit(utf8[from + 1])
            && isDigit(utf8[from + 2])
            && isDigit(utf8[from + 3]))
        && isExponential(utf8, utf8[from] == '-' ? from + 1 : from, to);
  }

  private static boolean isExponential(byte[] utf8, int from, int to) {
    int at = afterDigits(utf8, from, to);
    if (at == from || at - from > MOST_DIGITS || at == to) {
      return false;
    }
    boolean telling = utf8[at] == '.' || utf8[at] == ',';
    if (telling) {
      int fraction = at + 1;
      at = afterDigits(utf8, fraction, to);
      if (at == fraction) {
        return false;
      }
    }
    if (at + 1 >= to || (utf8[at] != 'E' && utf8[at] != 'e')) {
      return false;
    }
    at++;
    telling |= utf8[at] == '+';
    int exponent = utf8[at] == '+' || utf8[at] == '-' ? at + 1 : at;
    return telling
        && exponent < to
        && to - exponent <= MOST_DIGITS
        && afterDigits(utf8, exponent, to) == to;
  }

  private static int afterDigits(byte[] utf8, int from, int to) {
    int at = from;
    while (at < to && isDigit(utf8[at])) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /**
   * Returns what is wrong with a {@linkplain #stripped stripped} text as an id, and what would be
   * right; null if nothing is.
   */
  public static @Nullable String problem(String id) {
    if (id.codePoints().anyMatch(StoreIds::isHalf)) {
      return HALF; // which UTF-8 cannot hold
    }
    if (id.length() > LONGEST_BYTES) {
      return LONG;
    }
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    return problem(utf8, 0, utf8.length);
  }

  /**
   * Returns what is wrong with the UTF-8 bytes {@code [from, to)} of an array as an id, without the
   * blanks around it, and what would be right; null if nothing is.
   */
  public static @Nullable String problem(byte[] utf8, int from, int to) {
    if (from == to) {
      return EMPTY;
    }
    if (to - from > LONGEST_BYTES) {
      return LONG;
    }
    for (int at = from; at < to; at++) {
      if (isControl(utf8, at, to)) {
        return CONTROL;
      }
    }
    return isCut(utf8, from, to) ? CUT : null;
  }

  /**
   * Returns whether a control character is at a place: one of ASCII, or one that UTF-8 writes as C2
   * 80 to C2 9F.
   */
  private static boolean isControl(byte[] utf8, int at, int to) {
    byte value = utf8[at];
    return (value >= 0 && value < ' ')
        || value == 0x7F
        || (value == (byte) 0xC2 && at + 1 < to && (utf8[at + 1] & 0xFF) < 0xA0);
  }

  /**
   * Checks the id of a store that is to be added.
   *
   * @return the id, without the blanks around it
   * @throws WrongInput if it cannot be one
   */
  public static String check(String given) {
    String id = stripped(given);
    String problem = problem(id);
    if (problem != null) {
      throw new WrongInput(problem);
    }
    return id;
  }

  static boolean isControlOrHalf(int codePoint) {
    return Character.isISOControl(codePoint) || isHalf(codePoint);
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
