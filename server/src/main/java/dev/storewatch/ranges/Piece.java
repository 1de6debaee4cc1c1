package dev.storewatch.ranges;

import java.util.Arrays;

/** Some polls of a file, in its order. */
public final class Piece {
  /** A poll takes so many bytes: its own eight and those of its store. */
  public static final int BYTES = Long.BYTES + Integer.BYTES;

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

  /** Returns how many polls there are. */
  public int size() {
    return polls.length;
  }

  /** Returns the number of the file, in the order of files. */
  public int file() {
    return file;
  }

  /** Returns what the numbers of stores mean. */
  public Numbering numbering() {
    return numbering;
  }

  /** Returns the number of the store of each poll; not a copy. */
  public int[] stores() {
    return stores;
  }

  /** Returns the polls, packed as {@link dev.storewatch.uptime.PackedPoll} says; not a copy. */
  public long[] polls() {
    return polls;
  }

  /** The keys of stores by the numbers that a reader gave them; known when a piece is complete. */
  public static final class Numbering {
    private int[] keys = {};
    private int known;

    /** No numbers so far. */
    public Numbering() {}

    /** Returns how many numbers have a key. */
    public int known() {
      return known;
    }

    /** Says the key of the next number. */
    public void add(int key) {
      if (known == keys.length) {
        keys = Arrays.copyOf(keys, Math.max(1024, 2 * known));
      }
      keys[known++] = key;
    }

    /** Returns the keys by number; not a copy. */
    public int[] keys() {
      return keys;
    }
  }

  /** A piece in the making, whose memory is used again for the next. */
  public static final class Draft {
    private int[] stores = new int[32 * 1024];
    private long[] polls = new long[32 * 1024];
    private int size;

    /** A draft without polls. */
    public Draft() {}

    /** Adds a poll, packed, of a store by its number. */
    public void add(int store, long poll) {
      if (size == polls.length) {
        stores = Arrays.copyOf(stores, 2 * size);
        polls = Arrays.copyOf(polls, 2 * size);
      }
      stores[size] = store;
      polls[size++] = poll;
    }

    /** Returns how many polls there are. */
    public int size() {
      return size;
    }

    /** Takes all polls out. */
    public void clear() {
      size = 0;
    }

    /**
     * Returns the polls, and takes them out.
     *
     * @param file the number of their file
     * @param numbering what the numbers of stores mean
     */
    public Piece take(int file, Numbering numbering) {
      Piece piece =
          new Piece(file, numbering, Arrays.copyOf(stores, size), Arrays.copyOf(polls, size));
      size = 0;
      return piece;
    }
  }
}
