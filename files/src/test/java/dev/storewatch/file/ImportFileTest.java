package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.entry.StoreIdIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportFileTest {
  private static final String POLLS = "store_id,status,timestamp_utc\n";
  private static final String HOURS = "store_id,day,start_time_local,end_time_local\n";
  private static final String ZONES = "store_id,timezone_str\n";

  /** 2023-01-25 18:13:22.47922 UTC. */
  private static final String AT = "1674670402479220";

  @Test
  void readsPolls() throws IOException {
    assertThat(
            RecordedRows.of(
                    POLLS
                        + "849,active,2023-01-25 18:13:22.47922 UTC\n"
                        + "12,inactive,2023-01-25 18:13:22.47922 UTC\n")
                .rows)
        .containsExactly("poll 849 " + AT + " true", "poll 12 " + AT + " false");
  }

  @Test
  void readsBusinessHours() throws IOException {
    assertThat(RecordedRows.of(HOURS + "a,0,09:30:00,24:00:00\nb,6,9:30,02:00\n").rows)
        .containsExactly("hours a 0 34200 86400", "hours b 6 34200 7200");
  }

  @Test
  void readsTimeZones() throws IOException {
    assertThat(RecordedRows.of(ZONES + "a,Asia/Beirut\nb,UTC\nc,America/Argentina/Ushuaia\n").rows)
        .containsExactly("zone a Asia/Beirut", "zone b UTC", "zone c America/Argentina/Ushuaia");
  }

  @Test
  void tellsTheKindByTheHeader() throws IOException {
    assertThat(kind(POLLS)).isEqualTo(FileKind.POLLS);
    assertThat(kind(HOURS)).isEqualTo(FileKind.HOURS);
    assertThat(kind("store_id,dayOfWeek,start_time_local,end_time_local"))
        .isEqualTo(FileKind.HOURS);
    assertThat(kind(ZONES)).isEqualTo(FileKind.ZONES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp_utc,store_id,status\n2023-01-25 18:13:22.47922 UTC,849,active",
        "Status,TIMESTAMP_UTC, Store_ID \nactive,2023-01-25T18:13:22.47922Z,849",
        "\"store_id\", \"status\" ,\"timestamp_utc\"\n849,active,2023-01-25 18:13:22.47922 UTC",
        "store_id,note,status,timestamp_utc,\n849,a b,active,2023-01-25 18:13:22.47922 UTC,",
        "note,note,store_id,status,timestamp_utc\n,é,849,active,2023-01-25 18:13:22.47922 UTC",
        "\uFEFFstore_id,status,timestamp_utc\n849,active,2023-01-25 18:13:22.47922 UTC",
        "\uFEFF\r\n\r\nstore_id,status,timestamp_utc\n849,active,2023-01-25 18:13:22.47922 UTC",
        "store_id,status,timestamp_utc\r\n849,active,2023-01-25 18:13:22.47922 UTC\r\n",
        "store_id,status,timestamp_utc\r\n849,active,2023-01-25 18:13:22.47922 UTC\r",
"""

\s
store_id,status,timestamp_utc

\r
 \t\s
849,active,2023-01-25 18:13:22.47922 UTC

""",
        "store_id,status,timestamp_utc\n 849\t,\tActive , 2023-01-25 18:13:22.47922 UTC ",
        "store_id,status,timestamp_utc\n\"849\",\"ACTIVE\",\"2023-01-25 18:13:22.47922 UTC\"",
        "store_id,status,timestamp_utc\n \"849\"\t,aCtIvE,2023-01-25 18:13:22.47922",
      })
  void readsTheSameFromEveryShapeOfFile(String file) throws IOException {
    assertThat(RecordedRows.of(file).rows)
        .filteredOn(row -> !row.startsWith("rejected"))
        .containsExactly("poll 849 " + AT + " true");
  }

  @Test
  void keepsWhatIsInsideQuotes() throws IOException {
    assertThat(RecordedRows.of(ZONES + "\" a, \"\"b\"\" \",UTC\n\"\"\"\",UTC\n").rows)
        .containsExactly("zone a, \"b\" UTC", "zone \" UTC");
  }

  @Test
  void readsIdsOfAnyLanguage() throws IOException {
    assertThat(RecordedRows.of(POLLS + "Zürich 1 😀,active,2023-01-25 18:13:22.47922 UTC").rows)
        .containsExactly("poll Zürich 1 😀 " + AT + " true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,active                                | 2 fields",
        "a,active,2023-01-25 18:13:22 UTC,x      | 4 fields",
        "a,OK,2023-01-25 18:13:22 UTC            | unknown status: write active or inactive, or"
            + " name",
        "a,actives,2023-01-25 18:13:22 UTC       | unknown status",
        "a,,2023-01-25 18:13:22 UTC              | unknown status",
        "a,\" active\",2023-01-25 18:13:22 UTC   | unknown status",
        "a,active,2023-02-30 18:13:22 UTC        | impossible time",
        "a,active,                               | impossible time",
        "a,active,1969-12-31 23:59:59 UTC        | time outside the years 1970 to 2199",
        "a,active,2200-01-01 00:00:00 UTC        | time outside the years 1970 to 2199",
        ",active,2023-01-25 18:13:22 UTC         | the store_id is empty",
        "\"\",active,2023-01-25 18:13:22 UTC     | the store_id is empty",
        "a\u0000,active,2023-01-25 18:13:22 UTC  | the store_id holds a control character",
        "a\tb,active,2023-01-25 18:13:22 UTC     | the store_id holds a control character",
        "a\u007F,active,2023-01-25 18:13:22 UTC  | the store_id holds a control character",
        "a\u0085b,active,2023-01-25 18:13:22 UTC | the store_id holds a control character",
        "\"a,active,2023-01-25 18:13:22 UTC      | unclosed quote",
        "a,active,\"2023-01-25 18:13:22 UTC\"\"  | unclosed quote",
        "a\",active,2023-01-25 18:13:22 UTC      | quote inside a field",
        "\"a\"b,active,2023-01-25 18:13:22 UTC   | text after a closing quote",
      })
  void rejectsABadPollAndGoesOn(String row, String reason) throws IOException {
    String good = "x,active,2023-01-25 18:13:22.47922 UTC\n";
    RecordedRows read = RecordedRows.of(POLLS + good + row + "\n" + good);

    assertThat(read.rows)
        .containsExactly(
            "poll x " + AT + " true",
            "rejected 3 " + row.replace('\0', '\uFFFD'),
            "poll x " + AT + " true");
    assertThat(read.reasons).singleElement().asString().startsWith(reason);
    assertThat(read.stores.size()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,8,09:00,10:00     | bad day: write 0 (Monday) to 6 (Sunday)",
        "a,-1,09:00,10:00    | bad day",
        "a,00,09:00,10:00    | bad day",
        "a,,09:00,10:00      | bad day",
        "a,1,24:00,10:00     | impossible start_time_local",
        "a,1,09:60,10:00     | impossible start_time_local",
        "a,1,09:00,30:01     | impossible end_time_local",
        "a,1,09:00,          | impossible end_time_local",
        "a,1,09:00           | 3 fields",
      })
  void rejectsBadHours(String row, String reason) throws IOException {
    RecordedRows read = RecordedRows.of(HOURS + row);

    assertThat(read.rows).containsExactly("rejected 2 " + row);
    assertThat(read.reasons).singleElement().asString().startsWith(reason);
    assertThat(read.refusals).singleElement().asString().startsWith("hours a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,amerika/chicago", "a,", "a,CST", "a,+05:30", "a,America/Chicago/"})
  void rejectsUnknownZones(String row) throws IOException {
    RecordedRows read = RecordedRows.of(ZONES + row);

    assertThat(read.rows).containsExactly("rejected 2 " + row);
    assertThat(read.reasons).singleElement().asString().startsWith("unknown time zone");
    assertThat(read.refusals).singleElement().asString().startsWith("zone a");
  }

  @Test
  void rejectsBadUtf8AnywhereInTheLine() throws IOException {
    byte[] file = "store_id,timezone_str,note\na,UTC,x!\nb,UTC,x".getBytes(StandardCharsets.UTF_8);
    file[file.length - 9] = (byte) 0xE4;
    RecordedRows read = RecordedRows.of(file);

    assertThat(read.rows).containsExactly("rejected 2 a,UTC,x\uFFFD", "zone b UTC");
    assertThat(read.reasons).containsExactly("bad UTF-8: save the file as UTF-8");
  }

  @Test
  void takesIdsOf256BytesAndNoLongerOnes() throws IOException {
    for (String letter : new String[] {"a", "ä"}) {
      String longest = letter.repeat(256 / letter.getBytes(StandardCharsets.UTF_8).length);
      String end = ",active,2023-01-25 18:13:22.47922 UTC\n";
      RecordedRows read = RecordedRows.of(POLLS + longest + "b" + end + longest + end);

      assertThat(read.rows)
          .containsExactly(
              "rejected 2 " + longest + "b" + end.strip(), "poll " + longest + " " + AT + " true");
      assertThat(read.reasons)
          .singleElement()
          .asString()
          .startsWith("the store_id is longer than 256");
    }
  }

  @Test
  void givesTheSameZoneAsTheSameObject() {
    byte[] text = "UTC,Asia/Beirut,Asia/Beirut".getBytes(StandardCharsets.UTF_8);

    assertThat(Zones.find(text, 4, 15)).isSameAs("Asia/Beirut").isSameAs(Zones.find(text, 16, 27));
    assertThat(Zones.find(text, 0, 3)).isSameAs("UTC");
    assertThat(Zones.find(text, 0, 2)).isNull();
  }

  @Test
  void countsRowsWithoutHeaderAndBlankLines() throws IOException {
    String text = "\n" + ZONES + "\na,UTC\n\r\nb,nowhere\n";
    RecordedRows rows = new RecordedRows();
    try (ImportFile file = open(text, rows.stores)) {
      assertThat(file.rowsRead()).isZero();
      file.read(rows);

      assertThat(file.rowsRead()).isEqualTo(2);
      assertThat(file.bytesRead()).isEqualTo(text.length());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "``|is empty",
        "`\uFEFF`|is empty",
        "`\r\n \n\t\n`|is empty",
        "a,b,c|does not begin with a header but with: a,b,c",
        "store_id;state;timestamp_utc|does not begin with a header that is known: it has the"
            + " columns store_id, state, timestamp_utc; for polls there is no status, so name the"
            + " column with --columns status=NAME",
        "849,active,2023-01-25 18:13:22 UTC|does not begin with a header but with: 849,",
        "store_id,status,timestamp_utc,timezone_str|has the columns of several kinds",
        "store_id,store_id,status,timestamp_utc|has a column twice",
        "store_id,weekday,dayOfWeek,start_time_local,end_time_local|has a column twice",
        "\"store_id,status,timestamp_utc|has a mistake in its header, unclosed quote",
      })
  void refusesAFileWithoutAHeader(String file, String problem) {
    assertThatThrownBy(() -> RecordedRows.of(file))
        .isInstanceOf(BadFileException.class)
        .hasMessageStartingWith("test.csv " + problem)
        .hasMessageContaining("a right header is store_id,status,timestamp_utc (polls) or");
  }

  @Test
  void refusesAHeaderOver64KiB() {
    String quoted = "\"" + "x".repeat(70_000) + "\",store_id,timezone_str";

    assertThatThrownBy(() -> RecordedRows.of(quoted))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("longer than 64 KiB");
    assertThatThrownBy(() -> RecordedRows.of(quoted.repeat(30)))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("longer than 64 KiB");
  }

  @Test
  void readsAHeaderOfManyColumns() throws IOException {
    String file = "x,".repeat(10_000) + ZONES + ",".repeat(10_000) + "a,UTC\n";

    assertThat(RecordedRows.of(file).rows).containsExactly("zone a UTC");
  }

  @Test
  void closesTheStreamOfABadFile() {
    AtomicBoolean closed = new AtomicBoolean();
    ByteArrayInputStream bytes =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThatThrownBy(() -> ImportFile.open(bytes, "empty.csv", new StoreIdIndex()))
        .isInstanceOf(BadFileException.class)
        .hasMessageStartingWith("empty.csv is empty");
    assertThat(closed).isTrue();
  }

  private static FileKind kind(String header) throws IOException {
    try (ImportFile file = open(header, new StoreIdIndex())) {
      return file.kind();
    }
  }

  private static ImportFile open(String text, StoreIdIndex stores) throws IOException {
    return ImportFile.open(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test.csv", stores);
  }
}
