package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.csv.CsvRows;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.hours.LateClose;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RowWritersTest {
  private static final long MINUTE = 60_000_000;
  private static final long HOUR = 60 * MINUTE;
  private static final ReportSpec STANDARD = ReportSpec.standard(1_674_648_000_000_001L);
  private static final ReportSpec ONE_WINDOW =
      new ReportSpec(
          1_674_648_000_000_000L,
          Rule.standard(),
          List.of(Window.of(Duration.ofMinutes(90))),
          null,
          LateClose.AS_GIVEN);

  private static long[] totals(long... values) {
    return values;
  }

  private static String write(
      ReportSpec spec, Detail detail, Format format, String id, long[] totals, int offset) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = RowWriters.of(spec, detail, format, out);
    writer.row(id, totals, offset, WindowEnds.ofAll(spec), 0);
    writer.finish();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static long[] standardTotals(int offset) {
    long[] totals = new long[offset + 24];
    totals[offset + 1] = 60 * MINUTE;
    totals[offset + 9] = 23 * HOUR + 30 * MINUTE;
    totals[offset + 17] = 168 * HOUR;
    totals[offset + 10] = 30 * MINUTE;
    return totals;
  }

  @ParameterizedTest
  @CsvSource({"0", "5"})
  void writesTheStandardColumns(int offset) {
    assertThat(write(STANDARD, Detail.STANDARD, Format.CSV, "7", standardTotals(offset), offset))
        .isEqualTo(
            """
            store_id,uptime_last_hour,uptime_last_day,uptime_last_week,\
            downtime_last_hour,downtime_last_day,downtime_last_week
            7,60.00,23.50,168.00,0.00,0.50,0.00
            """);
  }

  @Test
  void writesTheStandardFiguresAsJson() {
    assertThat(write(STANDARD, Detail.STANDARD, Format.JSON, "a\"ü", standardTotals(0), 0))
        .isEqualTo(
            """
            [{"store_id":"a\\"ü","uptime_last_hour":60.00,"uptime_last_day":23.50,\
            "uptime_last_week":168.00,"downtime_last_hour":0.00,"downtime_last_day":0.50,\
            "downtime_last_week":0.00}]\
            """);
  }

  @Test
  void writesEveryFigureInFullDetail() {
    long[] totals =
        totals(
            90 * MINUTE, 60 * MINUTE, 20 * MINUTE, 4 * MINUTE, 6 * MINUTE, MINUTE, 2 * MINUTE, 3);

    assertThat(write(ONE_WINDOW, Detail.FULL, Format.CSV, "7", totals, 0))
        .isEqualTo(
            """
            store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,\
            unknown_minutes,excluded_minutes,uptime_percent,uptime_minutes_low,\
            uptime_minutes_high,polls
            7,PT1H30M,2023-01-25T10:30:00Z,2023-01-25T12:00:00Z,90.00,60.00,20.00,4.00,6.00,\
            75.00,1.00,82.00,3
            """);
    assertThat(write(ONE_WINDOW, Detail.FULL, Format.JSON, "7", totals, 0))
        .isEqualTo(
            """
            [{"store_id":"7","window":"PT1H30M","from":"2023-01-25T10:30:00Z",\
            "to":"2023-01-25T12:00:00Z","scheduled_minutes":90.00,"uptime_minutes":60.00,\
            "downtime_minutes":20.00,"unknown_minutes":4.00,"excluded_minutes":6.00,\
            "uptime_percent":75.00,"uptime_minutes_low":1.00,"uptime_minutes_high":82.00,\
            "polls":3}]\
            """);
  }

  @Test
  void writesNoPercentWhenNothingIsKnown() {
    long[] totals = totals(90 * MINUTE, 0, 0, 90 * MINUTE, 0, 0, 0, 0);

    assertThat(write(ONE_WINDOW, Detail.FULL, Format.CSV, "7", totals, 0))
        .endsWith("Z,90.00,0.00,0.00,90.00,0.00,,0.00,90.00,0\n");
    assertThat(write(ONE_WINDOW, Detail.FULL, Format.JSON, "7", totals, 0))
        .contains("\"uptime_percent\":null,");
  }

  @ParameterizedTest
  @CsvSource({
    "5399999999, 1, 99.99",
    "5400000000, 0, 100.00",
    "1, 5399999999, 0.00",
    "1, 2, 33.33",
    "2, 1, 66.66",
  })
  void roundsPercentsDown(long up, long down, String percent) {
    long[] totals = totals(up + down, up, down, 0, 0, 0, 0, 1);

    assertThat(write(ONE_WINDOW, Detail.FULL, Format.CSV, "7", totals, 0))
        .contains(",0.00,0.00," + percent + ",0.00,");
  }

  @ParameterizedTest
  @CsvSource({"299999, 0.00", "300000, 0.01", "899999, 0.01", "900000, 0.02", "0, 0.00"})
  void roundsMinutesHalfUp(long micros, String minutes) {
    long[] totals = totals(0, 0, micros, 0, 0, 0, 0, 0);

    assertThat(write(ONE_WINDOW, Detail.FULL, Format.CSV, "7", totals, 0))
        .contains("Z,0.00,0.00," + minutes + ",0.00,0.00,");
  }

  @ParameterizedTest
  @CsvSource({"17999999, 0.00", "18000000, 0.01", "53999999, 0.01", "54000000, 0.02"})
  void roundsHoursHalfUp(long micros, String hours) {
    long[] totals = new long[24];
    totals[9] = micros;

    assertThat(write(STANDARD, Detail.STANDARD, Format.CSV, "7", totals, 0))
        .endsWith("7,0.00," + hours + ",0.00,0.00,0.00,0.00\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain 1|plain 1",
        "a,b|\"a,b\"",
        "a\"b|\"a\"\"b\"",
        "\"|\"\"\"\"",
        "`a\nb`|`\"a\nb\"`",
        "`a\rb`|`\"a\rb\"`",
        "ü\uD83D\uDE00|ü\uD83D\uDE00",
        "'x'|'x'",
      })
  void quotesIdsThatNeedIt(String id, String field) {
    assertThat(write(STANDARD, Detail.STANDARD, Format.CSV, id, new long[24], 0))
        .endsWith("\n" + field + ",0.00,0.00,0.00,0.00,0.00,0.00\n");
    assertThat(write(STANDARD, Detail.FULL, Format.CSV, id, new long[24], 0))
        .contains("\n" + field + ",PT1H,", "\n" + field + ",P1D,", "\n" + field + ",P7D,");
  }

  @Test
  void writesIdsLongerThanItsBuffer() {
    String id = "x".repeat(200_000);

    assertThat(write(STANDARD, Detail.STANDARD, Format.CSV, id, new long[24], 0))
        .isEqualTo(
            write(STANDARD, Detail.STANDARD, Format.CSV, "y", new long[24], 0)
                .replace("\ny,", "\n" + id + ","));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void refusesTheStandardColumnsForOtherWindows(Format format) {
    assertThatThrownBy(
            () -> RowWriters.of(ONE_WINDOW, Detail.STANDARD, format, new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ask for full detail");
  }

  @Test
  void writesATableWithoutRows() {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    RowWriters.of(STANDARD, Detail.STANDARD, Format.JSON, json).finish();
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    RowWriters.of(STANDARD, Detail.FULL, Format.CSV, csv).finish();

    assertThat(json.toString(StandardCharsets.UTF_8)).isEqualTo("[]");
    assertThat(csv.toString(StandardCharsets.UTF_8)).hasLineCount(1).endsWith("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "42 | 42",
        "a,b | \"a,b\"",
        "a=1+1 | a=1+1",
        "=1+1 | \"'=1+1\"",
        "+1 | \"'+1\"",
        "-5 | \"'-5\"",
        "@SUM(A1) | \"'@SUM(A1)\"",
        "` =1` | \"' =1\"",
        "=\"a\" | \"'=\"\"a\"\"\"",
        "\uFF1D1 | \"'\uFF1D1\"",
      })
  void writesNoIdThatASpreadsheetWouldRun(String id, String field) {
    assertThat(CsvRows.quoted(id)).isEqualTo(field);
    assertThat(CsvRows.quoted(id)).doesNotMatch("\"?[\\s]*[=+@-].*");
  }

  @Test
  void writesAFormulaAsItIsIntoJson() {
    assertThat(write(STANDARD, Detail.STANDARD, Format.JSON, "=1+1", new long[24], 0))
        .startsWith("[{\"store_id\":\"=1+1\",");
  }

  @Test
  void writesAnIdThatBeginsWithATabAsText() {
    assertThat(CsvRows.quoted("\tx")).isEqualTo("\"'\tx\"");
    assertThat(CsvRows.quoted("\t=1")).isEqualTo("\"'\t=1\"");
  }
}
