package dev.storewatch.bench;

import java.util.Arrays;

/**
 * The times that each of many requests took, in nanoseconds, and the time in which all were sent.
 */
final class Latencies {
  private long[] nanos = new long[1 << 16];
  private int count;
  private long seconds;
  private long processorNanos;
  private int failed;

  void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
  }

  void fail() {
    failed++;
  }

  /** Adds what another thread measured in the same time. */
  synchronized void addAll(Latencies other) {
    for (int i = 0; i < other.count; i++) {
      add(other.nanos[i]);
    }
    failed += other.failed;
  }

  /** Adds the nanoseconds during which requests were sent. */
  void lasted(long nanoseconds) {
    seconds += nanoseconds;
  }

  /** Adds the nanoseconds during which the server had a processor for them. */
  void cost(long nanoseconds) {
    processorNanos += nanoseconds;
  }

  /** Returns how long the server had a processor for a request, in microseconds. */
  double processorMicros() {
    return processorNanos / 1e3 / count;
  }

  double perSecond() {
    return count / (seconds / 1e9);
  }

  int failed() {
    return failed;
  }

  /** Returns the time within which a share of the requests was answered, in milliseconds. */
  double within(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : sorted[Math.min(count - 1, (int) (count * share))] / 1e6;
  }
}
