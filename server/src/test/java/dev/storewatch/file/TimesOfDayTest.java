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
  @ValueSource(
      strings = {
        "",
        ":",
        "9",
        "09",
        "9:",
        "9:3",
        "930",
        "0930",
        "009:30",
        "09:60",
        "25:00",
        "24:01",
        "24:00:01",
        "99:00",
        "09:30:",
        "09:30:6",
        "09:30:60",
        "09:30:00.",
        "09:30:00.1",
        "09:30:00,0",
        "09:30.0",
        "09:30:00 ",
        "9:30 AM",
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
    return TimesOfDay.opening(bytes, 0, bytes.length);
  }

  private static int closing(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return TimesOfDay.closing(bytes, 0, bytes.length);
  }
}
