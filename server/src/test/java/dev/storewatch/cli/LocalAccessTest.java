package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a data folder that no server holds. */
final class LocalAccessTest extends AccessContract {
  @TempDir private Path path;

  @BeforeEach
  void prepare() {
    TestFolder.prepare(path);
  }

  @Override
  Path folder() {
    return path;
  }

  @Override
  void writeAll() {
    assertThat(folder()).as("written when the command ended").isDirectory();
  }

  @Override
  int refused() {
    return 2;
  }

  @Test
  void listNothingWhereThereIsNoFolder() {
    Path missing = path.resolve("missing");
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int code =
        Storewatch.run(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "access",
            "keys",
            "--data",
            missing.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("storewatch: there is no data folder " + missing);
    assertThat(missing).doesNotExist();
  }
}
