package dev.storewatch.journal;

import dev.storewatch.poll.PollRows;
import java.util.Arrays;
import java.util.Base64;

/**
 * The polls that an import wrote, packed: for each store its key, how many polls follow and whether
 * they were replaced, then the first poll and the distance of each to the one before it. Each
 * number takes as many groups of seven bits as it needs, so that an hourly poll takes about five
 * bytes.
 */
final class PackedChanges {
  private static final int MOST_BYTES_OF_A_NUMBER = 10;

  private byte[] bytes = new byte[4096];
  private int size;

  /** Returns how many bytes there are. */
  int size() {
    return size;
  }

  /**
   * Adds polls of a list, from one of a store on to its last one or to a number of them; returns
   * where the next begin.
   */
  int add(PollRows polls, int from, int most, boolean replaced) {
    int store = polls.store(from);
    int end = from + 1;
    while (end < polls.size() && end - from < most && polls.store(end) == store) {
      end++;
    }
    reserve((end - from + 2) * MOST_BYTES_OF_A_NUMBER);
    put(store);
    put(((long) (end - from) << 1) | (replaced ? 1 : 0));
    long before = 0;
    for (int i = from; i < end; i++) {
      put(zigzag(polls.poll(i) - before));
      before = polls.poll(i);
    }
    return end;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  private void put(long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private static long zigzag(long number) {
    return (number << 1) ^ (number >> 63);
  }

  /** Returns what was added as text for a database, and starts anew. */
  String takeText() {
    byte[] text = Base64.getEncoder().encode(Arrays.copyOf(bytes, size));
    size = 0;
    return new String(text, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** Reads a text that {@link #takeText} made, and adds its polls to two lists. */
  static void read(String text, PollRows added, PollRows replaced) {
    new Reader(Base64.getDecoder().decode(text)).readAll(added, replaced);
  }

  private static final class Reader {
    private final byte[] bytes;
    private int next;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    void readAll(PollRows added, PollRows replaced) {
      while (next < bytes.length) {
        int store = (int) number();
        long count = number();
        PollRows polls = (count & 1) == 0 ? added : replaced;
        long poll = 0;
        for (long i = 0; i < count >>> 1; i++) {
          long distance = number();
          poll += (distance >>> 1) ^ -(distance & 1);
          polls.add(store, poll);
        }
      }
    }

    private long number() {
      long number = 0;
      for (int shift = 0; ; shift += 7) {
        byte part = bytes[next++];
        number |= (part & 0x7FL) << shift;
        if (part >= 0) {
          return number;
        }
      }
    }
  }
}
