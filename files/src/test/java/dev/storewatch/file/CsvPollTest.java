package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvPollTest {
  private static final long AT = Micros.of(Instant.parse("2023-01-25T18:13:22Z"));

  private final CsvPoll poll = new CsvPoll();

  private @Nullable String read(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return poll.read(bytes, 0, bytes.length);
  }

  private boolean takesHeader(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return poll.takeHeader(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42,active,2023-01-25T18:13:22Z",
        " 42 ,\"active\", 2023-01-25 18:13:22.0 UTC\r",
        "\"42\",ACTIVE,2023-01-25T13:13:22-05:00",
      })
  void readsAPoll(String line) {
    assertThat(read(line)).isNull();
    assertThat(poll.storeId()).isEqualTo("42");
    assertThat(poll.isActive()).isTrue();
    assertThat(poll.at()).isEqualTo(AT);
  }

  @Test
  void readsTheColumnsOfAHeaderUntilItBeginsAnew() {
    assertThat(takesHeader("Timestamp UTC,note,store_id,status\r")).isTrue();
    assertThat(read("2023-01-25T18:13:22Z,\"a, b\",Bäcker 7,inactive")).isNull();
    assertThat(poll.storeId()).isEqualTo("Bäcker 7");
    assertThat(poll.isActive()).isFalse();
    assertThat(poll.at()).isEqualTo(AT);
    assertThat(read("42,active,2023-01-25T18:13:22Z"))
        .isEqualTo("3 fields: write 4, as many as the header has");

    poll.begin();

    assertThat(read("42,active,2023-01-25T18:13:22Z")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42,active,2023-01-25T18:13:22Z", "store_id,status", "\"store_id", ""})
  void doesNotTakeAnotherLineForAHeader(String line) {
    assertThat(takesHeader(line)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42,active                              | 2 fields: write 3, which are store_id",
        "42,active,2023-01-25T18:13:22Z,x       | 4 fields: write 3, which are store_id",
        ",active,2023-01-25T18:13:22Z           | store_id",
        "8.41953794191982E+018,active,2023-01-25T18:13:22Z | cut to 15 digits",
        "42,open,2023-01-25T18:13:22Z           | unknown status: write active or inactive",
        "42,active,yesterday                    | impossible time",
        "42,active,1674670402000                | impossible time",
        "42,active,2023-01-25T18:13:22Z and more| impossible time",
        "42,active,2323-01-25T18:13:22Z         | time outside the years 1970 to 2199",
        "'\"42,active,2023-01-25T18:13:22Z'     | unclosed quote",
      })
  void saysWhatIsWrong(String line, String problem) {
    assertThat(read(line)).contains(problem);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] latin = "Bäcker,active,2023-01-25T18:13:22Z".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(poll.read(latin, 0, latin.length)).startsWith("bad UTF-8");
  }

  @Test
  void readsALineThatIsLongerThanThoseBefore() {
    assertThat(read("42,active,2023-01-25T18:13:22Z")).isNull();
    assertThat(read("x".repeat(70_000) + ",active,2023-01-25T18:13:22Z")).contains("256");
    assertThat(read("42,active,2023-01-25T18:13:22Z")).isNull();
  }
}
