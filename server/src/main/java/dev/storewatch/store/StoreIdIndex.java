package dev.storewatch.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The distinct store ids met so far, each with the number 0, 1, 2... of its first appearance.
 *
 * <p>Ids are looked up as the bytes of a file, without a {@code String} for each row. All ids lie
 * one after the other in one array, so a million of them are a handful of objects. Not safe for use
 * by several threads.
 */
public final class StoreIdIndex {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final long UPPER_HALF = 0xFFFF_FFFF_0000_0000L;
  private static final long EMPTY = 0;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Differs for each index, so that nobody can prepare a file of ids that all share a slot. */
  private final long seed;

  /** The upper half of the hash and the index plus one, or {@link #EMPTY}; at most half full. */
  private long[] slots = new long[256];

  /** The start of each id in the text, and after the last the end of the text. */
  private int[] starts = new int[128];

  private byte[] text = new byte[4096];
  private int size;

  /** Makes an index without ids. */
  public StoreIdIndex() {
    this(ThreadLocalRandom.current().nextLong());
  }

  StoreIdIndex(long seed) {
    this.seed = seed;
  }

  /** Returns the number of distinct ids. */
  public int size() {
    return size;
  }

  /** Returns the index of an id, which is added if it is new. */
  public int indexOf(String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    return indexOf(utf8, 0, utf8.length);
  }

  /**
   * Returns the index of the id whose UTF-8 bytes are {@code [from, to)} of an array; it is added
   * if it is new.
   *
   * @throws IllegalStateException if the ids are longer than 2 GiB together
   */
  public int indexOf(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    long hash = hash(bytes, from, to);
    int slot = slot(hash, bytes, from, to);
    return slots[slot] == EMPTY ? add(slot, hash, bytes, from, to) : index(slots[slot]);
  }

  /**
   * Returns the index of the id whose UTF-8 bytes are {@code [from, to)} of an array, or -1 if
   * there is no such id.
   */
  public int find(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    return index(slots[slot(hash(bytes, from, to), bytes, from, to)]);
  }

  /**
   * Returns the id of an index.
   *
   * @throws IndexOutOfBoundsException if no id has the index
   */
  public String id(int index) {
    Objects.checkIndex(index, size);
    int start = starts[index];
    return new String(text, start, starts[index + 1] - start, StandardCharsets.UTF_8);
  }

  /** Returns the index in a slot, -1 in an empty one. */
  private static int index(long slot) {
    return (int) slot - 1;
  }

  /** Returns the slot that holds an id, or the empty one that it belongs in. */
  private int slot(long hash, byte[] bytes, int from, int to) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != EMPTY && !holds(slots[slot], hash, bytes, from, to)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean holds(long slot, long hash, byte[] bytes, int from, int to) {
    return (int) (slot >>> 32) == (int) (hash >>> 32) && isText(index(slot), bytes, from, to);
  }

  private boolean isText(int index, byte[] bytes, int from, int to) {
    int start = starts[index];
    int end = starts[index + 1];
    if (end - start != to - from) {
      return false;
    }
    while (start < end && word(text, start, end) == word(bytes, from, to)) {
      start += Long.BYTES;
      from += Long.BYTES;
    }
    return start >= end;
  }

  private int add(int slot, long hash, byte[] bytes, int from, int to) {
    int start = starts[size];
    int end = start + to - from;
    reserve(end);
    System.arraycopy(bytes, from, text, start, to - from);
    starts[++size] = end;
    slots[slot] = (hash & UPPER_HALF) | size;
    if (size > slots.length / 2) {
      widen();
    }
    return size - 1;
  }

  private void reserve(int end) {
    if (end < 0 || end > LARGEST_ARRAY) {
      throw new IllegalStateException(
          "the ids of " + size + " stores fill 2 GiB, the most that is possible");
    }
    if (end > text.length) {
      text = Arrays.copyOf(text, (int) Math.min(LARGEST_ARRAY, 2L * end));
    }
    if (size + 1 == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
  }

  private void widen() {
    slots = new long[2 * slots.length];
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      long hash = hash(text, starts[i], starts[i + 1]);
      int slot = (int) hash & mask;
      while (slots[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = (hash & UPPER_HALF) | (i + 1);
    }
  }

  long hash(byte[] bytes, int from, int to) {
    long hash = seed ^ (to - from);
    for (int at = from; at < to; at += Long.BYTES) {
      hash = mix(hash, word(bytes, at, to));
    }
    return (hash * FACTOR) ^ (hash >>> 32);
  }

  static long mix(long hash, long word) {
    long mixed = hash ^ word;
    return (mixed * FACTOR) ^ Math.unsignedMultiplyHigh(mixed, FACTOR);
  }

  /** Returns the up to eight bytes of {@code [at, to)}, with zeros for those at {@code to} on. */
  private static long word(byte[] bytes, int at, int to) {
    if (to - at >= Long.BYTES) {
      return (long) WORDS.get(bytes, at);
    }
    long mask = (1L << ((to - at) * Byte.SIZE)) - 1;
    return at + Long.BYTES <= bytes.length
        ? (long) WORDS.get(bytes, at) & mask
        : lastWord(bytes, at, to);
  }

  private static long lastWord(byte[] bytes, int at, int to) {
    long word = 0;
    for (int i = to - 1; i >= at; i--) {
      word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
    }
    return word;
  }
}
