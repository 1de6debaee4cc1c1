package dev.storewatch.uptime;

import dev.storewatch.hours.WallClock;
import dev.storewatch.interval.Span;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The answers by definition: cuts time at every instant at which anything could change, and asks
 * the rules about the first microsecond of each piece. Slow, and without any code of the engine.
 */
final class Oracle {
  private final Question question;
  private final WallClock clock;
  private final List<long[]> closures;
  private final long carry;

  /** The in-hours polls at or before as-of, and whether each is active. */
  private final NavigableMap<Long, Boolean> polls;

  private final List<Segment> pieces;

  Oracle(Question question) {
    this.question = question;
    this.clock = question.wallClock();
    this.closures = clock.closures(question.asOf() + 1);
    this.carry = question.rule().carry().toNanos() / 1_000;
    this.polls = countedPolls();
    this.pieces = pieces();
  }

  private boolean isInClosure(long instant) {
    return closures.stream().anyMatch(ends -> ends[0] <= instant && instant < ends[1]);
  }

  private NavigableMap<Long, Boolean> countedPolls() {
    TreeMap<Long, Boolean> counted = new TreeMap<>();
    for (Poll poll : question.polls()) {
      long at = toMicros(poll.at());
      if (at <= question.asOf() && clock.isOpen(at) && !isInClosure(at)) {
        counted.put(at, poll.active());
      }
    }
    return counted;
  }

  private static long toMicros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private List<Segment> pieces() {
    long from = question.windows().stream().mapToLong(Span::start).min().orElseThrow();
    List<Segment> found = new ArrayList<>();
    long start = from;
    for (long end : cuts(from).tailSet(from, false)) {
      found.add(piece(new Span(start, end)));
      start = end;
    }
    return found;
  }

  private NavigableSet<Long> cuts(long from) {
    NavigableSet<Long> cuts = clock.edges(from, question.asOf());
    addEdges(question.windows(), cuts);
    Long earlier = null;
    for (long at : polls.keySet()) {
      cuts.addAll(List.of(at, at - carry, at + carry));
      if (earlier != null) {
        cuts.add(Math.floorDiv(earlier + at, 2));
      }
      earlier = at;
    }
    cuts.add(question.asOf());
    return new TreeSet<>(cuts.headSet(question.asOf(), true));
  }

  private static void addEdges(Collection<Span> spans, NavigableSet<Long> cuts) {
    for (Span span : spans) {
      cuts.add(span.start());
      cuts.add(span.end());
    }
  }

  private Segment piece(Span span) {
    long instant = span.start();
    Long speaker = speaker(instant);
    Segment.State state = state(instant, speaker);
    boolean known = state == Segment.State.UP || state == Segment.State.DOWN;
    return new Segment(
        span,
        state,
        known && areBothSidesSure(instant),
        known && speaker != null ? OptionalLong.of(speaker) : OptionalLong.empty());
  }

  private Segment.State state(long instant, @Nullable Long speaker) {
    if (!clock.isOpen(instant)) {
      return Segment.State.CLOSED;
    }
    if (isInClosure(instant)) {
      return Segment.State.EXCLUDED;
    }
    if (speaker == null) {
      return Segment.State.UNKNOWN;
    }
    return isActive(speaker) ? Segment.State.UP : Segment.State.DOWN;
  }

  /** Returns the poll that speaks for the microsecond that begins at an instant, if any. */
  private @Nullable Long speaker(long instant) {
    Long before = polls.floorKey(instant);
    Long after = polls.higherKey(instant);
    Long candidate =
        question.rule() instanceof Rule.Previous ? before : nearer(instant, before, after);
    return candidate != null && isInReach(candidate, instant) ? candidate : null;
  }

  /** Returns the earlier poll only if the whole microsecond is nearer to it, up to its last bit. */
  private static @Nullable Long nearer(long instant, @Nullable Long before, @Nullable Long after) {
    if (before == null || after == null) {
      return before == null ? after : before;
    }
    return (instant + 1) - before <= after - (instant + 1) ? before : after;
  }

  private boolean isInReach(long poll, long instant) {
    return poll - carry <= instant && instant < poll + carry;
  }

