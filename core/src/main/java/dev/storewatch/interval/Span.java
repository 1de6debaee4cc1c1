package dev.storewatch.interval;

import java.time.Instant;

/**
 * A half-open interval of time, {@code [start, end)}.
 *
 * @param start the first instant inside, in microseconds since the epoch
 * @param end the first instant after, in microseconds since the epoch; not before {@code start}
 */
public record Span(long start, long end) {
  /**
   * Checks the order of the two ends.
   *
   * @throws IllegalArgumentException if the end lies before the start
   */
  public Span {
    if (end < start) {
      throw new IllegalArgumentException(
          "a span ends before it starts: "
              + Micros.toInstant(start)
              + " to "
              + Micros.toInstant(end));
    }
  }

  /** Returns the span between two instants, in microseconds. */
  public static Span between(Instant start, Instant end) {
    return new Span(Micros.of(start), Micros.of(end));
  }

  /** Returns the span of a given length, in microseconds, that ends at an instant. */
  public static Span endingAt(long end, long length) {
    return new Span(Math.subtractExact(end, length), end);
  }

  /** Returns the length in microseconds. */
  public long length() {
    return end - start;
  }

  /** Returns whether no instant is inside. */
  public boolean isEmpty() {
    return start == end;
  }

  /** Returns whether an instant is inside. */
  public boolean contains(long instant) {
    return start <= instant && instant < end;
  }

  /** Returns whether every instant of the other span is inside this one. */
  public boolean encloses(Span other) {
    return other.isEmpty() || (start <= other.start && other.end <= end);
  }

  /** Returns whether the two spans touch without sharing an instant. */
  public boolean abuts(Span other) {
    return end == other.start || other.end == start;
  }

  /** Returns whether the two spans share an instant. */
  public boolean overlaps(Span other) {
    return Math.max(start, other.start) < Math.min(end, other.end);
  }

  @Override
  public String toString() {
    return "[" + Micros.toInstant(start) + ", " + Micros.toInstant(end) + ")";
  }
}
