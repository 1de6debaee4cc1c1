package dev.storewatch.uptime;

import dev.storewatch.hours.Closure;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Plan;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WallClock;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.window.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws questions that are hard to answer: around clock changes, with polls exactly on the edges of
 * everything.
 */
public final class RandomQuestion {
  private static final List<String> ZONES =
      List.of(
          "America/Chicago",
          "America/New_York",
          "America/Phoenix",
          "America/Indiana/Indianapolis",
          "Pacific/Honolulu",
          "Australia/Lord_Howe",
          "America/Havana",
          "Pacific/Apia",
          "Asia/Kathmandu");

  /** The day that Samoa skipped. */
  private static final Instant SKIPPED_DAY = Instant.parse("2011-12-30T10:00:00Z");

  private static final List<Duration> CARRIES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(37),
          Duration.ofHours(5).plus(1, ChronoUnit.MICROS),
          Rule.DEFAULT_CARRY,
          Duration.ofDays(3),
          Duration.ofDays(366));

  /** Times of day at which clocks change, days begin and late closings are. */
  private static final int[] TIMES =
      IntStream.of(0, 1, 3_600, 5_400, 7_200, 9_000, 10_800, 14_400, 32_400, 61_200, 79_200, 86_399)
          .toArray();

  private static final long LONGEST_GAP = 10 * Micros.DAY;

  private final SplittableRandom random;

  private RandomQuestion(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Returns the question of a seed. */
  public static Question of(long seed) {
    return new RandomQuestion(seed).draw();
  }

  private Question draw() {
    Zone zone = Zone.of(anyOf(ZONES));
    long asOf = asOf(zone);
    Plan plan = plan(zone.wallClock(Micros.toInstant(asOf)).toLocalDateTime(), asOf);
    List<Span> windows = windows(asOf);
    Duration carry = random.nextInt(4) == 0 ? anyCarry() : anyOf(CARRIES);
    Rule rule =
        Rule.of(anyOf(List.of("nearest", "nearest", "previous", "previous", "ratio")), carry);
    List<Long> edges = edges(WallClock.of(zone.name(), plan), asOf, windows, carry);
    return new Question(zone, plan, polls(asOf, edges), rule, asOf, windows);
  }

  private Duration anyCarry() {
    return Duration.ofSeconds(1).plus(random.nextLong(2 * Micros.DAY), ChronoUnit.MICROS);
  }

  private @Nullable List<OpeningInterval> hours() {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> List.of();
      case 2 -> everyDay(32_400, 61_200);
      case 3 -> everyDay(79_200, 7_200);
      case 4 -> everyDay(anyTime(), anyTime());
      default -> list(1 + random.nextInt(14), () -> interval(anyOf(DayOfWeek.values())));
    };
  }

  private static List<OpeningInterval> everyDay(int opens, int closes) {
    return Stream.of(DayOfWeek.values())
        .map(day -> new OpeningInterval(day, opens, closes))
        .toList();
  }

  private OpeningInterval interval(DayOfWeek day) {
    int closes = random.nextInt(8) == 0 ? OpeningInterval.DAY_SECONDS : anyTime();
    return new OpeningInterval(day, anyTime(), closes);
  }

  private int anyTime() {
    return random.nextInt(3) == 0
        ? random.nextInt(OpeningInterval.DAY_SECONDS)
        : TIMES[random.nextInt(TIMES.length)];
  }

  /** Returns an instant soon after a clock change, or any. */
  private long asOf(Zone zone) {
    Instant any =
        random.nextInt(6) == 0
            ? SKIPPED_DAY.minusSeconds(1)
            : Instant.ofEpochSecond(random.nextLong(1_200_000_000L, 1_900_000_000L));
    OptionalLong change = zone.nextChange(Micros.of(any));
    long start = change.isEmpty() || random.nextInt(4) == 0 ? Micros.of(any) : change.getAsLong();
    return start + rounded(random.nextLong(6 * Micros.DAY));
  }

  /** Rounds to whole hours, minutes or seconds, or not, so that edges often meet. */
  private long rounded(long micros) {
    long unit = anyOf(List.of(Micros.HOUR, 60 * Micros.SECOND, Micros.SECOND, 1L));
    return micros / unit * unit;
  }

  private List<Span> windows(long asOf) {
    List<Span> windows = new ArrayList<>(list(random.nextInt(5), () -> spanBefore(asOf)));
    if (windows.isEmpty() || random.nextBoolean()) {
      windows.addAll(Window.spans(asOf, Window.STANDARD, Schedule.unknown()));
    }
    return windows;
  }

  private Span spanBefore(long asOf) {
    long end = asOf - rounded(random.nextLong(5 * Micros.DAY));
    return Span.endingAt(end, rounded(random.nextLong(3 * Micros.DAY)));
  }

  /** Returns hours, in a third of all questions the same every week. */
  private Plan plan(LocalDateTime asOf, long instant) {
    NavigableMap<LocalDate, List<OpeningInterval>> later = new TreeMap<>();
    SortedMap<LocalDate, List<OpeningInterval>> special = new TreeMap<>();
    if (random.nextInt(3) > 0) {
      for (int i = random.nextInt(3); i > 0; i--) {
        LocalDate date = dateNear(asOf);
        later.put(date, Objects.requireNonNullElse(hours(), List.of()));
        if (random.nextBoolean()) {
          special.put(date, special(date)); // new hours that begin on a special day
        }
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        LocalDate date = dateNear(asOf);
        special.put(date, special(date));
      }
    }
    return new Plan(hours(), later, special, closures(asOf, instant));
  }

  /** Returns a date near as-of, which is often soon after a clock change. */
  private LocalDate dateNear(LocalDateTime asOf) {
    return asOf.toLocalDate().plusDays(random.nextInt(-9, 3));
  }

  private List<OpeningInterval> special(LocalDate date) {
    return list(random.nextInt(4), () -> interval(date.getDayOfWeek()));
  }

  private List<Closure> closures(LocalDateTime asOf, long instant) {
    return random.nextBoolean()
        ? List.of()
        : list(
            1 + random.nextInt(4),
            () -> random.nextInt(3) == 0 ? fixedClosure(instant) : localClosure(asOf));
  }

  private Closure fixedClosure(long asOf) {
    Span span = spanBefore(asOf + Micros.DAY);
    return new Closure.Fixed(new Span(span.start(), span.end() + 1), "planned");
  }

  private Closure localClosure(LocalDateTime asOf) {
    LocalDateTime from = dateNear(asOf).atStartOfDay().plusSeconds(anyTime());
    LocalDateTime to = from.plus(1 + rounded(random.nextLong(3 * Micros.DAY)), ChronoUnit.MICROS);
    return switch (random.nextInt(4)) {
      case 0 -> {
        int weeks = random.nextInt(60);
        LocalDate first = from.toLocalDate().minusWeeks(weeks);
        LocalDate until =
            random.nextBoolean()
                ? null
                : first.plusWeeks(random.nextInt(weeks + 2)).plusDays(random.nextInt(7));
        yield new Closure.Local(
            from.minusWeeks(weeks), to.minusWeeks(weeks), Closure.Repeat.WEEKLY, until, "weekly");
      }
      case 1 -> {
        int years = random.nextInt(30);
        LocalDateTime first = from.minusYears(years);
        Duration length = Duration.between(from, to);
        yield new Closure.Local(first, first.plus(length), Closure.Repeat.YEARLY, null, "yearly");
      }
      default -> new Closure.Local(from, to, Closure.Repeat.ONCE, null, "once");
    };
  }

  private static List<Long> edges(WallClock clock, long asOf, List<Span> windows, Duration carry) {
    List<Long> edges = new ArrayList<>(clock.edges(asOf - LONGEST_GAP, asOf));
    windows.stream()
        .flatMap(span -> Stream.of(span.start(), span.end()))
        .flatMap(edge -> Stream.of(edge, edge, edge - Micros.of(carry), edge + Micros.of(carry)))
        .forEach(edges::add);
    edges.add(asOf);
    List<Long> inReach =
        edges.stream()
            .filter(edge -> edge > asOf - LONGEST_GAP)
            .flatMap(edge -> Stream.of(edge - Micros.of(carry), edge + Micros.of(carry)))
            .toList();
    edges.addAll(inReach);
    return edges;
  }

  private List<Poll> polls(long asOf, List<Long> edges) {
    int wanted = anyOf(List.of(0, 1, 2, 5, 20, 60));
    long reach = anyOf(List.of(Micros.HOUR, Micros.DAY, LONGEST_GAP));
    List<Long> instants = new ArrayList<>();
    while (instants.size() < wanted) {
      instants.add(instant(asOf, reach, edges, instants));
    }
    boolean mostlyUp = random.nextBoolean();
    return instants.stream()
        .map(at -> new Poll(Micros.toInstant(at), random.nextInt(4) == 0 ^ mostlyUp))
        .toList();
  }

  /**
   * Returns an instant on an edge, a microsecond beside one, or anywhere, sometimes a repeated one.
   */
  private long instant(long asOf, long reach, List<Long> edges, List<Long> earlier) {
    int kind = random.nextInt(10);
    if (kind < 3) {
      return anyOf(edges);
    }
    if (kind == 3) {
      return anyOf(edges) + random.nextLong(-2, 3);
    }
    if (kind == 4 && !earlier.isEmpty()) {
      return anyOf(earlier) + random.nextLong(-1, 2);
    }
    return asOf - rounded(random.nextLong(-reach / 10, reach));
  }

  private <T> T anyOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private <T> T anyOf(T[] array) {
    return array[random.nextInt(array.length)];
  }

  private static <T> List<T> list(int size, Supplier<T> element) {
    return Stream.generate(element).limit(size).toList();
  }
}
