package dev.storewatch.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.storewatch.hours.Closure.Repeat;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosuresTest {
  private static final Zone CHICAGO = Zone.of("America/Chicago");

  private static Span span(String from, String to) {
    return Span.between(Instant.parse(from), Instant.parse(to));
  }

  private static Closure local(String from, String to, Repeat repeat, @Nullable String until) {
    return new Closure.Local(
        LocalDateTime.parse(from),
        LocalDateTime.parse(to),
        repeat,
        until == null ? null : LocalDate.parse(until),
        "works");
  }

  @Test
  void areOnTheClocksOfEachStore() {
    Closure fourth = local("2026-07-04T00:00", "2026-07-05T00:00", Repeat.ONCE, null);
    Span year = span("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");

    assertThat(fourth.in(CHICAGO, year))
        .containsExactly(span("2026-07-04T05:00:00Z", "2026-07-05T05:00:00Z"));
    assertThat(fourth.in(Zone.of("Pacific/Honolulu"), year))
        .containsExactly(span("2026-07-04T10:00:00Z", "2026-07-05T10:00:00Z"));
  }

  @Test
  void comeAgainEachWeekUntilADate() {
    Closure sundays = local("2026-03-01T01:30", "2026-03-01T03:30", Repeat.WEEKLY, "2026-03-15");

    assertThat(sundays.in(CHICAGO, span("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")))
        .containsExactly(
            span("2026-03-01T07:30:00Z", "2026-03-01T09:30:00Z"),
            span("2026-03-08T07:30:00Z", "2026-03-08T08:30:00Z"), // an hour is skipped
            span("2026-03-15T06:30:00Z", "2026-03-15T08:30:00Z"));
    assertThat(sundays.in(CHICAGO, span("2026-03-08T08:00:00Z", "2026-03-15T06:30:00Z")))
        .containsExactly(span("2026-03-08T07:30:00Z", "2026-03-08T08:30:00Z"));
  }

  @Test
  void comeAgainOnTheLastOfFebruaryWhereItHasNoTwentyNinth() {
    Closure leap = local("2024-02-29T09:00", "2024-02-29T10:00", Repeat.YEARLY, null);

    assertThat(leap.in(Zone.of("UTC"), span("2027-01-01T00:00:00Z", "2028-12-31T00:00:00Z")))
        .containsExactly(
            span("2027-02-28T09:00:00Z", "2027-02-28T10:00:00Z"),
            span("2028-02-29T09:00:00Z", "2028-02-29T10:00:00Z"));
    assertThat(leap.in(Zone.of("UTC"), span("2424-01-01T00:00:00Z", "2424-12-31T00:00:00Z")))
        .containsExactly(span("2424-02-29T09:00:00Z", "2424-02-29T10:00:00Z"));
  }

  @Test
  void areNothingWhereTheClocksSkipThemWhole() {
    Closure gap = local("2026-03-08T02:10", "2026-03-08T02:50", Repeat.ONCE, null);

    assertThat(gap.in(CHICAGO, span("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void mayOverlap() {
    Closure fixed =
        new Closure.Fixed(span("2026-07-04T12:00:00Z", "2026-07-06T00:00:00Z"), "storm");
    Closures both =
        Closures.of(
            List.of(fixed, local("2026-07-04T00:00", "2026-07-05T00:00", Repeat.ONCE, null)));
    Span year = span("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");

    assertThat(both.in(CHICAGO, year).spans())
        .containsExactly(span("2026-07-04T05:00:00Z", "2026-07-06T00:00:00Z"));
    assertThat(both.occurrences(CHICAGO, year))
        .extracting(Closures.Occurrence::closure)
        .extracting(Closure::reason)
        .containsExactly("storm", "works");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-04T00:00, 2026-07-04T00:00, ONCE, , is not after its start",
    "2026-07-04T00:00, 2026-07-03T00:00, ONCE, , is not after its start",
    "2026-07-04T00:00, 2027-08-09T00:00, ONCE, , lasts over 400 days",
    "2026-07-04T00:00, 2026-07-12T00:00, WEEKLY, , lasts longer than the time after which it",
    "2026-07-04T00:00, 2027-07-05T00:00, YEARLY, , lasts longer than the time after which it",
    "2026-07-04T00:00, 2026-07-05T00:00, YEARLY, 2026-07-03, before it starts on 2026-07-04",
  })
  void refuseWhatMakesNoSense(
      String from, String to, Repeat repeat, @Nullable String until, String message) {
    assertThatExceptionOfType(WrongInput.class)
        .isThrownBy(() -> local(from, to, repeat, until))
        .withMessageContaining(message);
  }

  @Test
  void refuseInstantsThatMakeNoSense() {
    assertThatExceptionOfType(WrongInput.class)
        .isThrownBy(() -> new Closure.Fixed(new Span(5, 5), "none"))
        .withMessageContaining("is not after its start");
    assertThatExceptionOfType(WrongInput.class)
        .isThrownBy(() -> new Closure.Fixed(new Span(0, 401 * Micros.DAY), "long"))
        .withMessageContaining("lasts over 400 days");
  }
}
