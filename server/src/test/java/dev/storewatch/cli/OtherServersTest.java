package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.cli.OtherServers.Command;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tells whoever imports into a folder that no server holds of the servers that there are. */
@Tag("long")
final class OtherServersTest {
  private static final String PROGRAM = Storewatch.class.getName();
  private static final String END =
      " serves other data, without these files: if they are meant for it, name its data folder with"
          + " --data";

  @TempDir private Path path;

  private static List<String> notes(String arguments) {
    return OtherServers.notes(Stream.of(new Command(7, Arrays.asList(arguments.split(" ")))));
  }

  @Test
  void areToldWithTheOptionThatSaysWhereTheirDataIs() {
    String java = "-Xmx1g -cp /x/lib/* " + PROGRAM;
    String start = "note: a server of this machine (process 7";

    assertThat(notes(java + " serve")).containsExactly(start + ")" + END);
    assertThat(notes(java + " serve --port 1 --data chain"))
        .containsExactly(start + ", started with --data chain)" + END);
    assertThat(notes(java + " serve --data=chain --port 1"))
        .containsExactly(start + ", started with --data=chain)" + END);
    assertThat(notes(java + " demo --folder d"))
        .containsExactly(start + ", started with --folder d)" + END);
    assertThat(notes(java + " serve --database jdbc:postgresql://db/x?password=secret"))
        .containsExactly(start + ", started with --database)" + END);
    assertThat(notes(java + " serve --database=jdbc:postgresql://db/x?password=secret"))
        .containsExactly(start + ", started with --database)" + END);
  }

  @ParameterizedTest
  @ValueSource(strings = {"import serve.csv", "demo --no-serve", "report", ""})
  void areNoOtherCommands(String words) {
    assertThat(notes("-Xmx1g " + PROGRAM + " " + words)).isEmpty();
    assertThat(notes("serve")).isEmpty();
  }

  @Test
  void areFoundAmongTheProcessesOfTheMachine() throws Exception {
    String served = path.resolve("served").toString();
    ProcessBuilder start =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            PROGRAM,
            "serve",
            "--port",
            "0",
            "--data",
            served);
    // Where an operating system shows the arguments of a process, it cuts off very long ones.
    start.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process server = start.redirectErrorStream(true).start();
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.lines().anyMatch(line -> line.contains("listening on"))).isTrue();

      String note =
          "note: a server of this machine (process %d, started with --data %s)%s%n"
              .formatted(server.pid(), served, END);
      assertThat(importInto(path.resolve("other"))).endsWith(note);
      assertThat(importInto(Path.of(served))).doesNotContain("a server of this machine");
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** Imports a file where only the server of this test is seen, and returns what was noted. */
  private String importInto(Path folder) throws IOException {
    Path polls = path.resolve("polls.csv");
    Files.writeString(polls, "store_id,status,timestamp_utc\ns1,active,2023-01-25 12:00:00 UTC\n");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(new ByteArrayOutputStream());
        PrintStream notes = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      String own = path.toString();
      OtherServers.Finder finder =
          () ->
              OtherServers.ofThisMachine()
                  .filter(command -> String.join(" ", command.arguments()).contains(own));
      assertThat(
              Storewatch.run(
                  out, notes, finder, "import", polls.toString(), "--data", folder.toString()))
          .isZero();
    }
    return err.toString(StandardCharsets.UTF_8);
  }
}
