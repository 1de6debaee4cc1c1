package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a poll in JSON may look like, and what is said of one that is wrong. */
final class JsonPollTest {
  private final JsonPoll poll = new JsonPoll();

  private @Nullable String read(String item) {
    byte[] bytes = item.getBytes(StandardCharsets.UTF_8);
    return poll.read(Arrays.copyOf(bytes, bytes.length + Lines.SLACK), 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"store_id\":\"42\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T11:00:00Z\"}|42|true|2023-01-25T11:00:00Z",
        "{\"timestamp_utc\":\"2023-01-25 11:00:00.5"
            + " UTC\",\"status\":\"Inactive\",\"store_id\":7}|7|false|2023-01-25T11:00:00.500Z",
        " { \"store_id\" : \"a\\u0020b\", \"status\":\"active\","
            + " \"timestamp_utc\":\"2023-01-25T11:00:00.123456Z\" } |a"
            + " b|true|2023-01-25T11:00:00.123456Z",
        "{\"store_id\":123456789012345678901234567890,\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T11:00:00Z\"}|123456789012345678901234567890|true|2023-01-25T11:00:00Z",
      })
  void readsAPoll(String item, String store, boolean active, Instant at) {
    assertThat(read(item)).isNull();

    assertThat(poll.storeId()).isEqualTo(store);
    assertThat(poll.isActive()).isEqualTo(active);
    assertThat(Micros.toInstant(poll.at())).isEqualTo(at);
  }

  private static String with(String id, String status, String at) {
    return "{\"store_id\":%s,\"status\":%s,\"timestamp_utc\":%s}".formatted(id, status, at);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "null|'active'|'2023-01-25T11:00:00Z'|store_id is null: write a text such as \"42\"",
        "''|'active'|'2023-01-25T11:00:00Z'|the store_id is empty",
        "1.5|'active'|'2023-01-25T11:00:00Z'|store_id is a number with a fraction",
        "[1]|'active'|'2023-01-25T11:00:00Z'|store_id is an array",
        "'a\\nb'|'active'|'2023-01-25T11:00:00Z'|the store_id holds a control character",
        "'\\ud83d'|'active'|'2023-01-25T11:00:00Z'|the store_id holds half of a character",
        "'%LONG%'|'active'|'2023-01-25T11:00:00Z'|longer than 256 bytes",
        "'1'|'asleep'|'2023-01-25T11:00:00Z'|unknown status: write active or inactive",
        "'1'|true|'2023-01-25T11:00:00Z'|status is true or false: write \"active\"",
        "'1'|'active'|'yesterday'|impossible time: write one like 2023-01-25 18:13:22.47922 UTC",
        "'1'|'active'|'2023-02-30T11:00:00Z'|impossible time",
        "'1'|'active'|'2023-01-25T11:00:00Zx'|impossible time",
        "'1'|'active'|1674644400|timestamp_utc is a number: write a text such as",
        "'1'|'active'|'1969-01-25T11:00:00Z'|outside the years 1970 to 2199",
      })
  void saysWhatIsWrongWithAValue(String id, String status, String at, String reason) {
    String item = with(id, status, at).replace('\'', '"').replace("%LONG%", "é".repeat(129));

    assertThat(read(item)).contains(reason);
    assertThat(poll.broken()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-01-25T18:13:22.000000000000Z",
        "2023-01-25 18:13:22 +0000 UTC",
        "2023-01-25T18:13:22Z[UTC]",
        "2023-01-25t18:13:22z",
        "20230125T181322Z",
        "2023-01-25 18:13:22",
      })
  void readsInstantsInTheFormsOfFiles(String at) {
    assertThat(read(with("1", "\"active\"", "\"" + at + "\""))).isNull();
    assertThat(Micros.toInstant(poll.at())).isEqualTo("2023-01-25T18:13:22Z");
  }

  @Test
  void dropsTheBlanksAroundAnId() {
    String at = "\"2023-01-25T18:13:22Z\"";
    assertThat(read(with("\"\\u00a0 42\\n\"", "\"active\"", at))).isNull();
    assertThat(poll.storeId()).isEqualTo("42");
    assertThat(read(with("\" \\ufeff\"", "\"active\"", at))).contains("empty");
    assertThat(read(with("\"9.07E+18\"", "\"active\"", at))).contains("cut to 15 digits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{}|store_id is missing",
        "[]|not an object",
        "42|not an object",
        "{\"store_id\":\"1\",\"status\":\"active\"}|timestamp_utc is missing",
        "{\"store_id\":\"1\",\"store_id\":\"2\"}|the field store_id is there twice",
        "{\"store_id\":\"1\",\"state\":\"active\"}|unknown field 'state': use store_id, status and",
      })
  void saysWhatIsWrongWithTheFields(String item, String reason) {
    assertThat(read(item)).contains(reason);
    assertThat(poll.broken()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{|1|2",
        "{\"store_id\":}|1|13",
        "{} x|1|4",
        "{'a':1}|1|2",
        "%|1|1",
      })
  void tellsWhereItIsNoJson(String item, int line, int column) {
    assertThat(read(item.replace("%", ""))).isNotNull();

    JsonPoll.Broken broken = Objects.requireNonNull(poll.broken());
    assertThat(broken.line()).isEqualTo(line);
    assertThat(broken.column()).isBetween(column, column + 1);
  }

  @Test
  void isNotHurtByWhatIsDeepOrLongOrNoText() {
    assertThat(read("{\"a\":" + "[".repeat(30_000))).contains("nested too deeply");
    assertThat(read("{\"" + "n".repeat(60_000) + "\":1}")).isNotNull();
    assertThat(read("{\"store_id\":" + "1".repeat(60_000) + "}")).isNotNull();
    byte[] noText = {'{', '"', (byte) 0xC3, '"', '}'};
    assertThat(poll.read(Arrays.copyOf(noText, 100), 0, noText.length)).contains("bad UTF-8");
  }
}
