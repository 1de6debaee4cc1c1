package dev.storewatch.uptime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Whole numbers one after the other in a text, each in as many bytes as it needs: seven bits in
 * each byte, the lowest first, of which the highest bit says that more follow (LEB128), in base 64.
 */
public final class PackedNumbers {
  private static final int MOST_BYTES = 10;

  private PackedNumbers() {}

  /** Whoever packs numbers. */
  public static final class Writer {
    private final byte[] bytes;
    private int size;

    /**
     * A writer of some numbers.
     *
     * @param most how many there are at most
     */
    public Writer(int most) {
      bytes = new byte[Math.multiplyExact(most, MOST_BYTES)];
    }

    /** Adds a number, which takes the fewest bytes if it is small and not negative. */
    public void number(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        bytes[size++] = (byte) (left | 0x80);
        left >>>= 7;
      }
      bytes[size++] = (byte) left;
    }

    /** Adds a number of which a small one takes few bytes though it is negative. */
    public void signed(long value) {
      number((value << 1) ^ (value >> 63));
    }

    /** Returns the text. */
    public String text() {
      return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, size));
    }
  }

  /** Whoever reads the numbers of a text, in their order. */
  public static final class Reader {
    private final byte[] bytes;
    private int next;

    /** A reader of what a {@link Writer} wrote. */
    public Reader(String text) {
      bytes = Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns whether there are more. */
    public boolean hasNext() {
      return next < bytes.length;
    }

    /** Returns the next number that was written by {@link Writer#number}. */
    public long number() {
      long value = 0;
      int shift = 0;
      byte part;
      do {
        part = bytes[next++];
        value |= (part & 0x7FL) << shift;
        shift += 7;
      } while (part < 0);
      return value;
    }

    /** Returns the next number that was written by {@link Writer#signed}. */
    public long signed() {
      long value = number();
      return (value >>> 1) ^ -(value & 1);
    }
  }
}
