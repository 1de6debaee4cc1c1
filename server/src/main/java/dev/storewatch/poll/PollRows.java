package dev.storewatch.poll;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

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
      makeRoomFor(Math.max(1024, size + (size >> 2)));
    }
    stores[size] = store;
    polls[size++] = poll;
  }

  /** Makes room for so many polls in all: to grow step by step takes several times the memory. */
  public void makeRoomFor(int count) {
    if (count > stores.length) {
      stores = Arrays.copyOf(stores, count);
      polls = Arrays.copyOf(polls, count);
    }
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

  /** Gives the stores of all polls other keys. */
  public void renumber(IntUnaryOperator keys) {
    for (int i = 0; i < size; i++) {
      stores[i] = keys.applyAsInt(stores[i]);
    }
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
