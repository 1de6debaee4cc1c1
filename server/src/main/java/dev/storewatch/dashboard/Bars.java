package dev.storewatch.dashboard;

import dev.storewatch.history.FiguresView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Periods as a row of bars: how much of the open time of each was what, from up at the bottom to
 * down at the top. A period without open time has no bar.
 *
 * @param parts the parts of all bars
 * @param labels names of some periods below their bars
 * @param words what the bars show, for those who do not see them
 */
public record Bars(List<Part> parts, List<Label> labels, String words) {
  /** The width of all bars in their own units. */
  static final int WIDTH = 1_000;

  /** The height of a bar in its own units. */
  static final int HEIGHT = 100;

  /** How much of its place a bar takes. */
  private static final double FILLED = 0.82;

  /** So that an hour of a month is seen at all. */
  private static final double LEAST = 2.5;

  /** How many names there is room for. */
  private static final int LABELS = 7;

  /** A part of a bar. */
  public record Part(String x, String y, String width, String height, String state, String title) {}

  /** A name below a bar. */
  public record Label(String x, String text) {}

  /** A period to be shown. */
  record Entry(String name, FiguresView figures) {}

  static Bars of(List<Entry> entries, String what) {
    List<Part> parts = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    double place = (double) WIDTH / Math.max(1, entries.size());
    int every = Math.max(1, (entries.size() + LABELS - 1) / LABELS);
    for (int i = 0; i < entries.size(); i++) {
      add(parts, entries.get(i), i * place, place * FILLED);
      if (i % every == 0) {
        labels.add(new Label(number(i * place), entries.get(i).name));
      }
    }
    return new Bars(parts, labels, words(entries, what));
  }

  private static void add(List<Part> parts, Entry entry, double x, double width) {
    FiguresView figures = entry.figures;
    double scheduled = figures.scheduled().doubleValue();
    if (scheduled == 0) {
      return;
    }
    String title = "%s: %s".formatted(entry.name, FigureTexts.times(figures));
    double down = height(figures.down(), scheduled);
    double unknown = height(figures.unknown(), scheduled);
    double planned = height(figures.excluded(), scheduled);
    double up = Math.max(0, HEIGHT - down - unknown - planned);
    double y = HEIGHT;
    String[] states = {"up", "planned", "unknown", "down"};
    double[] heights = {up, planned, unknown, down};
    for (int i = 0; i < states.length; i++) {
      if (heights[i] > 0) {
        y -= heights[i];
        parts.add(
            new Part(
                number(x),
                number(Math.max(0, y)),
                number(width),
                number(heights[i]),
                states[i],
                title));
      }
    }
  }

  private static double height(BigDecimal time, double scheduled) {
    return time.signum() == 0 ? 0 : Math.max(LEAST, HEIGHT * time.doubleValue() / scheduled);
  }

  private static String words(List<Entry> entries, String what) {
    long withDownTime = entries.stream().filter(entry -> entry.figures.down().signum() > 0).count();
    return "%s: %d of %d with down time; the table has the figures"
        .formatted(what, withDownTime, entries.size());
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}
