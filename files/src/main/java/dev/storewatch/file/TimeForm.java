package dev.storewatch.file;

import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Timestamps;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a file writes the instants of its polls. */
public sealed interface TimeForm {
  /** As {@link Timestamps} reads them. */
  record Standard() implements TimeForm {}

  /**
   * As the time since 1970 began in UTC, in whole units; what is finer than a microsecond is cut.
   *
   * @param unit the unit
   */
  record Epoch(Unit unit) implements TimeForm {}

  /**
   * As a pattern of {@link java.time.format.DateTimeFormatter}, on the wall clock of a zone.
   *
   * @param pattern the pattern, such as {@code MM/dd/yyyy HH:mm}
   * @param zone an IANA name
   */
  record Pattern(String pattern, String zone) implements TimeForm {}

  /** A unit of the time since 1970. */
  enum Unit {
    SECONDS("epoch-seconds", 10, 1_000_000, 1),
    MILLIS("epoch-millis", 13, 1_000, 1),
    MICROS("epoch-micros", 16, 1, 1),
    NANOS("epoch-nanos", 19, 1, 1_000);

    private final String word;

    /** How many digits it has in our time. */
    private final int digits;

    private final long micros;
    private final long parts;

    Unit(String word, int digits, long micros, long parts) {
      this.word = word;
      this.digits = digits;
      this.micros = micros;
      this.parts = parts;
    }

    String word() {
      return word;
    }

    int digits() {
      return digits;
    }

    /** Returns a number of units in microseconds, {@link Timestamps#OTHER_YEARS} if too many. */
    long micros(long count) {
      boolean tooLate = count / parts >= Timestamps.LIMIT / micros;
      return count < 0 || tooLate ? Timestamps.OTHER_YEARS : count / parts * micros;
    }
  }

  /** Returns the options that say so, by their names. */
  default Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    switch (this) {
      case Standard _ -> {}
      case Epoch(Unit unit) -> texts.put("time", unit.word());
      case Pattern(String pattern, String zone) -> {
        texts.put("time", pattern);
        texts.put("time-zone", zone);
      }
    }
    return texts;
  }

  /**
   * Reads the options for the time.
   *
   * @param time the name of a unit, or a pattern; null for the standard form
   * @param zone the zone of a pattern; null for UTC
   * @throws WrongInput if they are wrong
   */
  static TimeForm of(@Nullable String time, @Nullable String zone) {
    if (time == null) {
      if (zone != null) {
        throw new WrongInput(
            "time-zone is %s, but time is missing: write the form too, for example 'MM/dd/yyyy HH:mm'"
                .formatted(zone));
      }
      return new Standard();
    }
    List<Unit> units =
        Arrays.stream(Unit.values()).filter(unit -> unit.word().equals(time)).toList();
    if (!units.isEmpty()) {
      if (zone != null) {
        throw new WrongInput(
            "time-zone is %s, but %s is the same in all zones: leave it out".formatted(zone, time));
      }
      return new Epoch(units.getFirst());
    }
    return PatternTimes.check(
        new Pattern(time, zone == null ? "UTC" : zone),
        Stream.of(Unit.values()).map(Unit::word).collect(Collectors.joining(", ")));
  }
}
