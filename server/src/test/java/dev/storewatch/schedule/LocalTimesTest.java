package dev.storewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Seeds;
import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** When schedules are due, on days on which the clocks change above all. */
final class LocalTimesTest {
  private static List<String> times(LocalTimes all, String from, int count) {
    List<String> times = new ArrayList<>();
    long instant = Micros.of(Instant.parse(from));
    for (int i = 0; i < count; i++) {
      instant = all.next(instant);
      times.add(Micros.toInstant(instant).toString());
    }
    return times;
  }

  private static LocalTimes of(String every, @Nullable Integer day, String at, String zone) {
    return LocalTimes.parse(every, day, at, zone);
  }

  /** Clocks go from 02:00 to 03:00 on 2026-03-08. */
  @Test
  void comeAtTheFirstInstantAfterTheGapWhenTheClocksSkipThem() {
    assertThat(times(of("day", null, "02:30", "America/Chicago"), "2026-03-07T00:00:00Z", 3))
        .containsExactly("2026-03-07T08:30:00Z", "2026-03-08T08:00:00Z", "2026-03-09T07:30:00Z");
  }

  /** Clocks go from 02:00 to 01:00 on 2026-11-01. */
  @Test
  void comeAtTheFirstOfTwoWhenTheClocksShowThemTwice() {
    assertThat(times(of("day", null, "01:30", "America/Chicago"), "2026-10-31T00:00:00Z", 3))
        .containsExactly("2026-10-31T06:30:00Z", "2026-11-01T06:30:00Z", "2026-11-02T07:30:00Z");
  }

  /** Clocks go from 24:00 to 01:00 in Cairo on 2026-04-24, so that the date has no midnight. */
  @Test
  void comeOnADateWithoutMidnight() {
    assertThat(times(of("day", null, "00:00", "Africa/Cairo"), "2026-04-22T23:00:00Z", 2))
        .containsExactly("2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z");
    // Friday, the 24th.
    assertThat(times(of("week", 5, "00:00", "Africa/Cairo"), "2026-04-20T00:00:00Z", 2))
        .containsExactly("2026-04-23T22:00:00Z", "2026-04-30T21:00:00Z");
  }

  /** Clocks go from 23:00 on Saturday, 2026-03-28, to 00:00 on Sunday in Nuuk. */
  @Test
  void comeWithTheNextDateWhenTheClocksSkipTheEndOfTheirOwn() {
    LocalTimes daily = of("day", null, "23:30", "America/Nuuk");
    assertThat(times(daily, "2026-03-27T12:00:00Z", 4))
        .containsExactly(
            "2026-03-28T01:30:00Z",
            "2026-03-29T01:00:00Z",
            "2026-03-30T00:30:00Z",
            "2026-03-31T00:30:00Z");
    assertThat(
            Micros.toInstant(
                daily.last(
                    Micros.of(Instant.parse("2026-03-29T01:00:00Z")),
                    Micros.of(Instant.parse("2026-03-30T00:30:00Z")))))
        .isEqualTo("2026-03-30T00:30:00Z");
  }

  /** The clocks of Samoa went from the end of Thursday 2011-12-29 to the start of the 31st. */
  @Test
  void comeForADateThatIsNotThereByTheWeekAndTheMonthAlone() {
    assertThat(times(of("day", null, "12:00", "Pacific/Apia"), "2011-12-29T00:00:00Z", 3))
        .containsExactly("2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z", "2011-12-31T22:00:00Z");
    assertThat(times(of("week", 5, "12:00", "Pacific/Apia"), "2011-12-29T00:00:00Z", 2))
        .containsExactly("2011-12-30T10:00:00Z", "2012-01-05T22:00:00Z");
    assertThat(times(of("month", 30, "12:00", "Pacific/Apia"), "2011-12-29T00:00:00Z", 2))
        .containsExactly("2011-12-30T10:00:00Z", "2012-01-29T22:00:00Z");
  }

  @Test
  void comeOnTheLastDayOfAMonthThatIsTooShort() {
    assertThat(times(of("month", 31, "06:00", "Europe/Berlin"), "2026-01-15T00:00:00Z", 4))
        .containsExactly(
            "2026-01-31T05:00:00Z",
            "2026-02-28T05:00:00Z",
            "2026-03-31T04:00:00Z",
            "2026-04-30T04:00:00Z");
  }

