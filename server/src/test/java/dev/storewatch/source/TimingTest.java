package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Seeds;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When sources are pulled, on days on which the clocks change above all. */
final class TimingTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";

  private static List<String> times(String at, String zone, String from, int count) {
    Timing timing = Timing.Daily.parse(at, zone);
    List<String> times = new ArrayList<>();
    long instant = Micros.of(Instant.parse(from));
    for (int i = 0; i < count; i++) {
      instant = timing.next(ID, instant);
      times.add(Micros.toInstant(instant).toString());
    }
    return times;
  }

  /** Clocks go from 02:00 to 03:00 on 2026-03-08. */
  @Test
  void comesAtTheFirstInstantAfterTheGapWhenTheClocksSkipIt() {
    assertThat(times("02:30", "America/Chicago", "2026-03-07T00:00:00Z", 3))
        .containsExactly("2026-03-07T08:30:00Z", "2026-03-08T08:00:00Z", "2026-03-09T07:30:00Z");
  }

  /** Clocks go from 02:00 to 01:00 on 2026-11-01. */
  @Test
  void comesAtTheFirstOfTwoWhenTheClocksShowItTwice() {
    assertThat(times("01:30", "America/Chicago", "2026-10-31T00:00:00Z", 3))
        .containsExactly("2026-10-31T06:30:00Z", "2026-11-01T06:30:00Z", "2026-11-02T07:30:00Z");
  }

  /** Clocks go from 24:00 to 01:00 in Cairo on 2026-04-24, so that the date begins at 01:00. */
  @Test
  void comesOnADateThatBeginsLate() {
    assertThat(times("00:15", "Africa/Cairo", "2026-04-22T23:00:00Z", 2))
        .containsExactly("2026-04-23T22:00:00Z", "2026-04-24T21:15:00Z");
  }

  /** The clocks of Samoa went from the end of 2011-12-29 to the start of the 31st. */
  @Test
  void leavesOutADateThatIsNotThere() {
    assertThat(times("12:00", "Pacific/Apia", "2011-12-29T00:00:00Z", 3))
        .containsExactly("2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z", "2011-12-31T22:00:00Z");
  }

  @ParameterizedTest
  @Seeds
  void comesOnceForEachLocalDateWhateverTheClocksDo(long seed) {
    Random random = new Random(seed);
    List<String> zones = List.copyOf(ZoneTable.bundled().names());
    for (int i = 0; i < Seeds.Rounds.of(100); i++) {
      String zone = zones.get(random.nextInt(zones.size()));
      LocalTime at = LocalTime.ofSecondOfDay(random.nextInt(86_400));
      Timing.Daily daily = new Timing.Daily(at, zone);
      long from = Micros.of(Instant.parse("1990-01-01T00:00:00Z").plusSeconds(random.nextInt()));
      onceADay(daily, from);
    }
  }

  /** Asks from any instant in between, as a server does that was away. */
  private static void onceADay(Timing.Daily daily, long from) {
    Set<LocalDate> dates = new HashSet<>();
    long instant = from;
    for (int day = 0; day < 400; day++) {
      long next = daily.next(ID, instant);
      assertThat(next).isGreaterThan(instant);
      assertThat(daily.next(ID, next - 1)).isEqualTo(next);
      assertThat(daily.next(ID, instant + (next - instant) / 2)).isEqualTo(next);
      LocalDate date =
          ZoneTable.inUse().zone(daily.zone()).wallClock(Micros.toInstant(next)).toLocalDate();
      assertThat(dates.add(date) || daily.at().isAfter(LocalTime.of(22, 0)))
          .as("%s twice on %s", daily, date)
          .isTrue();
      assertThat(next - instant).isLessThanOrEqualTo(50 * Micros.HOUR);
      instant = next;
    }
  }

  @Test
  void spreadsWhatComesAgainAndAgain() {
    Timing hourly = new Timing.Every(Duration.ofHours(1));
    long now = Micros.of(Instant.parse("2026-11-01T00:00:00Z"));
    int[] quarters = new int[4];
    for (int i = 0; i < 1_000; i++) {
      long next = hourly.next(new UUID(0, i).toString(), now);
      assertThat(next).isGreaterThan(now).isLessThanOrEqualTo(now + Micros.HOUR);
      quarters[(int) ((next - now - 1) * 4 / Micros.HOUR)]++;
    }
    for (int quarter : quarters) {
      assertThat(quarter).isBetween(180, 320);
    }
  }

  @Test
  void keepsItsPlaceHoweverLateItWasDone() {
    Timing hourly = new Timing.Every(Duration.ofHours(1));
    long first = hourly.next(ID, 0);
    assertThat(hourly.next(ID, first)).isEqualTo(first + Micros.HOUR);
    assertThat(hourly.next(ID, first + Micros.SECOND)).isEqualTo(first + Micros.HOUR);
    assertThat(hourly.next(ID, first + 5 * Micros.HOUR - 1)).isEqualTo(first + 5 * Micros.HOUR);
  }

  @ParameterizedTest
  @CsvSource({"PT59S", "P32D", "PT0S", "-PT1H"})
  void refusesLengthsThatAreTooShortOrTooLong(String length) {
    Duration every = Duration.parse(length);
    assertThatThrownBy(() -> new Timing.Every(every))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("use PT1M to P31D, for example PT1H");
  }

  @ParameterizedTest
  @CsvSource({"24:00", "2:30", "02:60", "02:30Z", "noon", "''"})
  void refusesTimesThatAreNone(String at) {
    assertThatThrownBy(() -> Timing.Daily.parse(at, "America/Chicago"))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("use a time of day from 00:00 to 23:59, for example 02:30");
  }

  @Test
  void wantsAZoneThatThereIs() {
    assertThatThrownBy(() -> Timing.Daily.parse("02:30", null)).hasMessageContaining("\"zone\"");
    assertThatThrownBy(() -> Timing.Daily.parse("02:30", "America/Chikago"))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("America/Chicago");
  }
}
