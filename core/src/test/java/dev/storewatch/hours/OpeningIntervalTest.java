package dev.storewatch.hours;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class OpeningIntervalTest {
  @Test
  void refusesATimeOutsideTheDay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OpeningInterval(MONDAY, -1, 0))
        .withMessageContaining("opens at second -1");
    assertThatIllegalArgumentException().isThrownBy(() -> new OpeningInterval(MONDAY, 86_400, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OpeningInterval(MONDAY, 0, 86_401))
        .withMessageContaining("closes at second 86401");
    assertThatIllegalArgumentException().isThrownBy(() -> new OpeningInterval(MONDAY, 0, -1));
  }

  @Test
  void lastsFromOpeningToClosing() {
    assertThat(interval("09:00", "17:00").seconds()).isEqualTo(8 * 3_600);
  }

  @Test
  void endsOnTheNextDayWhenItClosesAtOrBeforeItOpens() {
    assertThat(interval("22:00", "02:00").seconds()).isEqualTo(4 * 3_600);
    assertThat(interval("10:00", "10:00").seconds()).isEqualTo(86_400);
    assertThat(interval("00:00", "00:00").seconds()).isEqualTo(86_400);
    assertThat(interval("18:00", "00:00").seconds()).isEqualTo(6 * 3_600);
    assertThat(new OpeningInterval(MONDAY, 0, 86_400).seconds()).isEqualTo(86_400);
  }

  @Test
  void takesALateCloseLiterallyUnlessToldOtherwise() {
    assertThat(interval("09:00", "23:59").seconds()).isEqualTo(53_940);
    assertThat(interval("09:00", "23:59").withLateCloseAsMidnight().seconds()).isEqualTo(54_000);
    assertThat(interval("09:00", "23:59:59").withLateCloseAsMidnight().seconds()).isEqualTo(54_000);
    assertThat(interval("09:00", "23:58:59").withLateCloseAsMidnight())
        .isEqualTo(interval("09:00", "23:58:59"));
  }

  @Test
  void neverShrinksWhenALateCloseIsMidnight() {
    assertThat(interval("23:59", "23:59").withLateCloseAsMidnight().seconds()).isEqualTo(86_400);
    assertThat(interval("23:59:30", "23:59:10").withLateCloseAsMidnight().seconds())
        .isEqualTo(86_380);
  }

  @Test
  void beginsAtASecondOfTheWeek() {
    assertThat(interval("00:00", "01:00").startOfWeekSecond()).isZero();
    assertThat(new OpeningInterval(SUNDAY, 86_399, 0).startOfWeekSecond()).isEqualTo(604_799);
  }

  private static OpeningInterval interval(String opens, String closes) {
    return OpeningInterval.of(MONDAY, LocalTime.parse(opens), LocalTime.parse(closes));
  }
}
