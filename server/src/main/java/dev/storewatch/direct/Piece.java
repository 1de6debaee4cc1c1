package dev.storewatch.direct;

import java.util.Arrays;

/** Some polls of a file, in its order. */
final class Piece {
  /** A poll takes so many bytes: its own eight and those of its store. */
  static final int BYTES = Long.BYTES + Integer.BYTES;

  private final int file;
  private final Numbering numbering;
  private final int[] stores;
  private final long[] polls;

  private Piece(int file, Numbering numbering, int[] stores, long[] polls) {
    this.file = file;
    this.numbering = numbering;
    this.stores = stores;
    this.polls = polls;
  }

  int size() {
    return polls.length;
  }

  /** Returns the number of the file, in the order of files. */
  int file() {
    return file;
  }

  /** Returns what the numbers of stores mean. */
  Numbering numbering() {
    return numbering;
  }

  /** Returns the number of the store of each poll; not a copy. */
  int[] stores() {
    return stores;
  }

  /** Returns the polls, packed as {@link dev.storewatch.uptime.PackedPoll} says; not a copy. */
  long[] polls() {
    return polls;
  }

  /** The keys of stores by the numbers that a reader gave them; known when a piece is complete. */
  static final class Numbering {
    private int[] keys = {};
    private int known;

    /** Returns how many numbers have a key. */
    int known() {
      return known;
    }

    /** Says the key of the next number. */
    void add(int key) {
      if (known == keys.length) {
        keys = Arrays.copyOf(keys, Math.max(1024, 2 * known));
      }
      keys[known++] = key;
    }

    /** Returns the keys by number; not a copy. */
    int[] keys() {
      return keys;
    }
  }

  /** A piece in the making, whose memory is used again for the next. */
  static final class Draft {
    private int[] stores = new int[32 * 1024];
    private long[] polls = new long[32 * 1024];
    private int size;

    void add(int store, long poll) {
      if (size == polls.length) {
        stores = Arrays.copyOf(stores, 2 * size);
        polls = Arrays.copyOf(polls, 2 * size);
      }
      stores[size] = store;
      polls[size++] = poll;
    }

    int size() {
      return size;
    }

    void clear() {
      size = 0;
    }

    Piece take(int file, Numbering numbering) {
      Piece piece =
          new Piece(file, numbering, Arrays.copyOf(stores, size), Arrays.copyOf(polls, size));
      size = 0;
      return piece;
    }
  }
}
