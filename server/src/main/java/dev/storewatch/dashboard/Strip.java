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

  /**
   * A part.
   *
   * @param x where it begins
   * @param width how wide it is
   * @param state {@code up}, {@code down}, {@code unknown}, {@code planned} or {@code closed}
   */
  public record Part(String x, String width, String state) {}

  static Strip of(Span period, List<Segment> segments) {
    List<Part> parts = new ArrayList<>();
    Map<Segment.State, Long> sums = new EnumMap<>(Segment.State.class);
    for (int i = 0; i < segments.size(); i++) {
      Segment.State state = segments.get(i).state();
      long start = segments.get(i).span().start();
      // Neighbours that differ in certainty alone look the same.
      while (i + 1 < segments.size() && segments.get(i + 1).state() == state) {
        i++;
      }
      Span span = new Span(start, segments.get(i).span().end());
      sums.merge(state, span.length(), Long::sum);
      parts.add(
          new Part(
              units(period, span.start() - period.start()),
              units(period, span.length()),
              word(state)));
    }
    String words =
        sums.entrySet().stream()
            .map(sum -> "%s %s".formatted(word(sum.getKey()), Lengths.of(sum.getValue())))
            .collect(Collectors.joining(", "));
    return new Strip(parts, words.isEmpty() ? "nothing is known" : words);
  }

  /** Returns the place of an instant in the bar of a period. */
  static String at(Span period, long instant) {
    return units(period, instant - period.start());
  }

  private static String units(Span period, long micros) {
    return String.format(Locale.ROOT, "%.2f", (double) WIDTH * micros / period.length());
  }

  /** Returns the word by which pages know a state. */
  static String word(Segment.State state) {
    return state == Segment.State.EXCLUDED ? "planned" : state.name().toLowerCase(Locale.ROOT);
  }
}
