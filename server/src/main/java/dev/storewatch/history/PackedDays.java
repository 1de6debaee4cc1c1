package dev.storewatch.history;

import dev.storewatch.uptime.WindowTotals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The figures of days that follow each other, packed into a text.
 *
 * <p>Most days are like the one before, and up all the time that is known. So the open time and the
 * number of polls are written as differences to the day before, up time is what is left, and each
 * number takes as many bytes as it needs: seven for such a day.
 */
final class PackedDays {
  private static final int MOST_BYTES = 7 * 10;

  private PackedDays() {}

  /**
   * Packs days.
   *
   * @param totals the figures of each day, as {@link WindowTotals} orders them
   * @param offset where the first day is
   * @param days how many days there are
   */
  static String pack(long[] totals, int offset, int days) {
    Writer out = new Writer(days * MOST_BYTES);
    long scheduledBefore = 0;
    long pollsBefore = 0;
    for (int day = 0; day < days; day++) {
      WindowTotals each = WindowTotals.read(totals, offset + day * WindowTotals.FIELDS);
      out.signed(each.scheduled() - scheduledBefore);
      out.number(each.down());
      out.number(each.unknown());
      out.number(each.excluded());
      out.number(each.up() - each.surelyUp());
      out.number(each.down() - each.surelyDown());
      out.signed(each.polls() - pollsBefore);
      scheduledBefore = each.scheduled();
      pollsBefore = each.polls();
    }
    return out.text();
  }

  /**
   * Reads days into an array, in which there must be room for them.
   *
   * @return how many days there were
   */
  static int unpack(String text, long[] totals) {
    byte[] bytes = Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    Reader in = new Reader(bytes);
    long scheduled = 0;
    long polls = 0;
    int days = 0;
    for (int at = 0; in.next < bytes.length; at += WindowTotals.FIELDS) {
      scheduled += in.signed();
      long down = in.number();
      long unknown = in.number();
      long excluded = in.number();
      long up = scheduled - down - unknown - excluded;
      totals[at] = scheduled;
      totals[at + 1] = up;
      totals[at + 2] = down;
      totals[at + 3] = unknown;
      totals[at + 4] = excluded;
      totals[at + 5] = up - in.number();
      totals[at + 6] = down - in.number();
      polls += in.signed();
      totals[at + 7] = polls;
      days++;
    }
    return days;
  }

  private static final class Writer {
    private final byte[] bytes;
    private int size;

    Writer(int most) {
      bytes = new byte[most];
    }

    /** Writes seven bits in each byte, the lowest first; the highest bit says that more follow. */
    void number(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        bytes[size++] = (byte) (left | 0x80);
        left >>>= 7;
      }
      bytes[size++] = (byte) left;
    }

    void signed(long value) {
      number((value << 1) ^ (value >> 63));
    }

    String text() {
      return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, size));
    }
  }

  private static final class Reader {
    private final byte[] bytes;
    private int next;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    long number() {
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

    long signed() {
      long value = number();
      return (value >>> 1) ^ -(value & 1);
    }
  }
}
