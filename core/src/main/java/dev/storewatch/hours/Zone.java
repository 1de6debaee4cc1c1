package dev.storewatch.hours;

import dev.storewatch.interval.Micros;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A time zone of the program's own table: its name, and how far its wall clocks are ahead of UTC at
 * every instant.
 *
 * <p>Two zones are equal if their names are: a process reads one {@link ZoneTable}.
 */
public final class Zone {
  /** No offset is greater, so each local time is that of an instant of two days around it. */
  private static final long FARTHEST = Micros.DAY;

  private final String name;
  private final Tzif rules;

  Zone(String name, Tzif rules) {
    this.name = name;
    this.rules = rules;
  }

  /**
   * Returns the zone of an IANA name in the table that this process uses.
   *
   * @throws dev.storewatch.input.WrongInput if the table does not have the name
   */
  public static Zone of(String name) {
    return ZoneTable.inUse().zone(name);
  }

  /** Returns the IANA name, as the table spells it. */
  public String name() {
    return name;
  }

  /** Returns how far the wall clock is ahead of UTC at an instant, both in microseconds. */
  public long offset(long instant) {
    return rules.offset(Math.floorDiv(instant, Micros.SECOND)) * Micros.SECOND;
  }

  /** Returns what the wall clock shows at an instant, with its offset. */
  public OffsetDateTime wallClock(Instant instant) {
    return instant.atOffset(ZoneOffset.ofTotalSeconds(rules.offset(instant.getEpochSecond())));
  }

  /** Returns the first instant after a given one at which the clocks change, if they do. */
  public OptionalLong nextChange(long instant) {
    Long change = rules.changeAfter(Math.floorDiv(instant, Micros.SECOND));
    return change == null ? OptionalLong.empty() : OptionalLong.of(change * Micros.SECOND);
  }

  /**
   * Returns the instant at which the wall clock shows a local time: the first such instant if the
   * clocks show it twice, and the first instant after the gap if they skip it.
   */
  public long resolve(LocalDateTime local) {
    long shown = Micros.of(local.toInstant(ZoneOffset.UTC));
    long from = shown - FARTHEST;
    OptionalLong change = nextChange(from);
    long offset = offset(from);
    while (change.isPresent() && change.getAsLong() <= shown - offset) {
      from = change.getAsLong();
      offset = offset(from);
      change = nextChange(from);
    }
    return Math.max(from, shown - offset);
  }

  /**
   * Returns the first instant from which on the wall clock shows a local time or a later one for
   * good: the last such instant if the clocks show it several times, and the first instant after
   * the gap if they skip it. A later local time has the same instant or a later one.
   */
  public long resolveLast(LocalDateTime local) {
    long shown = Micros.of(local.toInstant(ZoneOffset.UTC));
    long from = shown - FARTHEST;
    long last = from;
    while (from < shown + FARTHEST) {
      long end = nextChange(from).orElse(Long.MAX_VALUE);
      long reached = Math.min(end, shown - offset(from));
      if (reached > from) {
        last = reached; // up to there the clocks show an earlier time
      }
      from = end;
    }
    return last;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Zone zone && name.equals(zone.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
