package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class GzipTest {
  private static final String TEXT = text(3_000);
  private static final byte[] PACKED = gzip(TEXT);

  @Test
  void readsAPackedFileWhateverItsName() throws IOException {
    RecordedRows plain = RecordedRows.of(TEXT);

    assertThat(RecordedRows.of(PACKED).rows).hasSize(3_000).isEqualTo(plain.rows);
    assertThat(RecordedRows.of(new ByteArrayInputStream(PACKED), 10).rows).isEqualTo(plain.rows);
  }

  @Test
  void countsThePackedBytes() throws IOException {
    RecordedRows rows = new RecordedRows();
    try (ImportFile file = ImportFile.open(new ByteArrayInputStream(PACKED), "a", rows.stores)) {
      file.read(rows);

      assertThat(file.bytesRead()).isEqualTo(PACKED.length);
    }
  }

  @Test
  void readsSeveralMembersCutAnywhereAndPaddedWithZeros() throws IOException {
    List<String> rows = RecordedRows.of(TEXT).rows;
    for (int cut : new int[] {0, 1, 10, 50, 51, TEXT.length() - 1, TEXT.length()}) {
      byte[] members =
          joined(gzip(TEXT.substring(0, cut)), gzip(""), gzip(TEXT.substring(cut)), new byte[700]);
      assertThat(RecordedRows.of(members).rows).as("cut at %d", cut).isEqualTo(rows);
      assertThat(RecordedRows.of(new DribblingInput(members), 64).rows).isEqualTo(rows);
    }
  }

  @Test
  void readsAMemberWithEveryPartOfAHeader() throws IOException {
    byte[] start = {0x1F, (byte) 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3};
    byte[] parts = {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0, 9, 9};
    byte[] rest = Arrays.copyOfRange(PACKED, 10, PACKED.length);

    assertThat(RecordedRows.of(joined(start, parts, rest)).rows).hasSize(3_000);
  }

  @Test
  void namesTheLineAtWhichTheDataBreaksOff() {
    int breaks = 0;
    for (int length = PACKED.length - 1; length > 20; length -= 97) {
      byte[] part = Arrays.copyOf(PACKED, length);
      RecordedRows rows = new RecordedRows();
      try (ImportFile file =
          new ImportFile(new ByteArrayInputStream(part), "p.gz", rows.stores, 1 << 20)) {
        assertThatThrownBy(() -> file.read(rows))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(
                "p.gz cannot be read from line " + (rows.rows.size() + 2) + " on")
            .hasMessageContaining("the gzip data breaks off")
            .hasMessageContaining("Fetch the whole file again");
        breaks++;
      } catch (IOException e) {
        assertThat(e).isInstanceOf(BadFileException.class);
      }
    }
    assertThat(breaks).isGreaterThan(50);
  }

  @Test
  void refusesAFileThatBreaksOffBeforeItsHeaderEnds() {
    for (int length = 2; length < 30; length++) {
      byte[] part = Arrays.copyOf(PACKED, length);
      assertThatThrownBy(() -> RecordedRows.of(part))
          .isInstanceOf(BadFileException.class)
          .hasMessageContaining("breaks off");
    }
  }

  @Test
  void refusesAPackedFileWithNothingInIt() {
    assertThatThrownBy(() -> RecordedRows.of(gzip("")))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void noticesOtherDataAfterThePackedData() {
    assertThatThrownBy(() -> RecordedRows.of(joined(PACKED, "x".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other data follows");
    assertThatThrownBy(() -> RecordedRows.of(joined(PACKED, Arrays.copyOf(PACKED, 5))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("breaks off");
  }

  @ParameterizedTest
  @Seeds
  void neverReadsDamagedDataAsGood(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> rows = RecordedRows.of(TEXT).rows;
    for (int i = 0; i < Seeds.Rounds.of(200); i++) {
      byte[] damaged = PACKED.clone();
      damaged[random.nextInt(PACKED.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(RecordedRows.of(damaged).rows).isEqualTo(rows);
      } catch (IOException expected) {
        assertThat(expected).hasMessageStartingWith("test.csv ");
      }
    }
  }

  @ParameterizedTest
  @Seeds
  void unpacksAnyBytesAsTheyWere(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = new byte[500_000];
    random.nextBytes(bytes);
    CRC32 expected = new CRC32();
    expected.update(bytes);
    try (GzipInput in = new GzipInput(new ByteArrayInputStream(gzip(bytes)))) {
      CRC32 check = new CRC32();
      for (int value = in.read(); value >= 0; value = in.read()) {
        check.update(value);
      }
      assertThat(check.getValue()).isEqualTo(expected.getValue());
    }
  }

  @Test
  void losesNothingWhenNothingIsAskedFor() throws IOException {
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    try (GzipInput in = new GzipInput(new ByteArrayInputStream(PACKED))) {
      byte[] start = in.readNBytes(10);
      assertThat(in.read(start, 0, 0)).isZero();

      assertThat(joined(start, in.readAllBytes())).isEqualTo(text);
    }
  }

  private static String text(int rows) {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int i = 0; i < rows; i++) {
      text.append(
          "%d,active,2023-01-25 18:13:%02d.%06d UTC\n"
              .formatted(random.nextLong() >>> 1, i % 60, random.nextInt(1_000_000)));
    }
    return text.toString();
  }

  private static byte[] gzip(String text) {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  /** Gives one byte for each question, and never says that there is more. */
  private static final class DribblingInput extends ByteArrayInputStream {
    DribblingInput(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] bytes, int from, int length) {
      return super.read(bytes, from, Math.min(1, length));
    }

    @Override
    public synchronized int available() {
      return 0;
    }
  }
}
