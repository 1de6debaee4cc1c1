package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How messages about files say options. */
final class OptionWordsTest {
  private static final OptionWords.Said TIME = new OptionWords.Said("time", "MM/dd/yyyy HH:mm");
  private static final OptionWords.Said ZONE = new OptionWords.Said("time-zone", "UTC");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "COMMAND | --days | --days monday=1 | --time 'MM/dd/yyyy HH:mm' --time-zone UTC",
        "INBOX | the setting storewatch.inbox.reading.days | the setting"
            + " storewatch.inbox.reading.days: monday=1 | the settings"
            + " storewatch.inbox.reading.time: MM/dd/yyyy HH:mm and"
            + " storewatch.inbox.reading.time-zone: UTC",
        "SOURCE | days of the field reading of the source | the field reading of the source,"
            + " {'days': 'monday=1'} | the field reading of the source, {'time': 'MM/dd/yyyy"
            + " HH:mm', 'time-zone': 'UTC'}",
      })
  void areThoseOfWhoeverBringsTheFile(OptionWords words, String name, String one, String two) {
    assertThat(words.name("days")).isEqualTo(name);
    String quote = words == OptionWords.SOURCE ? "\"" : "'";
    assertThat(words.with("days", "monday=1")).isEqualTo(one.replace("'", quote));
    assertThat(words.with(TIME, ZONE)).isEqualTo(two.replace("'", quote));
  }
}
