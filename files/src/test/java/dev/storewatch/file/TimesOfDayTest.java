package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesOfDayTest {
  @ParameterizedTest
  @CsvSource({
    "00:00, 0",
    "0:00, 0",
    "9:30, 34200",
    "09:30, 34200",
    "09:30:15, 34215",
    "9:30:15, 34215",
    "09:30:15.0, 34215",
    "09:30:15.000000000, 34215",
    "23:59:59, 86399",
    "9, 32400",
    "09, 32400",
    "0930, 34200",
    "08h00, 28800",
    "8H30, 30600",
    "9:00 AM, 32400",
    "9:00:00 AM, 32400",
    "12:00 AM, 0",
    "12:00 PM, 43200",
    "12:30am, 1800",
    "9am, 32400",
    "9 p.m., 75600",
    "9:30\u202FPM, 77400",
    "9:30\u00A0pm, 77400",
    "08:00:00.999, 28801",
  })
  void readsTimes(String text, int seconds) {
    assertThat(opening(text)).isEqualTo(seconds);
    assertThat(closing(text)).isEqualTo(seconds);
  }

  @Test
  void takesMidnightAsAClosingTimeOnly() {
    for (String text : new String[] {"24:00", "24:00:00", "24:00:00.000"}) {
      assertThat(closing(text)).isEqualTo(86_400);
      assertThat(opening(text)).isEqualTo(TimesOfDay.IMPOSSIBLE);
    }
  }

  @ParameterizedTest
  @CsvSource({"25:00, 90000", "26:00, 93600", "30:00, 108000", "23:59:59.9999999, 86400"})
  void readsClosingTimesOfTheNextDay(String text, int seconds) {
    assertThat(closing(text)).isEqualTo(seconds);
    assertThat(opening(text)).isEqualTo(TimesOfDay.IMPOSSIBLE);
  }

  @ParameterizedTest
  @CsvSource({"64800, 93600, 7200", "0, 86400, 86400", "7200, 93600, 7200", "3600, 93600, -1"})
  void countsAClosingTimeFromTheMorningOfItsDay(int opens, int closing, int closes) {
    assertThat(TimesOfDay.closes(opens, closing)).isEqualTo(closes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "9:",
        "9:3",
        "930",
        "009:30",
        "09:60",
        "30:01",
        "99:00",
        "930 am",
        "0:30 AM",
        "13:00 PM",
        "9 a",
        "9 x.m.",
        "09:30:15.99",
        "09:30:15.990",
        "9h3",
        "09:30:",
        "09:30:6",
        "09:30:60",
        "09:30:00.",
        "09:30:00.1",
        "09:30:00,0",
        "09:30.0",
        "09:30:00 ",
        "-9:30",
        "09:30:00:00",
        "٠٩:٣٠",
      })
  void refusesWhatIsNoTime(String text) {
    assertThat(opening(text)).isEqualTo(TimesOfDay.IMPOSSIBLE);
    assertThat(closing(text)).isEqualTo(TimesOfDay.IMPOSSIBLE);
  }

  private static int opening(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TimesOfDay().opening(bytes, 0, bytes.length);
  }

  private static int closing(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TimesOfDay().closing(bytes, 0, bytes.length);
  }
}
