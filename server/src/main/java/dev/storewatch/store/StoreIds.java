package dev.storewatch.store;

import dev.storewatch.input.WrongInput;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the id of a store, for all who bring one: any text of 1 to 256 bytes of UTF-8
 * without control characters.
 */
public final class StoreIds {
  /** The bytes of the longest id, in UTF-8. */
  public static final int LONGEST_BYTES = 256;

  private static final String EMPTY =
      "the store_id is empty: use any text, for example 1481966498820158979";
  private static final String LONG =
      "the store_id is longer than 256 bytes of UTF-8: use a shorter one";
  private static final String CONTROL =
      "the store_id holds a control character: use printable ones";
  private static final String HALF =
      "the store_id holds half of a character: write both halves of a surrogate pair";

  private StoreIds() {}

  /** Returns what is wrong with a text as an id, and what would be right; null if nothing is. */
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
   * Returns what is wrong with the UTF-8 bytes {@code [from, to)} of an array as an id, and what
   * would be right; null if nothing is.
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
    return null;
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
   * @return the id
   * @throws WrongInput if it cannot be one
   */
  public static String check(String id) {
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
