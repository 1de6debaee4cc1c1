package dev.storewatch.hours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which rule makes a store open, closed or excluded. */
class BasesTest {
  private static final Zone CHICAGO = Zone.of("America/Chicago");
  private static final LocalDate EVE = LocalDate.of(2026, 12, 24);
  private static final Basis WEEKLY = new Basis.Weekly(LocalDate.MIN);
  private static final SpecialDay CHRISTMAS =
      SpecialDay.of(EVE.plusDays(1), List.of(), LateClose.AS_GIVEN, "Christmas", SpecialDay.Of.ALL);

  private static WeeklyHours everyDay(String opens, String closes) {
    return WeeklyHours.of(
        Arrays.stream(DayOfWeek.values())
            .map(day -> OpeningInterval.of(day, LocalTime.parse(opens), LocalTime.parse(closes)))
            .toList());
  }

  private static Bases bases(DatedHours hours, String from, String to, Closure... closures) {
    return new Schedule(hours, CHICAGO, Closures.of(Arrays.asList(closures)))
        .bases(new Clocks(local(from, to)));
  }

  /** Returns a span on the clocks of Chicago. */
  private static Span local(String from, String to) {
    return new Span(
        CHICAGO.resolve(LocalDateTime.parse(from)), CHICAGO.resolve(LocalDateTime.parse(to)));
  }

  @Test
  void areThoseOfTheDateOnWhichANightBegins() {
    DatedHours hours =
        DatedHours.of(
            Map.of(LocalDate.MIN, everyDay("18:00", "02:00"), EVE, everyDay("20:00", "03:00")),
            List.of(CHRISTMAS));
    Bases bases = bases(hours, "2026-12-23T12:00", "2026-12-26T12:00");

    Basis since = new Basis.Weekly(EVE);
    Basis christmas = new Basis.Special(CHRISTMAS);
    assertThat(bases.ofOpen(local("2026-12-24T00:00", "2026-12-24T02:00"))).containsExactly(WEEKLY);
    assertThat(bases.ofClosed(local("2026-12-24T02:00", "2026-12-24T20:00")))
        .containsExactly(since);
    assertThat(bases.ofOpen(local("2026-12-25T00:00", "2026-12-25T03:00"))).containsExactly(since);
    assertThat(bases.ofClosed(local("2026-12-25T03:00", "2026-12-26T12:00")))
        .containsExactly(christmas, since);
    assertThat(since.words()).isEqualTo("weekly hours since 2026-12-24");
    assertThat(christmas.words()).isEqualTo("special day Christmas of all stores");
    assertThat(WEEKLY.words()).isEqualTo("weekly hours");
  }

  @Test
  void areSeveralWhereAStretchHasSeveral() {
    DatedHours hours =
        DatedHours.of(
            Map.of(LocalDate.MIN, WeeklyHours.always(), EVE, WeeklyHours.always()), List.of());
    Closure works =
        new Closure.Local(
            LocalDateTime.parse("2026-12-24T08:00"),
            LocalDateTime.parse("2026-12-24T10:00"),
            Closure.Repeat.ONCE,
            null,
            "works");
    Closure storm = new Closure.Fixed(local("2026-12-24T09:00", "2026-12-24T11:00"), "storm");
    Bases bases = bases(hours, "2026-12-20T00:00", "2026-12-28T00:00", storm, works);

    assertThat(bases.ofOpen(local("2026-12-20T00:00", "2026-12-24T08:00")))
        .containsExactly(WEEKLY, new Basis.Weekly(EVE));
    assertThat(bases.ofOpen(local("2026-12-20T00:00", "2026-12-24T00:00"))).containsExactly(WEEKLY);
    assertThat(bases.ofExcluded(local("2026-12-24T08:00", "2026-12-24T11:00")))
        .extracting(Basis::words)
        .containsExactly("closure works", "closure storm");
    assertThat(bases.ofExcluded(local("2026-12-24T10:00", "2026-12-24T11:00")))
        .extracting(Basis::words)
        .containsExactly("closure storm");
    assertThat(bases.ofExcluded(local("2026-12-24T11:00", "2026-12-24T12:00"))).isEmpty();
  }

  @Test
  void areFoundInBothHoursThatTheClocksShowTwice() {
    DatedHours hours = DatedHours.of(everyDay("01:15", "01:45"));
    Instant first = Instant.parse("2026-11-01T06:15:00Z");
    Bases bases = bases(hours, "2026-11-01T00:00", "2026-11-02T00:00");

    for (long hour : new long[] {0, 3_600}) {
      Span stretch = Span.between(first.plusSeconds(hour), first.plusSeconds(hour + 1_800));
      assertThat(bases.ofOpen(stretch)).containsExactly(WEEKLY);
    }
    assertThat(bases.ofOpen(Span.between(first.plusSeconds(1_800), first.plusSeconds(3_600))))
        .isEmpty();
  }
}