  @Test
  void areForTheNewestOfThoseThatWereMissed() {
    LocalTimes daily = of("day", null, "06:00", "Europe/Berlin");
    long first = Micros.of(Instant.parse("2026-03-20T05:00:00Z"));

    assertThat(
            Micros.toInstant(daily.last(first, Micros.of(Instant.parse("2026-03-30T12:00:00Z")))))
        .isEqualTo("2026-03-30T04:00:00Z");
    assertThat(daily.last(first, first)).isEqualTo(first);
    assertThat(daily.last(first, first + Micros.DAY - 1)).isEqualTo(first);
    LocalTimes monthly = of("month", 1, "06:00", "Europe/Berlin");
    assertThat(
            Micros.toInstant(
                monthly.last(
                    Micros.of(Instant.parse("2026-01-01T05:00:00Z")),
                    Micros.of(Instant.parse("2026-05-01T03:59:59Z")))))
        .isEqualTo("2026-04-01T04:00:00Z");
  }

  @ParameterizedTest
  @Seeds
  void comeOnceForEachLocalDateWhateverTheClocksDo(long seed) {
    Random random = new Random(seed);
    List<String> zones = List.copyOf(ZoneTable.bundled().names());
    for (int i = 0; i < Seeds.Rounds.of(50); i++) {
      String zone = zones.get(random.nextInt(zones.size()));
      LocalTime at = LocalTime.ofSecondOfDay(60L * random.nextInt(1_440));
      LocalTimes daily = new LocalTimes(LocalTimes.Every.DAY, 0, at, zone);
      Zone clocks = ZoneTable.inUse().zone(zone);
      long first =
          daily.next(
              Micros.of(Instant.parse("1990-01-01T00:00:00Z").plusSeconds(random.nextInt())));
      long before = first;
      for (int day = 0; day < 400; day++) {
        long next = daily.next(before);
        String about = "%s at %s, %s".formatted(zone, at, Micros.toInstant(next));
        assertThat(next).as(about).isGreaterThan(before);
        assertThat(daily.last(first, next)).as(about).isEqualTo(next);
        assertThat(daily.last(before, next)).as(about).isEqualTo(next);
        assertThat(daily.last(before, next - 1)).as(about).isEqualTo(before);
        LocalDate date = dateOf(clocks, at, next);
        // The clocks show the time or one after it, and one before it a moment ago.
        assertThat(wallClock(clocks, next)).as(about).isAfterOrEqualTo(date.atTime(at));
        assertThat(wallClock(clocks, next - 1)).as(about).isBefore(date.atTime(at));
        for (LocalDate skipped = dateOf(clocks, at, before).plusDays(1);
            skipped.isBefore(date);
            skipped = skipped.plusDays(1)) {
          assertThat(clocks.resolve(skipped.atStartOfDay()))
              .as("%s: %s", about, skipped)
              .isEqualTo(clocks.resolve(skipped.plusDays(1).atStartOfDay()));
        }
        before = next;
      }
    }
  }

  private static LocalDateTime wallClock(Zone clocks, long instant) {
    return clocks.wallClock(Micros.toInstant(instant)).toLocalDateTime();
  }

  /** Returns the date that a time is for: the one before when the clocks skip the end of it. */
  private static LocalDate dateOf(Zone clocks, LocalTime at, long instant) {
    LocalDateTime shown = wallClock(clocks, instant);
    return shown.toLocalTime().isBefore(at)
        ? shown.toLocalDate().minusDays(1)
        : shown.toLocalDate();
  }

  @Test
  void areRefusedWhenSomethingIsWrong() {
    for (List<String> wrong :
        List.of(
            List.of("year", "1", "06:00", "UTC"),
            List.of("week", "8", "06:00", "UTC"),
            List.of("month", "0", "06:00", "UTC"),
            List.of("month", "32", "06:00", "UTC"),
            List.of("day", "1", "06:00", "UTC"),
            List.of("month", "1", "24:00", "UTC"),
            List.of("month", "1", "6", "UTC"),
            List.of("month", "1", "06:00", "Europe/Nowhere"))) {
      assertThatThrownBy(
              () ->
                  LocalTimes.parse(
                      wrong.get(0), Integer.valueOf(wrong.get(1)), wrong.get(2), wrong.get(3)))
          .as(wrong.toString())
          .isInstanceOf(WrongInput.class);
    }
    assertThatThrownBy(() -> LocalTimes.parse("day", null, "06:00", null))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("zone is missing");
  }
}
