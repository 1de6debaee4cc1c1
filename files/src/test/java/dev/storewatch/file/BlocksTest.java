package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not depend on where one block of bytes ends and the next begins. */
class BlocksTest {
  private static final byte[] FILE =
      """
      \uFEFF"store_id",status,note,timestamp_utc\r
      849,active,,2023-01-25 18:13:22.47922 UTC\r
      \r
      " a, ""b"" ",inactive,"x,y",2023-01-25 18:13:22 UTC\r
      Zürich 😀,active,€,2023-01-25T18:13Z
      "open,active,,2023-01-25 18:13:22 UTC

      849,active,a b,2023-02-29 18:13:22 UTC\r
      12,ACTIVE,,2023-01-25T18:13:22.479220+05:30\r\
      """
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void readsTheSameRowsWhereverTheStreamPauses() throws IOException {
    RecordedRows whole = RecordedRows.of(FILE);
    assertThat(whole.rows).hasSize(6).last().asString().startsWith("poll 12 ");
    assertThat(whole.reasons).hasSize(2);

    for (int split = 0; split <= FILE.length; split++) {
      InputStream pausing =
          new SequenceInputStream(
              new ByteArrayInputStream(FILE, 0, split),
              new ByteArrayInputStream(FILE, split, FILE.length - split));
      assertThat(RecordedRows.of(pausing, 1 << 20).rows)
          .as("pause at %d", split)
          .isEqualTo(whole.rows);
    }
  }

  @Test
  void readsTheSameRowsInBlocksOfAnySize() throws IOException {
    RecordedRows whole = RecordedRows.of(FILE);

    for (int block = 1; block <= FILE.length + 1; block++) {
      assertThat(RecordedRows.of(new ByteArrayInputStream(FILE), block).rows)
          .as("blocks of %d bytes", block)
          .isEqualTo(whole.rows);
    }
  }

  @Test
  void readsTheBeginningOfAFileAsAWholeFile() throws IOException {
    int header = 41;
    for (int length = header; length <= FILE.length; length++) {
      byte[] beginning = Arrays.copyOf(FILE, length);
      byte[] withoutMark = Arrays.copyOfRange(beginning, 3, length);
      byte[] naive =
          new String(withoutMark, StandardCharsets.ISO_8859_1)
              .replace("\"store_id\"", "store_id")
              .getBytes(StandardCharsets.ISO_8859_1);
      assertThat(RecordedRows.of(new ByteArrayInputStream(beginning), 7).rows)
          .as("the first %d bytes", length)
          .isEqualTo(NaiveParser.read(naive));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65535, '\n', 1048576",
    "65535, '\r\n', 1048576",
    "65535, '', 1048576",
    "65535, '\r', 1000",
    "65536, '\n', 1048576",
    "65536, '\r\n', 1048576",
    "65536, '', 1048576",
    "65536, '\r', 1000",
    "65536, '\n', 1000",
    "65536, '\r\n', 1000",
    "65536, '', 1",
    "65536, '\r\n', 1",
    "65536, '\r', 1",
  })
  void readsALineOfUpTo64KiB(int length, String lineEnd, int block) throws IOException {
    for (String start : new String[] {"a,UTC,", "\"a\",UTC,", "ä,UTC,"}) {
      String file = "store_id,timezone_str,note\n" + padded(start, length) + lineEnd;

      assertThat(RecordedRows.of(stream(file), block).rows)
          .singleElement()
          .asString()
          .startsWith("zone ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65537, '\n', 1048576", "65537, '\r\n', 1048576", "65537, '\n', 1000", "65537, '\r\n', 1000",
    "65537, '\n', 1", "65537, '\r\n', 1", "65538, '\n', 1000", "65539, '\r\n', 1000",
    "3000000, '\n', 1048576", "3000000, '\r\n', 1048576", "3000000, '\n', 1000",
  })
  void skipsALongerLineAndGoesOn(int length, String lineEnd, int block) throws IOException {
    for (String start : new String[] {"a,active,2023-01-25 18:13:22 UTC,", "\"ä\0😀,"}) {
      String good = "b,active,2023-01-25 18:13:22 UTC," + lineEnd;
      String line = padded(start, length);
      String file = "store_id,status,timestamp_utc,note\n" + good + line + lineEnd + good;
      RecordedRows read = RecordedRows.of(stream(file), block);

      String shown = line.substring(0, 1_000).replace('\0', '\uFFFD');
      assertThat(read.rows)
          .containsExactly(
              "poll b 1674670402000000 true",
              "rejected 3 " + shown + "… (cut)",
              "poll b 1674670402000000 true");
      assertThat(read.reasons).singleElement().asString().startsWith("line longer than 64 KiB");
    }
  }

  @Test
  void skipsALongLastLineWithoutItsEnd() throws IOException {
    for (int block : new int[] {1_000, 1 << 20}) {
      for (int length : new int[] {65_537, 65_538, 65_539, 3_000_000}) {
        String file = "store_id,timezone_str,note\nb,UTC,\n" + padded("a,UTC,", length);
        assertThat(RecordedRows.of(stream(file), block).rows)
            .hasSize(2)
            .last()
            .asString()
            .startsWith("rejected 3 a,UTC,xxx");
      }
    }
  }

  @Test
  void countsALineThatWasSkipped() throws IOException {
    String file =
        "store_id,timezone_str\n" + "x".repeat(200_000) + "\na,UTC\n" + "y".repeat(200_000);
    RecordedRows rows = new RecordedRows();
    try (ImportFile read = new ImportFile(stream(file), "test.csv", rows.stores, 1_000)) {
      read.read(rows);

      assertThat(read.rowsRead()).isEqualTo(3);
      assertThat(rows.rows).hasSize(3).last().asString().startsWith("rejected 4 ");
    }
  }

  private static String padded(String start, int bytes) {
    return start + "x".repeat(bytes - start.getBytes(StandardCharsets.UTF_8).length);
  }

  private static InputStream stream(String file) {
    return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
  }
}
