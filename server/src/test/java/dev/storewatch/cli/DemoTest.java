package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a process of its own, because it is about what the environment says. */
@Tag("long")
final class DemoTest {
  @TempDir private Path path;
  private String out = "";

  private int run(String... more) throws IOException, InterruptedException {
    Path file = path.resolve("out.txt");
    ProcessBuilder builder =
        ProgramProcess.of(
            List.of(), List.of("demo", "--rehearsal", "--folder", path.resolve("demo").toString()));
    builder.command().addAll(List.of(more));
    builder.environment().put("STOREWATCH_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/real");
    builder.environment().put("STOREWATCH_DATABASE_CONNECTIONS", "none");
    int code = builder.redirectErrorStream(true).redirectOutput(file.toFile()).start().waitFor();
    out = Files.readString(file);
    return code;
  }

  @Test
  void keepsOffTheDatabaseThatTheEnvironmentNames() throws Exception {
    assertThat(run()).as(() -> out).isZero();

    assertThat(out).contains("The stores with the lowest uptime").contains("listening on http://");
    assertThat(path.resolve("demo/data/storewatch.duckdb")).isNotEmptyFile();
  }
}
