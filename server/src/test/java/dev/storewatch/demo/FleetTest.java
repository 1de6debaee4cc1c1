package dev.storewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetTest {
  @TempDir private Path directory;

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    FleetFiles first = new Fleet(60, 3, 7).writeTo(directory.resolve("first"));
    FleetFiles second = new Fleet(60, 3, 7).writeTo(directory.resolve("second"));

    assertThat(digest(second)).isEqualTo(digest(first));
    assertThat(second.statusRows()).isEqualTo(first.statusRows());
  }

  @Test
  void anotherSeedGivesOtherBytes() throws Exception {
    assertThat(digest(new Fleet(60, 3, 8).writeTo(directory)))
        .isNotEqualTo(digest(new Fleet(60, 3, 7).writeTo(directory)));
  }

  /** Fails on a machine that makes other files, and after a change that does. */
  @Test
  void theBytesOfASeedAreKnown() throws Exception {
    assertThat(digest(new Fleet(60, 3, 7).writeTo(directory)))
        .isEqualTo("92732f6c8ba817721035f1779af2c6ace6128128248bd26490435f065495bd46");
  }

  @Test
  void replacesTheFilesOfAnEarlierFleet() throws Exception {
    String alone = digest(new Fleet(1, 1, 7).writeTo(directory.resolve("alone")));
    Fleet earlier = new Fleet(60, 3, 7);

    assertThat(earlier.writeTo(directory).statusRows()).isPositive();
    assertThat(digest(new Fleet(1, 1, 7).writeTo(directory))).isEqualTo(alone);
  }

  @Test
  void makesEveryFleetThatItsBoundsAllow() throws Exception {
    assertThat(new Fleet(1, 1, 0).writeTo(directory).statusRows()).isBetween(10L, 60L);
    assertThat(new Fleet(1, 366, Long.MIN_VALUE).writeTo(directory).statusRows())
        .isBetween(10L, 12_000L);
    assertThatNoException().isThrownBy(() -> new Fleet(1_000_000, 366, Long.MAX_VALUE));
  }

  @Test
  void countsTheRowsOfAFleetThatIsWrittenInBlocks() throws Exception {
    FleetFiles files = new Fleet(3_000, 8, 7).writeTo(directory);
    byte[] rows = Files.readAllBytes(files.storeStatus());
    long lines = 0;
    for (byte character : rows) {
      lines += character == '\n' ? 1 : 0;
    }

    assertThat(files.statusRows()).isEqualTo(lines - 1).isGreaterThan(ShuffledRows.BLOCK);
  }

  @ParameterizedTest
  @CsvSource({"0, 8", "-1, 8", "1000001, 8", "2000, 0", "2000, -8", "2000, 367"})
  void rejectsFleetsThatCannotBeMade(int stores, int days) {
    String wrong = stores == 2_000 ? "days, not " + days : "stores, not " + stores;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fleet(stores, days, 7))
        .withMessageContaining(wrong)
        .withMessageEndingWith("for example 2000 stores and 8 days");
  }

  private static String digest(FleetFiles files) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : List.of(files.storeStatus(), files.businessHours(), files.timezones())) {
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
