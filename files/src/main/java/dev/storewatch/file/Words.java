package dev.storewatch.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in bytes, eight of them at a time in a {@code long}, the first byte lowest.
 *
 * <p>The array must be at least seven bytes longer than its text, and the text must end in a line
 * feed, where every search stops.
 */
public final class Words {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Words() {}

  static long eight(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static int four(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** Returns up to eight ASCII characters as they are read from an array. */
  static long of(String ascii) {
    long word = 0;
    for (int i = ascii.length() - 1; i >= 0; i--) {
      word = (word << Byte.SIZE) | ascii.charAt(i);
    }
    return word;
  }

  /** Returns the position of the line feed at or after a position. */
  static int lineEnd(byte[] bytes, int from) {
    int at = from;
    long stops = equal(eight(bytes, at), '\n');
    while (stops == 0) {
      at += Long.BYTES;
      stops = equal(eight(bytes, at), '\n');
    }
    return at + first(stops);
  }

  /**
   * Returns where printable ASCII without space, comma, quote and exclamation mark ends: the end of
   * a usual store id.
   */
  static int wordEnd(byte[] bytes, int from) {
    int at = from;
    long stops = wordStops(eight(bytes, at));
    while (stops == 0) {
      at += Long.BYTES;
      stops = wordStops(eight(bytes, at));
    }
    return at + first(stops);
  }

  /** Returns where printable ASCII without comma and quote ends: the end of a usual field. */
  static int fieldEnd(byte[] bytes, int from) {
    int at = from;
    long stops = fieldStops(eight(bytes, at));
    while (stops == 0) {
      at += Long.BYTES;
      stops = fieldStops(eight(bytes, at));
    }
    return at + first(stops);
  }

  /** Returns whether any byte of a range is not ASCII. */
  public static boolean hasNonAscii(byte[] bytes, int from, int to) {
    long all = 0;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      all |= eight(bytes, at);
    }
    for (; at < to; at++) {
      all |= bytes[at];
    }
    return (all & HIGH_BITS) != 0;
  }

  private static long wordStops(long word) {
    return below(word, '#') | equal(word, ',') | notPrintable(word);
  }

  private static long fieldStops(long word) {
    return below(word, ' ') | equal(word, ',') | equal(word, '"') | notPrintable(word);
  }

  /*
   * Each of the following sets the high bit of the bytes it looks for. A borrow or carry may also
   * set it in a byte above one that is correctly set, so only the lowest set bit can be trusted.
   */

  private static long below(long word, int limit) {
    return (word - (limit * ONES)) & ~word & HIGH_BITS;
  }

  private static long equal(long word, int value) {
    long difference = word ^ (value * ONES);
    return (difference - ONES) & ~difference & HIGH_BITS;
  }

  /** Finds DEL and all that is not ASCII. */
  private static long notPrintable(long word) {
    return (word | (word + ONES)) & HIGH_BITS;
  }

  private static int first(long stops) {
    return Long.numberOfTrailingZeros(stops) >>> 3;
  }
}
