package dev.storewatch.interval;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An immutable set of instants, kept as the spans it consists of: in order, none empty, no two
 * overlapping or touching.
 */
public final class SpanSet {
  private static final SpanSet EMPTY = new SpanSet(new long[0]);

  /** Start and end of each span in turn. */
  private final long[] bounds;

  private SpanSet(long[] bounds) {
    this.bounds = bounds;
  }

  /** Returns the set without any instant. */
  public static SpanSet empty() {
    return EMPTY;
  }

  /** Returns the instants that are inside any of the given spans. */
  public static SpanSet of(Span... spans) {
    return of(Arrays.asList(spans));
  }

  /**
   * Returns the instants that are inside any of the given spans, which may overlap and come in any
   * order.
   */
  public static SpanSet of(Collection<Span> spans) {
    Builder set = new Builder(spans.size());
    spans.stream()
        .sorted(Comparator.comparingLong(Span::start))
        .forEach(span -> set.add(span.start(), span.end()));
    return set.build();
  }

  /** Returns how many spans the set consists of. */
  public int size() {
    return bounds.length / 2;
  }

  /** Returns whether no instant is inside. */
  public boolean isEmpty() {
    return bounds.length == 0;
  }

  /** Returns the first instant of a span, counted from 0. */
  public long start(int span) {
    return bounds[2 * span];
  }

  /** Returns the first instant after a span, counted from 0. */
  public long end(int span) {
    return bounds[2 * span + 1];
  }

  /** Returns the spans in order. */
  public List<Span> spans() {
    return IntStream.range(0, size()).mapToObj(i -> new Span(start(i), end(i))).toList();
  }

  /** Returns the sum of the spans' lengths in microseconds. */
  public long length() {
    long sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += end(i) - start(i);
    }
    return sum;
  }

  /** Returns whether an instant is inside. */
  public boolean contains(long instant) {
    return (boundsUpTo(instant) & 1) == 1;
  }

  private int boundsUpTo(long instant) {
    int found = Arrays.binarySearch(bounds, instant);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /**
   * Returns the number of the first span that ends after an instant; {@link #size} if none does.
   */
  public int firstEndingAfter(long instant) {
    return boundsUpTo(instant) / 2;
  }

  /** Returns the instants of this set that are inside the span too. */
  public SpanSet intersection(Span span) {
    Builder both = new Builder(1);
    for (int i = firstEndingAfter(span.start()); i < size() && start(i) < span.end(); i++) {
      both.add(Math.max(start(i), span.start()), Math.min(end(i), span.end()));
    }
    return both.build();
  }

  /** Returns the instants that are inside both sets. */
  public SpanSet intersection(SpanSet other) {
    Builder both = new Builder(size() + other.size());
    int i = 0;
    int j = 0;
    while (i < size() && j < other.size()) {
      both.add(Math.max(start(i), other.start(j)), Math.min(end(i), other.end(j)));
      if (end(i) < other.end(j)) {
        i++;
      } else {
        j++;
      }
    }
    return both.build();
  }

  /** Returns the instants of this set that are not inside the other. */
  public SpanSet minus(SpanSet other) {
    if (other.isEmpty()) {
      return this; // as for nearly every store, which has no planned closure
    }
    Builder rest = new Builder(size() + other.size());
    int j = 0;
    for (int i = 0; i < size(); i++) {
      long from = start(i);
      while (j < other.size() && other.end(j) <= from) {
        j++;
      }
      for (int k = j; k < other.size() && other.start(k) < end(i); k++) {
        rest.add(from, other.start(k));
        from = Math.max(from, other.end(k));
      }
      rest.add(from, end(i));
    }
    return rest.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpanSet set && Arrays.equals(bounds, set.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return spans().toString();
  }

  /** A builder of a set, to which spans are added in the order of their starts. */
  public static final class Builder {
    private long[] bounds;
    private int size;

    /** An empty builder with room for a number of spans; more may be added. */
    public Builder(int expectedSpans) {
      bounds = new long[2 * Math.max(1, expectedSpans)];
    }

    /**
     * Adds the instants of {@code [start, end)}; none if the end is not after the start.
     *
     * @throws IllegalArgumentException if the start lies before that of an earlier span
     */
    public void add(long start, long end) {
      if (end <= start) {
        return;
      }
      if (size > 0 && start <= bounds[size - 1]) {
        extendLast(start, end);
        return;
      }
      if (size == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * size);
      }
      bounds[size++] = start;
      bounds[size++] = end;
    }

    private void extendLast(long start, long end) {
      if (start < bounds[size - 2]) {
        throw new IllegalArgumentException("spans must be added in the order of their starts");
      }
      bounds[size - 1] = Math.max(bounds[size - 1], end);
    }

    /** Returns the set of all that was added. */
    public SpanSet build() {
      return size == 0 ? EMPTY : new SpanSet(Arrays.copyOf(bounds, size));
    }
  }
}
