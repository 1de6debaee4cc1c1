package dev.storewatch.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ImportShortcutTest {
  private static ImportArguments byLibrary(String... words) {
    ImportArguments read = new ImportArguments();
    new CommandLine(read).parseArgs(Arrays.copyOfRange(words, 1, words.length));
    return read;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import a.csv",
        "import a.csv b.csv.gz a.csv",
        "import --data folder a.csv",
        "import a.csv --data folder b.csv",
        "import a.csv --data /var/lib/storewatch",
      })
  void comesToWhatTheLibraryReads(String line) {
    String[] words = line.split(" ", -1);
    ImportArguments read = requireNonNull(ImportShortcut.read(words));
    ImportArguments wanted = byLibrary(words);
    assertThat(read.files).isEqualTo(wanted.files);
    assertThat(read.data.folder()).isEqualTo(wanted.data.folder());
    assertThat(read.data.arguments()).isEqualTo(wanted.data.arguments());
    assertThat(read.data.zoneRules()).isNull();
    assertThat(read.reading.isSaid()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import",
        "import --help",
        "import -h",
        "import --data folder",
        "import a.csv --data",
        "import --data --days a.csv",
        "import --data=folder a.csv",
        "import --data one --data two a.csv",
        "import --days monday=1 a.csv",
        "import --known-stores-only a.csv",
        "import --dat folder a.csv",
        "import -- a.csv",
        "import @arguments",
        "import  a.csv",
        "report a.csv",
        "",
      })
  void leavesEverythingElseToTheLibrary(String line) {
    assertThat(ImportShortcut.read(line.isEmpty() ? new String[0] : line.split(" ", -1))).isNull();
  }
}
