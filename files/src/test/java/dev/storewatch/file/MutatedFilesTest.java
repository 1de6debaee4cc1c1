package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;

/**
 * Files as real programs write and spoil them: all good rows go in, all bad ones are explained, and
 * nothing crashes or hangs, however they are written, packed, encoded or cut.
 */
@ParameterizedClass
@Seeds
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedFilesTest {
  private final Random random;

  MutatedFilesTest(long seed) {
    random = new Random(seed);
  }

  @Test
  void takesAllGoodRowsAndExplainsAllBadOnes() throws IOException {
    readFiles(300);
  }

  @Test
  @Tag("long")
  void takesAllGoodRowsAndExplainsAllBadOnesOfTenThousandFiles() throws IOException {
    readFiles(10_000);
  }

  private void readFiles(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      MutatedFile file = new MutatedFile(random);
      byte[] bytes = file.bytes();
      assertThat(read(bytes).rows).as("file %d: %s", i, file).isEqualTo(file.expected());
      readCut(file, i);
      readDamaged(bytes);
    }
  }

  private RecordedRows read(byte[] file) throws IOException {
    RecordedRows read = new RecordedRows();
    readInto(read, file);
    assertThat(read.reasons).allMatch(reason -> !reason.isBlank());
    return read;
  }

  private void readInto(RecordedRows read, byte[] bytes) throws IOException {
    int block = random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(200);
    try (ImportFile file =
        new ImportFile(new ByteArrayInputStream(bytes), "test", read.stores, block)) {
      file.read(read);
    }
  }

  /** A file that breaks off is told from a whole one, and what came before is as it should be. */
  private void readCut(MutatedFile file, int number) throws IOException {
    byte[] cut = file.cutGzip();
    RecordedRows read = new RecordedRows();
    assertThatThrownBy(() -> readInto(read, cut))
        .as("cut file %d: %s", number, file)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("test ");
    assertThat(read.rows)
        .as("cut file %d: %s", number, file)
        .isEqualTo(file.expected().subList(0, Math.min(read.rows.size(), file.expected().size())));
  }

  /** Whatever a file is: it is read, with reasons for what is not, or refused with one. */
  private void readDamaged(byte[] bytes) {
    byte[] damaged = bytes.clone();
    for (int damage = random.nextInt(4); damage >= 0; damage--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    RecordedRows read = new RecordedRows();
    try {
      readInto(read, damaged);
    } catch (BadFileException e) {
      assertThat(e).message().startsWith("test ");
    } catch (IOException e) {
      assertThat(e).message().startsWith("test cannot be read from line ");
    }
    assertThat(read.reasons).allMatch(reason -> !reason.isBlank());
    assertThat(
            read.rows.stream()
                .filter(row -> row.startsWith("rejected "))
                .mapToLong(row -> Long.parseLong(row.split(" ", 3)[1])))
        .isSorted();
  }
}
