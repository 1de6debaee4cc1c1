package dev.storewatch.dashboard;

import dev.storewatch.interval.Span;
import dev.storewatch.uptime.Segment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A stretch of time as a bar to scale.
 *
 * @param parts its parts from left to right; together as wide as {@link #WIDTH}
 * @param words how much of it the store was what, for those who do not see the bar
 */
public record Strip(List<Part> parts, String words) {
  /** The width of a bar in its own units. */
  static final int WIDTH = 1_000;

  /** The most parts of a bar: more are finer than a screen, and would make pages of many MB. */
  static final int MOST_PARTS = 500;

  /**
   * A part.
   *
   * @param x where it begins
   * @param width how wide it is
   * @param state {@code up}, {@code down}, {@code unknown}, {@code planned} or {@code closed}
   */
  public record Part(String x, String width, String state) {}

  static Strip of(Span period, List<Segment> segments) {
    List<Stretch> stretches = new ArrayList<>();
    Map<Segment.State, Long> sums = new EnumMap<>(Segment.State.class);
    for (Segment segment : segments) {
      sums.merge(segment.state(), segment.span().length(), Long::sum);
      add(stretches, new Stretch(segment.span(), segment.state()));
    }
    List<Part> parts =
        (stretches.size() > MOST_PARTS ? coarse(period, stretches) : stretches)
            .stream()
                .map(
                    stretch ->
                        new Part(
                            at(period, stretch.span.start()),
                            units(period, stretch.span.length()),
                            word(stretch.state)))
                .toList();
    String words =
        sums.entrySet().stream()
            .map(sum -> "%s %s".formatted(word(sum.getKey()), Lengths.of(sum.getValue())))
            .collect(Collectors.joining(", "));
    return new Strip(parts, words.isEmpty() ? "nothing is known" : words);
  }

  /** A time of one state. */
  private record Stretch(Span span, Segment.State state) {}

  /** Adds a stretch; neighbours that differ in certainty alone look the same, and are one. */
  private static void add(List<Stretch> stretches, Stretch next) {
    Stretch last = stretches.isEmpty() ? null : stretches.getLast();
    if (last != null && last.state == next.state && last.span.end() == next.span.start()) {
      stretches.set(
          stretches.size() - 1,
          new Stretch(new Span(last.span.start(), next.span.end()), last.state));
    } else {
      stretches.add(next);
    }
  }

  /** Returns fewer stretches: each equal piece of the period is what it was for the longest. */
  private static List<Stretch> coarse(Span period, List<Stretch> fine) {
    List<Stretch> coarse = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < MOST_PARTS; i++) {
      Span piece = new Span(edge(period, i), edge(period, i + 1));
      Map<Segment.State, Long> sums = new EnumMap<>(Segment.State.class);
      while (next < fine.size() && fine.get(next).span.end() <= piece.start()) {
        next++;
      }
      for (int at = next; at < fine.size() && fine.get(at).span.start() < piece.end(); at++) {
        Span span = fine.get(at).span;
        long length = Math.min(span.end(), piece.end()) - Math.max(span.start(), piece.start());
        sums.merge(fine.get(at).state, length, Long::sum);
      }
      sums.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .ifPresent(longest -> add(coarse, new Stretch(piece, longest.getKey())));
    }
    return coarse;
  }

  private static long edge(Span period, int piece) {
    return period.start() + Math.multiplyExact(period.length(), piece) / MOST_PARTS;
  }

  /** Returns the place of an instant in the bar of a period. */
  static String at(Span period, long instant) {
    return units(period, instant - period.start());
  }

  /** Returns about the place of an instant in the bar of a period, to a whole unit. */
  static String near(Span period, long instant) {
    return Long.toString(Math.round((double) WIDTH * (instant - period.start()) / period.length()));
  }

  private static String units(Span period, long micros) {
    return String.format(Locale.ROOT, "%.2f", (double) WIDTH * micros / period.length());
  }

  /** Returns the word by which pages know a state. */
  static String word(Segment.State state) {
    return state == Segment.State.EXCLUDED ? "planned" : state.name().toLowerCase(Locale.ROOT);
  }
}
