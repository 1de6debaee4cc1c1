package dev.storewatch.entry;

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

  private static final int WORD = Long.BYTES;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final long UPPER_HALF = 0xFFFF_FFFF_0000_0000L;
  private static final long EMPTY = 0;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Differs for each index, so that nobody can prepare a file of ids that all share a slot. */
  private final long seed;

  private final long otherSeed;

  /** The upper half of the hash and the index plus one, or {@link #EMPTY}; at most half full. */
  private long[] slots = new long[256];

  /** The start of each id in the text, and after the last the end of the text. */
  private int[] starts = new int[128];

  private byte[] text = new byte[4096];
  private int size;
  private boolean closed;

  /** An index without ids. */
  public StoreIdIndex() {
    this(ThreadLocalRandom.current().nextLong());
  }

  StoreIdIndex(long seed) {
    this.seed = seed;
    this.otherSeed = folded(seed, FACTOR);
  }

  /** Returns the number of distinct ids. */
  public int size() {
    return size;
  }

  /** Takes no more ids from here on. */
  public void close() {
    closed = true;
  }

  /** Returns whether the index takes no more ids. */
  public boolean isClosed() {
    return closed;
  }

  /** Returns the index of an id, which is added if it is new; -1 if the index is closed. */
  public int indexOf(String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    return indexOf(utf8, 0, utf8.length);
  }

  /**
   * Returns the index of the id whose UTF-8 bytes are {@code [from, to)} of an array; it is added
   * if it is new; -1 if it is new and the index is closed.
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

  /** Returns the index that another index gives to an id of this one, to which it is added. */
  public int copyTo(StoreIdIndex other, int index) {
    Objects.checkIndex(index, size);
    return other.indexOf(text, starts[index], starts[index + 1]);
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
    int length = to - from;
    return starts[index + 1] - start == length && isEqual(text, start, bytes, from, length);
  }

  private static boolean isEqual(byte[] one, int from, byte[] other, int otherFrom, int length) {
    if (length < WORD) {
      return shortText(one, from, length) == shortText(other, otherFrom, length);
    }
    int last = length - WORD;
    for (int at = 2 * WORD; at < last; at += WORD) {
      if (word(one, from + at) != word(other, otherFrom + at)) {
        return false;
      }
    }
    int second = Math.min(WORD, last);
    long difference = word(one, from) ^ word(other, otherFrom);
    difference |= word(one, from + second) ^ word(other, otherFrom + second);
    difference |= word(one, from + last) ^ word(other, otherFrom + last);
    return difference == 0;
  }

  private int add(int slot, long hash, byte[] bytes, int from, int to) {
    if (closed) {
      return -1;
    }
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

  /**
   * Returns the hash of an id. The ids of most chains have 8 to 24 bytes: three words that may
   * overlap, and no loop.
   */
  long hash(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < WORD) {
      return folded(shortText(bytes, from, length) ^ seed, FACTOR ^ length);
    }
    int last = to - WORD;
    long hash = firstWords(word(bytes, from), word(bytes, Math.min(from + WORD, last)));
    for (int at = from + 2 * WORD; at < last; at += WORD) {
      hash = folded(hash ^ word(bytes, at), FACTOR);
    }
    return folded(hash ^ word(bytes, last), FACTOR ^ length);
  }

  long firstWords(long first, long second) {
    return folded(first ^ seed, second ^ otherSeed);
  }

  /** Returns both halves of a product as one. */
  private static long folded(long one, long other) {
    return (one * other) ^ Math.unsignedMultiplyHigh(one, other);
  }

  private static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /** Returns up to seven bytes as a number. */
  private static long shortText(byte[] bytes, int from, int length) {
    long value = 0;
    for (int at = from; at < from + length; at++) {
      value = (value << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    return value;
  }
}
