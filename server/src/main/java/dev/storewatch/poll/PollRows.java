package dev.storewatch.poll;

import java.util.Arrays;

/** A growing list of polls of many stores, in two parallel primitives: twelve bytes each. */
public final class PollRows {
  private int[] stores;
  private long[] polls;

  /** Those of polls that come from another database; empty otherwise. */
  private int[] revisions = {};

  private int size;

  /** Starts an empty list with room for a number of polls. */
  public PollRows(int capacity) {
    stores = new int[capacity];
    polls = new long[capacity];
  }

  /**
   * Adds a poll: the key of its store, and the poll packed as {@link
   * dev.storewatch.uptime.PackedPoll} says.
   */
  public void add(int store, long poll) {
    if (size == stores.length) {
      int more = Math.max(1024, size + (size >> 2));
      stores = Arrays.copyOf(stores, more);
      polls = Arrays.copyOf(polls, more);
    }
    stores[size] = store;
    polls[size++] = poll;
  }

  /** Adds a poll with the revision in which it came, or got its status. */
  public void add(int store, long poll, int revision) {
    add(store, poll);
    if (revisions.length < stores.length) {
      revisions = Arrays.copyOf(revisions, stores.length);
    }
    revisions[size - 1] = revision;
  }

  /** Returns the revision of a poll that was added with one. */
  public int revision(int index) {
    return revisions[index];
  }

  /** Returns how many there are. */
  public int size() {
    return size;
  }

  /** Returns the key of the store of a poll. */
  public int store(int index) {
    return stores[index];
  }

  /** Returns a poll. */
  public long poll(int index) {
    return polls[index];
  }

  /** Empties the list; its memory is kept for the next polls. */
  public void clear() {
    size = 0;
  }
}
