package dev.storewatch.hours;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the time of a period rests on: for each stretch of it the rules that make the store open,
 * closed or excluded then.
 *
 * <p>Open time rests on the date on which its interval begins, closed time on the date that the
 * wall clock shows, excluded time on the closures.
 */
public final class Bases {
  private static final SpanSet WHOLE_DAY = SpanSet.of(new Span(0, Micros.DAY));

  private final Parts open;
  private final Parts closed;
  private final Parts excluded;

  private Bases(Parts open, Parts closed, Parts excluded) {
    this.open = open;
    this.closed = closed;
    this.excluded = excluded;
  }

  static Bases of(Schedule schedule, Clocks clocks) {
    ZoneOffsets offsets = clocks.of(schedule.zone());
    List<Part> open = new ArrayList<>();
    List<Part> closed = new ArrayList<>();
    long last = DatedHours.lastDate(offsets);
    long first = DatedHours.firstDate(offsets);
    for (long date = first - DatedHours.LONGEST_DAYS; date <= last; date++) {
      DatedHours.Day day = schedule.hours().on(LocalDate.ofEpochDay(date));
      Basis basis = Basis.of(day);
      add(open, DatedHours.on(offsets, date, day.open()), basis);
      add(closed, DatedHours.on(offsets, date, WHOLE_DAY), basis);
    }
    List<Part> excluded =
        schedule.closures().occurrences(schedule.zone(), clocks.period()).stream()
            .map(one -> new Part(one.span(), new Basis.Planned(one.closure())))
            .toList();
    return new Bases(new Parts(open), new Parts(closed), new Parts(excluded));
  }

  /** Adds the part of a rule, to the one before it if that rests on the same and goes on in it. */
  private static void add(List<Part> parts, SpanSet spans, Basis basis) {
    for (Span span : spans.spans()) {
      Part last = parts.isEmpty() ? null : parts.getLast();
      if (last != null && last.basis.equals(basis) && last.span.end() == span.start()) {
        parts.set(parts.size() - 1, new Part(new Span(last.span.start(), span.end()), basis));
      } else {
        parts.add(new Part(span, basis));
      }
    }
  }

  /** Returns what makes the store open in a stretch, in the order of time, each rule once. */
  public List<Basis> ofOpen(Span stretch) {
    return open.in(stretch);
  }

  /** Returns what makes the store closed in a stretch, in the order of time, each rule once. */
  public List<Basis> ofClosed(Span stretch) {
    return closed.in(stretch);
  }

  /** Returns the closures of a stretch, in the order of time, each once. */
  public List<Basis> ofExcluded(Span stretch) {
    return excluded.in(stretch);
  }

  private record Part(Span span, Basis basis) {}

  /** Parts in the order of their starts, found without a look at all. */
  private static final class Parts {
    private final List<Part> inOrder;
    private final long longest;

    Parts(List<Part> parts) {
      this.inOrder =
          parts.stream().sorted(Comparator.comparingLong(part -> part.span.start())).toList();
      this.longest = parts.stream().mapToLong(part -> part.span.length()).max().orElse(0);
    }

    List<Basis> in(Span stretch) {
      List<Basis> found = new ArrayList<>();
      for (int i = firstFrom(stretch.start() - longest);
          i < inOrder.size() && inOrder.get(i).span.start() < stretch.end();
          i++) {
        Part part = inOrder.get(i);
        if (part.span.overlaps(stretch) && !found.contains(part.basis)) {
          found.add(part.basis);
        }
      }
      return found;
    }

    private int firstFrom(long instant) {
      int from = 0;
      int to = inOrder.size();
      while (from < to) {
        int middle = (from + to) >>> 1;
        if (inOrder.get(middle).span.start() < instant) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
      return from;
    }
  }
}
