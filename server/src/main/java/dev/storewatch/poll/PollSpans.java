package dev.storewatch.poll;

import dev.storewatch.interval.Span;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Spans of time in which a store has certain polls and no others: for each the store, the first and
 * the last poll, and what tells whether they are still the same: how many they are and a sum of
 * hashes. At most one for a store.
 */
public final class PollSpans {
  private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

  private int[] keys = new int[64];
  private long[] firsts = new long[64];
  private long[] lasts = new long[64];
  private int[] counts = new int[64];
  private int[] hashes = new int[64];
  private int size;

  /** No spans. */
  public PollSpans() {}

  /** Returns what a poll adds to the sum of hashes, its status included. */
  public static int hash(long poll) {
    return (int) ((poll * FACTOR) >>> Integer.SIZE);
  }

  /**
   * Adds a span.
   *
   * @param key the key of the store
   * @param first the instant of the first poll, in microseconds since the epoch
   * @param last that of the last
   * @param count how many polls there are
   * @param hash the sum of their hashes
   */
  public void add(int key, long first, long last, int count, int hash) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      firsts = Arrays.copyOf(firsts, 2 * size);
      lasts = Arrays.copyOf(lasts, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    keys[size] = key;
    firsts[size] = first;
    lasts[size] = last;
    counts[size] = count;
    hashes[size++] = hash;
  }

  /** Returns how many spans there are. */
  public int size() {
    return size;
  }

  /** Returns the time from the first poll of all to the last. */
  Span time() {
    return size == 0
        ? new Span(0, 0)
        : new Span(
            Arrays.stream(firsts, 0, size).min().orElseThrow(),
            Arrays.stream(lasts, 0, size).max().orElseThrow() + 1);
  }

  /** Returns a line for each span. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append(
          "span %d: %d polls from %d to %d, %08x%n"
              .formatted(keys[i], counts[i], firsts[i], lasts[i], hashes[i]));
    }
    return text.toString();
  }

  int[] keys() {
    return Arrays.copyOf(keys, size);
  }

  long[] firsts() {
    return Arrays.copyOf(firsts, size);
  }

  long[] lasts() {
    return Arrays.copyOf(lasts, size);
  }

  /** Compares the polls that a database has with those of the spans. */
  final class Comparison implements Polls.Receiver {
    private final int smallest = Arrays.stream(keys, 0, size).min().orElse(0);
    private final int[] places;
    private final int[] found = new int[size];
    private final int[] sums = new int[size];

    Comparison() {
      places = new int[largest() - smallest + 1];
      Arrays.fill(places, -1);
      for (int i = 0; i < size; i++) {
        places[keys[i] - smallest] = i;
      }
    }

    int smallest() {
      return smallest;
    }

    int largest() {
      return Arrays.stream(keys, 0, size).max().orElse(0);
    }

    @Override
    public void take(int store, long poll) {
      int place = places[store - smallest];
      long at = PackedPoll.at(poll);
      if (place >= 0 && firsts[place] <= at && at <= lasts[place]) {
        found[place]++;
        sums[place] += hash(poll);
      }
    }

    /** Returns the keys of the stores that have others. */
    int[] differing() {
      return IntStream.range(0, size)
          .filter(i -> found[i] != counts[i] || sums[i] != hashes[i])
          .map(i -> keys[i])
          .toArray();
    }
  }
}