  private boolean areBothSidesSure(long instant) {
    Long before = polls.floorKey(instant);
    Long after = polls.higherKey(instant);
    return before != null
        && after != null
        && isInReach(before, instant)
        && isInReach(after, instant)
        && isActive(before) == isActive(after);
  }

  private boolean isActive(long poll) {
    return Boolean.TRUE.equals(polls.get(poll));
  }

  /** Returns the pieces inside a window, each far shorter than the segment it belongs to. */
  List<Segment> piecesOf(Span window) {
    return pieces.stream()
        .filter(p -> window.start() <= p.span().start() && p.span().end() <= window.end())
        .toList();
  }

  WindowTotals totals(Span window) {
    NavigableMap<Long, Boolean> counted = polls.subMap(window.start(), false, window.end(), true);
    long up = sum(window, piece -> piece.state() == Segment.State.UP);
    long down = sum(window, piece -> piece.state() == Segment.State.DOWN);
    long unknown = sum(window, piece -> piece.state() == Segment.State.UNKNOWN);
    if (question.rule() instanceof Rule.Ratio) {
      long all = up + down + unknown;
      up = share(all, counted);
      down = counted.isEmpty() ? 0 : all - up;
      unknown = counted.isEmpty() ? all : 0;
    }
    return new WindowTotals(
        sum(window, piece -> piece.state() != Segment.State.CLOSED),
        up,
        down,
        unknown,
        sum(window, piece -> piece.state() == Segment.State.EXCLUDED),
        sum(window, piece -> piece.certain() && piece.state() == Segment.State.UP),
        sum(window, piece -> piece.certain() && piece.state() == Segment.State.DOWN),
        counted.size());
  }

  private long sum(Span window, Predicate<Segment> which) {
    return piecesOf(window).stream()
        .filter(which)
        .mapToLong(piece -> piece.span().end() - piece.span().start())
        .sum();
  }

  private static long share(long time, NavigableMap<Long, Boolean> counted) {
    long active = counted.values().stream().filter(status -> status).count();
    return counted.isEmpty()
        ? 0
        : BigInteger.valueOf(time)
            .multiply(BigInteger.valueOf(active))
            .divide(BigInteger.valueOf(counted.size()))
            .longValueExact();
  }

  /** Returns the outages of a period: down pieces belong together if nothing else lies between. */
  List<Outage> outages(Span period) {
    List<Segment> open = piecesOf(period).stream().filter(Oracle::isAboutUptime).toList();
    TreeMap<Long, List<Segment>> byOthersBefore = new TreeMap<>();
    long others = 0;
    for (Segment piece : open) {
      if (piece.state() == Segment.State.DOWN) {
        byOthersBefore.computeIfAbsent(others, key -> new ArrayList<>()).add(piece);
      } else {
        others++;
      }
    }
    long allOthers = others;
    return byOthersBefore.entrySet().stream()
        .map(e -> outage(period, e.getValue(), e.getKey() == 0, e.getKey() == allOthers))
        .toList();
  }

  private static boolean isAboutUptime(Segment piece) {
    return piece.state() != Segment.State.CLOSED && piece.state() != Segment.State.EXCLUDED;
  }

  private Outage outage(Span period, List<Segment> down, boolean clippedStart, boolean clippedEnd) {
    long firstDown = down.getFirst().poll().orElseThrow();
    long lastDown = down.getLast().poll().orElseThrow();
    Long before = polls.lowerKey(firstDown);
    boolean tooEarly = before != null && before < period.start() - carry;
    return new Outage(
        new Span(down.getFirst().span().start(), down.getLast().span().end()),
        down.stream().mapToLong(piece -> piece.span().end() - piece.span().start()).sum(),
        clippedStart,
        clippedEnd,
        tooEarly ? OptionalLong.empty() : ifActive(before),
        firstDown,
        lastDown,
        ifActive(polls.higherKey(lastDown)));
  }

  private OptionalLong ifActive(@Nullable Long poll) {
    return poll != null && isActive(poll) ? OptionalLong.of(poll) : OptionalLong.empty();
  }
}
