package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import dev.storewatch.poll.PollBatch;
import dev.storewatch.store.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of values; the clock says 2026-11-01. */
final class KafkaValueTest {
  private static final long NOW = Micros.of(Instant.parse("2026-11-01T00:00:00Z"));
  private static final String ONE =
      """
      {"store_id":"1","status":"active","timestamp_utc":"2026-10-31T10:00:00Z"}\
      """;
  private static final String TWO =
      """
      {"store_id":"2","status":"inactive","timestamp_utc":"2026-10-31T10:00:00Z"}\
      """;

  private final PollBatch batch = new PollBatch(Scope.EVERYTHING);
  private KafkaValue values = new KafkaValue(KafkaFormat.AUTO, 100_000);

  private List<String> read(String value) {
    values.read(value.getBytes(StandardCharsets.UTF_8), 5, batch, NOW);
    return IntStream.range(0, batch.size()).mapToObj(batch::json).toList();
  }

  @Test
  void readsAnObject() {
    assertThat(read("\uFEFF \n" + ONE)).containsExactly(ONE);
    assertThat(values.reason()).isNull();
    assertThat(batch.item(0)).isEqualTo(5);
  }

  @Test
  void readsAnArrayAndLeavesOutWhatIsWrong() {
    assertThat(read("[%s, {\"store_id\":3}, %s, 4]".formatted(ONE, TWO))).containsExactly(ONE, TWO);
    assertThat(values.wrong()).isEqualTo(2);
    assertThat(values.reason()).startsWith("item 2: status is missing").endsWith("(and 1 more)");
    assertThat(values.text()).isEqualTo("{\"store_id\":3}");
  }

  @Test
  void readsLines() {
    assertThat(read("1,active,2026-10-31T10:00:00Z\r\n\n2,inactive,2026-10-31T10:00:00Z"))
        .containsExactly(ONE, TWO);
    assertThat(values.reason()).isNull();
  }

  @Test
  void readsLinesBelowAHeaderThatHoldsForThisValueAlone() {
    assertThat(read("timestamp_utc,status,store_id\n2026-10-31T10:00:00Z,active,1\nx,inactive,2"))
        .containsExactly(ONE);
    assertThat(values.reason()).startsWith("line 3: ");
    assertThat(values.text()).isEqualTo("x,inactive,2");

    assertThat(read("2,inactive,2026-10-31T10:00:00Z")).containsExactly(ONE, TWO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''            | nothing but blanks",
        "' \n '        | nothing but blanks",
        "{\"a\":       | not JSON",
        "[1, 2         | item 1: not an object",
        "nonsense      | line 1: 1 fields: write 3",
        "{} {}         | send several polls as an array",
        "8,active,2026-11-02T00:00:01Z | more than a day after the server's clock",
        "{\"store_id\":\"1\",\"status\":\"active\",\"timestamp_utc\":1774670402000} | is a number",
        "{\"store_id\":732.0,\"status\":\"active\",\"timestamp_utc\":\"2026-10-31T10:00:00Z\"}"
            + " | a number with a fraction",
        "8.41953794191982E+018,active,2026-10-31T10:00:00Z | cut to 15 digits",
      })
  void saysWhatIsWrong(String value, String problem) {
    assertThat(read(value)).isEmpty();
    assertThat(values.wrong()).isPositive();
    assertThat(values.reason()).contains(problem);
  }

  @Test
  void keepsWhatCameBeforeAnArrayBrokeOff() {
    assertThat(read("[%s, {\"store_id\" oops]".formatted(ONE))).containsExactly(ONE);
    assertThat(values.reason()).contains("item 2: not JSON");

    assertThat(read("[" + TWO)).containsExactly(ONE, TWO);
    assertThat(values.reason()).contains("the body ends before the array does");
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(read("x".repeat(100_001))).isEmpty();
    assertThat(values.reason())
        .isEqualTo("value of 100001 bytes: the limit is 100000 (storewatch.kafka.record-bytes)");
    assertThat(values.text()).hasSizeLessThan(520).endsWith("(cut)");

    assertThat(read("[%s, \"%s\"]".formatted(ONE, "x".repeat(66_000)))).containsExactly(ONE);
    assertThat(values.reason()).startsWith("item 2: longer than 64 KiB");
    assertThat(values.text()).hasSizeLessThan(520);

    assertThat(read("y".repeat(66_000) + "\n2,inactive,2026-10-31T10:00:00Z"))
        .containsExactly(ONE, TWO);
    assertThat(values.reason()).startsWith("line 1: longer than 64 KiB");
  }

  @Test
  void readsNothingElseThanWhatIsSaid() {
    values = new KafkaValue(KafkaFormat.JSON, 1_000);
    assertThat(read("1,active,2026-10-31T10:00:00Z")).isEmpty();
    assertThat(values.reason()).startsWith("neither an object nor an array");

    values = new KafkaValue(KafkaFormat.CSV, 1_000);
    assertThat(read(ONE)).isEmpty();
    assertThat(values.reason()).startsWith("line 1: ");
  }
}
