package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The many forms in which real files say the same. */
final class FileFormsTest {
  private static final String POLL = "poll 101 1770045360000000 true";
  private static final String HEADER = "store_id,status,timestamp_utc\n";
  private static final String ROW = "101,active,2026-02-02 15:16:00 UTC\n";

  private static final class Read {
    final RecordedRows rows = new RecordedRows();
    List<String> notes = new ArrayList<>();
    @Nullable String header;
  }

  private static Read read(byte[] file, Map<String, String> options) throws IOException {
    Read read = new Read();
    try (ImportFile opened =
        ImportFile.open(
            new ByteArrayInputStream(file),
            "test.csv",
            read.rows.stores,
            UnpackLimits.NONE,
            ReadOptions.of(options))) {
      opened.read(read.rows);
      read.notes = opened.notes();
      read.header = opened.headerText().orElse(null);
    }
    return read;
  }

  private static List<String> rows(String file) throws IOException {
    return rows(file, Map.of());
  }

  private static List<String> rows(String file, Map<String, String> options) throws IOException {
    return read(file.getBytes(StandardCharsets.UTF_8), options).rows.rows;
  }

  private static String polls(String time) {
    return "store_id,status,timestamp_utc\n101,active," + time + "\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-02T15:16:00.000000000000Z",
        "2026-02-02 15:16:00.0000000 UTC",
        "2026-02-02 15:16:00 +0000 UTC",
        "2026-02-02T15:16:00Z[UTC]",
        "2026-02-02t15:16:00z",
        "20260202T151600Z",
        "20260202T1516Z",
        "2026-02-02 09:16:00 -0600",
        "2026-02-02 15:16:00 GMT",
      })
  void readsAnInstantInEveryForm(String time) throws IOException {
    assertThat(rows(polls(time))).containsExactly(POLL);
  }

  @Test
  void readsTheEndOfADayAndAnHourOfOneDigit() throws IOException {
    assertThat(rows(polls("2026-02-01 24:00:00 UTC")))
        .isEqualTo(rows(polls("2026-02-02 00:00:00 UTC")));
    assertThat(rows(polls("2026-02-02 9:16:00 UTC")))
        .isEqualTo(rows(polls("2026-02-02 09:16:00 UTC")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-02-02 15:16:00 CST          | impossible time",
        "2026-02-02 15:16:00 -0500 EST    | impossible time",
        "2026-02-01 24:00:01 UTC          | impossible time",
        "1770045360                       | --time epoch-seconds",
        "1770045360000                    | --time epoch-millis",
        "1770045360000000                 | --time epoch-micros",
        "02/03/2026 09:16                 | --time 'MM/dd/yyyy HH:mm'",
      })
  void saysWhichOptionReadsAnotherForm(String time, String reason) throws IOException {
    RecordedRows rows = read(polls(time).getBytes(StandardCharsets.UTF_8), Map.of()).rows;
    assertThat(rows.rows).singleElement().asString().startsWith("rejected 2 ");
    assertThat(rows.reasons).singleElement().asString().contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-seconds, 1770045360",
    "epoch-seconds, 1770045360.0",
    "epoch-millis, 1770045360000",
    "epoch-micros, 1770045360000000",
    "epoch-nanos, 1770045360000000999",
    "MM/dd/yyyy HH:mm, 02/02/2026 15:16",
    "M/d/yyyy h:mm a, 2/2/2026 3:16 pm",
    "dd.MM.yy HH:mm:ss, 02.02.26 15:16:00",
    "yyyy-MM-dd HH:mm xx, 2026-02-02 09:16 -0600",
  })
  void readsTheFormThatAnOptionNames(String form, String time) throws IOException {
    assertThat(rows(polls(time), Map.of("time", form))).containsExactly(POLL);
  }

  @Test
  void readsLocalTimesOnTheClocksOfAZone() throws IOException {
    Map<String, String> chicago =
        Map.of("time", "yyyy-MM-dd HH:mm", "time-zone", "America/Chicago");
    assertThat(rows(polls("2026-02-02 09:16"), chicago)).containsExactly(POLL);
    assertThat(rows(polls("2026-03-08 02:30"), chicago))
        .as("in the gap")
        .isEqualTo(rows(polls("2026-03-08 08:00:00 UTC")));
    assertThat(rows(polls("2026-11-01 01:30"), chicago))
        .as("the first of two")
        .isEqualTo(rows(polls("2026-11-01 06:30:00 UTC")));
    assertThat(rows(polls("2026-02-30 09:16"), chicago))
        .singleElement()
        .asString()
        .startsWith("rejected");
  }

  @ParameterizedTest
  @CsvSource({
    "days, tuesday=3",
    "columns, shop",
    "columns, shop=Shop",
    "statuses, up=OK",
    "time, yyyy-MM-dd",
    "time, nonsense {",
    "time-zone, America/Chicago",
  })
  void refusesOptionsThatMeanNothing(String name, String text) {
    assertThatThrownBy(() -> ReadOptions.of(Map.of(name, text))).isInstanceOf(WrongInput.class);
  }

  @Test
  void givesOptionsBackAsTheyWereSaid() {
    Map<String, String> said =
        Map.of(
            "days", "sunday=1",
            "columns", "status=State,store_id=Shop",
            "statuses", "active=OK,inactive=CRITICAL;WARNING",
            "time", "dd.MM.uuuu HH:mm",
            "time-zone", "Europe/Berlin");
    assertThat(ReadOptions.of(said).texts()).isEqualTo(said);
    assertThat(ReadOptions.NONE.texts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Store ID,STATUS,Timestamp\n101,active,2026-02-02 15:16:00 UTC\n",
        "id;status;polled_at\n101;active;2026-02-02 15:16:00 UTC\n",
        "time\tstore\tstatus\n2026-02-02 15:16:00 UTC\t101\tactive\n",
        "store_id|status|timestamp_utc\n 101 |active|\"2026-02-02 15:16:00 UTC\"\n",
        "sep=;\nstore_id;status;timestamp_utc\n101;active;2026-02-02 15:16:00 UTC\n",
        "store_id,status,timestamp_utc\r101,active,2026-02-02 15:16:00 UTC\r",
        "store_id,status,timestamp_utc\r\n,,\r\n101,ACTIVE,2026-02-02 15:16:00 UTC\r\n , ,\r\n",
        "\uFEFFstore_id,status,timestamp_utc\n101,active,2026-02-02 15:16:00 UTC",
        "store_id,note,status,timestamp_utc\n101,\"two\nlines\",active,2026-02-02 15:16:00 UTC\n",
      })
  void readsEveryShapeOfFile(String file) throws IOException {
    assertThat(rows(file)).containsExactly(POLL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void readsUtf16WithAByteOrderMark(String charset) throws IOException {
    byte[] file = ("\uFEFF" + HEADER + ROW).getBytes(Charset.forName(charset));
    assertThat(read(file, Map.of()).rows.rows).containsExactly(POLL);
  }

  @Test
  void readsTheFilesOfAnArchive() throws IOException {
    byte[] file =
        zip("polls/", "", "polls/a.csv", HEADER + ROW, "__MACOSX/._a", "x", "b.csv", HEADER + ROW);
    assertThat(read(file, Map.of()).rows.rows).containsExactly(POLL, POLL);
  }

  /** Rows of different headers cannot stand below one of them; lines of JSON below none. */
  @Test
  void knowsTheHeaderThatAllRowsStandBelow() throws IOException {
    String header = HEADER.strip();
    String turned = "status,timestamp_utc,store_id\nactive,2026-02-02T15:16:00Z,101\n";
    String json =
        "{\"store_id\":\"101\",\"status\":\"active\",\"timestamp_utc\":\"2026-02-02T15:16:00Z\"}\n";
    assertThat(headerOf("sep=;\n" + HEADER.replace(',', ';')))
        .isEqualTo("sep=;\r\n" + header.replace(',', ';'));
    assertThat(headerOf("\uFEFF" + HEADER + ROW)).isEqualTo(header);
    assertThat(headerOf(json)).isNull();
    assertThat(read(zip("a", HEADER + ROW, "b", HEADER + ROW), Map.of()).header).isEqualTo(header);
    assertThat(read(zip("a", HEADER + ROW, "b", turned), Map.of()).header).isNull();
    assertThat(read(zip("a", HEADER + ROW, "b", json, "c", HEADER + ROW), Map.of()).header)
        .isNull();
    assertThat(read(zip("a", json, "b", HEADER + ROW), Map.of()).header).isNull();
  }

  private static @Nullable String headerOf(String file) throws IOException {
    return read(file.getBytes(StandardCharsets.UTF_8), Map.of()).header;
  }

  @Test
  void refusesAnArchiveOfSeveralKindsOrOfAnotherProgram() {
    assertThatThrownBy(
            () -> read(zip("a.csv", HEADER + ROW, "b.csv", "store_id,tz\n101,UTC\n"), Map.of()))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("pack each kind on its own");
    assertThatThrownBy(() -> read(zip("[Content_Types].xml", "<x/>"), Map.of()))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("save it as CSV UTF-8");
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"PAR1, is Parquet", "'{', polls over several lines", "' [1]', is JSON in an array"})
  void saysWhatToDoWithFilesOfOtherKinds(String start, String problem) {
    assertThatThrownBy(() -> rows(start + "\n"))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void losesOneRowAloneToAStrayQuote() throws IOException {
    String many = ROW.repeat(300);
    List<String> rows = rows(HEADER + "101,\"active,2026-02-02 15:16:00 UTC\n" + many);
    assertThat(rows).hasSize(301);
    assertThat(rows.getFirst()).startsWith("rejected 2 ");
    assertThat(rows.subList(1, 301)).containsOnly(POLL);
  }

  @Test
  void countsTheLinesOfARowThatHasSeveral() throws IOException {
    assertThat(
            rows(
                "store_id,note,status,timestamp_utc\n"
                    + "101,\"a\r\n\r\n\"\"b\"\"\",active,2026-02-02 15:16:00 UTC\n"
                    + "102,c,wrong,2026-02-02 15:16:00 UTC\n"))
        .containsExactly(POLL, "rejected 5 102,c,wrong,2026-02-02 15:16:00 UTC");
  }

  @Test
  void saysWhatWasReadAsWhat() throws IOException {
    Read read =
        read(
            (HEADER + ROW.replace("active", "Up") + ROW.replace("active", "CRITICAL") + ROW)
                .getBytes(StandardCharsets.UTF_8),
            Map.of("statuses", "inactive=CRITICAL;WARNING"));
    assertThat(read.rows.rows).containsExactly(POLL, POLL.replace("true", "false"), POLL);
    assertThat(read.notes)
        .contains(
            "the status 'critical' was read as inactive, rows: 1",
            "the status 'up' was read as active, rows: 1");
  }

  @Test
  void findsColumnsByTheNamesThatAnOptionGives() throws IOException {
    assertThat(
            rows(
                "Shop,State,store_id,timestamp\n101,active,7,2026-02-02 15:16:00 UTC\n",
                Map.of("columns", "store_id=Shop,status=State")))
        .containsExactly(POLL);
  }

  private static String hours(String... rows) {
    return "store_id,day,start_time_local,end_time_local\n" + String.join("\n", rows) + "\n";
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0, 0",
    "Monday, 0",
    "mon, 0",
    "Tues., 1",
    "SUN, 6",
    "we, 2",
  })
  void readsDaysByNumberAndName(String day, int number) throws IOException {
    assertThat(rows(hours("101," + day + ",9:00 AM,5:00 PM")))
        .containsExactly("hours 101 " + number + " 32400 61200");
  }

  @ParameterizedTest
  @CsvSource({
    "monday=1, 1, 0",
    "monday=1, 7, 6",
    "sunday=0, 0, 6",
    "sunday=0, 1, 0",
    "sunday=1, 1, 6",
    "sunday=1, 7, 5",
  })
  void readsTheNumbersOfDaysThatAnOptionNames(String numbers, String day, int number)
      throws IOException {
    assertThat(rows(hours("101," + day + ",09:00,17:00"), Map.of("days", numbers)))
        .containsExactly("hours 101 " + number + " 32400 61200");
  }

  @Test
  void refusesAWholeFileThatNumbersItsDaysAnotherWay() {
    assertThatThrownBy(() -> rows(hours("101,0,09:00,17:00", "101,7,09:00,17:00")))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("--days monday=1");
  }

  @Test
  void notesAFileThatNeverUsesTheFirstDayAndHoursThatAreVeryLong() throws IOException {
    byte[] file =
        hours("101,1,9:00,5:00", "101,2,00:00,24:00", "101,3,18:00,26:00")
            .getBytes(StandardCharsets.UTF_8);
    Read read = read(file, Map.of());

    assertThat(read.rows.rows)
        .containsExactly(
            "hours 101 1 32400 18000", "hours 101 2 0 86400", "hours 101 3 64800 7200");
    assertThat(read.notes)
        .satisfiesExactly(
            note -> assertThat(note).contains("rows: 1, for example line 2 (09:00-05:00)"),
            note -> assertThat(note).contains("never uses the day 0", "--days monday=1"));
  }
}
