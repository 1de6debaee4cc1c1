package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that have a poll in JSON on each line. */
final class JsonLinesTest {
  private static final String POLL =
      "{\"store_id\":\"101\",\"status\":\"active\",\"timestamp_utc\":\"2026-02-02T15:16:00Z\"}\n";
  private static final String READ = "poll 101 1770045360000000 true";

  private List<String> notes = List.of();

  private RecordedRows read(byte[] bytes, Map<String, String> options) throws IOException {
    RecordedRows read = new RecordedRows();
    try (ImportFile file =
        ImportFile.open(
            new ByteArrayInputStream(bytes),
            "polls.ndjson",
            read.stores,
            UnpackLimits.NONE,
            ReadOptions.of(options))) {
      assertThat(file.kind()).isEqualTo(FileKind.POLLS);
      file.read(read);
      assertThat(file.rowsRead()).isEqualTo(read.rows.size());
      notes = file.notes();
    }
    return read;
  }

  private RecordedRows read(String file) throws IOException {
    return read(file.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        POLL,
        "\uFEFF" + POLL,
        "\r\n \t\n  " + POLL,
        "{\"timestamp_utc\":\"20260202T151600Z\",\"store_id\":101,\"status\":\"Up\"}",
        "{\"store_id\":\"\\u00a0101 \",\"status\":true,\"timestamp_utc\":\"2026-02-02 15:16\"}\r\n",
      })
  void areToldByTheirFirstCharacter(String file) throws IOException {
    assertThat(read(file).rows).containsExactly(READ);
  }

  @Test
  void areReadInEveryPackingAndEncoding() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(POLL.getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a.ndjson"));
      out.write(POLL.getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("b.csv"));
      out.write("id,status,time\n102,down,2026-02-02 15:16\n".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("c.jsonl"));
      out.write("{}\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(read(gzip.toByteArray(), Map.of()).rows).containsExactly(READ);
    assertThat(read(zip.toByteArray(), Map.of()).rows)
        .containsExactly(READ, "poll 102 1770045360000000 false", "rejected 4 {}");
    assertThat(read(("\uFEFF" + POLL).getBytes(StandardCharsets.UTF_16LE), Map.of()).rows)
        .containsExactly(READ);
  }

  @Test
  void loseTheirBadLinesAlone() throws IOException {
    RecordedRows read =
        read(
            POLL
                + "{\"store_id\":\"9.07E+18\",\"status\":\"active\",\"timestamp_utc\":\"2026-02-02T15:16:00Z\"}\n"
                + "{\"store_id\":\"1\",\n\n"
                + "102,active,2026-02-02 15:16:00 UTC\n"
                + POLL.replace("active", "asleep")
                + POLL.replace("store_id", "shop")
                + POLL.replace("T15", "T25")
                + POLL.replace("101", "1".repeat(70_000))
                + POLL.strip());

    assertThat(read.rows).hasSize(9).startsWith(READ).endsWith(READ);
    assertThat(read.rows.subList(1, 8))
        .extracting(row -> row.substring(0, 11).strip())
        .containsExactly(
            "rejected 2",
            "rejected 3",
            "rejected 5",
            "rejected 6",
            "rejected 7",
            "rejected 8",
            "rejected 9");
    assertThat(read.reasons)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("cut to 15 digits"),
            reason -> assertThat(reason).startsWith("not JSON: "),
            reason -> assertThat(reason).startsWith("not JSON: "),
            reason -> assertThat(reason).contains("unknown status", "--statuses"),
            reason -> assertThat(reason).contains("unknown field 'shop'", "--columns"),
            reason -> assertThat(reason).contains("impossible time"),
            reason -> assertThat(reason).contains("longer than 64 KiB"));
  }

  @Test
  void mayBeginWithALineThatIsTooLong() throws IOException {
    RecordedRows read = read("\uFEFF{\"" + "a".repeat(3 << 20) + "\":1}\n" + POLL);

    assertThat(read.rows).hasSize(2).last().isEqualTo(READ);
    assertThat(read.rows.getFirst()).startsWith("rejected 1 ");
  }

  @Test
  void areReadAsTheOptionsSay() throws IOException {
    String file =
        """
        {"Shop":101,"State":"OK","At":1770045360000}
        {"Shop":"101","State":"geschlossen für heute","At":"1770045360001"}
        """;
    Map<String, String> options =
        Map.of(
            "columns", "store_id=Shop,status=State,timestamp_utc=At",
            "statuses", "active=OK,inactive=geschlossen für heute",
            "time", "epoch-millis");

    assertThat(read(file.getBytes(StandardCharsets.UTF_8), options).rows)
        .containsExactly(READ, "poll 101 1770045360001000 false");
    assertThat(notes).hasSize(2).first().asString().contains("'ok' was read as active");
    assertThat(
            read(
                    POLL.replace("2026-02-02T15:16:00Z", "02/02/2026 09:16")
                        .getBytes(StandardCharsets.UTF_8),
                    Map.of("time", "MM/dd/yyyy HH:mm", "time-zone", "America/Chicago"))
                .rows)
        .containsExactly(READ);
  }

  @Test
  void sayWhichOptionReadsNumbersAsTimes() throws IOException {
    assertThat(read(POLL.replace("\"2026-02-02T15:16:00Z\"", "1770045360")).reasons)
        .singleElement()
        .asString()
        .contains("--time epoch-seconds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"store_id\":1}]|is JSON in an array: write each poll on a line of its own|''",
        "{|is JSON with polls over several lines|''",
        "{}|has one field for two of ours by --columns|store_id=a,status=a",
      })
  void areRefusedAsAWholeWhenNoLineCanBeAPoll(String file, String problem, String columns) {
    assertThatThrownBy(
            () -> read((file + "\n").getBytes(StandardCharsets.UTF_8), Map.of("columns", columns)))
        .isInstanceOf(BadFileException.class)
        .hasMessageStartingWith("polls.ndjson " + problem);
  }

  @Test
  void holdPollsFromTheFutureToTheSameRule() throws IOException {
    RecordedRows read = new RecordedRows();
    try (ImportFile file =
        ImportFile.open(
            new ByteArrayInputStream(POLL.getBytes(StandardCharsets.UTF_8)),
            "polls.ndjson",
            read.stores)) {
      file.read(read, 1770045359999999L, "too late");
    }

    assertThat(read.reasons).containsExactly("too late");
  }
}
