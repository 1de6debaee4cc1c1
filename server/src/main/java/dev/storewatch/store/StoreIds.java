package dev.storewatch.store;

import java.nio.charset.StandardCharsets;

/** What the id of a store may be: any text that a file may name a store by. */
public final class StoreIds {
  private static final int LONGEST = 256;
  private static final String EXAMPLE = "1481966498820158979";

  private StoreIds() {}

  /**
   * Checks the id of a store that is to be added.
   *
   * @return the id
   * @throws IllegalArgumentException if it is empty or too long, or holds control characters or
   *     half a surrogate pair
   */
  public static String check(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "the store_id is empty: use any text, for example \"%s\"".formatted(EXAMPLE));
    }
    if (id.codePoints().anyMatch(StoreIds::isNoCharacter)) {
      throw new IllegalArgumentException(
          "the store_id holds a control character: use printable ones, for example \"%s\""
              .formatted(EXAMPLE));
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException(
          "the store_id is longer than %d bytes of UTF-8: use a shorter one, for example \"%s\""
              .formatted(LONGEST, EXAMPLE));
    }
    return id;
  }

  static boolean isNoCharacter(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
