package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.ProgramProcess;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.interval.Micros;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;

/** Kills real processes in the middle of their imports, and looks at what they leave. */
@ParameterizedClass
@Seeds
@Tag("long")
class KilledImportTest {
  private static final int ROUNDS = 3;
  private static final int FILES = 60;
  private static final int ROWS = 4_000;
  private static final Instant START = Instant.parse("2023-01-18T00:00:00Z");

  private final long seed;
  private final Random random;
  @TempDir private Path path;

  /** What the database should have: the rows of all files up to the last one that is in. */
  private final SortedMap<String, SortedMap<Long, Boolean>> expected = new TreeMap<>();

  private final List<Path> files = new ArrayList<>();

  /** How many files are in. */
  private int imported;

  KilledImportTest(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  @Test
  void keepsEveryFinishedImportOfAKilledProcessAndNoPartOfAnother() throws Exception {
    new TestFolder(Path.of(data())).close();
    for (int file = 0; file < FILES; file++) {
      files.add(Files.writeString(path.resolve(file + ".csv"), rows(file)));
    }
    for (int round = 0; round < ROUNDS; round++) {
      takeFinished(killedWhileImporting(round));
      assertThatAllIsThere(round);
    }

    assertThat(run("import", files.get(imported).toString())).contains("4,000 read");
    take(imported++);
    assertThatAllIsThere(ROUNDS);
    assertThat(run("imports")).doesNotContain("  running ");
  }

  /** Returns how many files the process said to be in before it was killed. */
  private int killedWhileImporting(int round) throws Exception {
    Process process = start();
    int finished = 0;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (int wanted = round == 0 ? 1 : random.nextInt(8); wanted > 0; wanted--) {
        finished += isFinished(lines.readLine()) ? 1 : 0;
      }
      if (round == 0) {
        assertThat(run("imports")).contains("in use by process " + process.pid());
      }
      // It is to die at any point of its work, of which no other process is told.
      Thread.sleep(random.nextInt(finished == 0 ? 1_500 : 150));
      // Process.destroyForcibly would throw away what the process said and nobody read yet.
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        finished += isFinished(line) ? 1 : 0;
      }
    }
    assertThat(process.waitFor()).isNotZero();
    return finished;
  }

  private static boolean isFinished(String line) {
    if (line.startsWith("  note: ") || line.startsWith("into the data folder ")) {
      return false;
    }
    assertThat(line).contains(".csv: polls, 4,000 read");
    return true;
  }

  private Process start() throws IOException {
    Path temporary = Files.createDirectories(path.resolve("tmp"));
    List<String> arguments = new ArrayList<>(List.of("import", "--data", data()));
    files.subList(imported, FILES - 1).forEach(file -> arguments.add(file.toString()));
    return ProgramProcess.of(List.of("-Djava.io.tmpdir=" + temporary), arguments)
        .redirectError(path.resolve("err.txt").toFile())
        .start();
  }

  private String data() {
    return path.resolve("data").toString();
  }

  /** Returns what a command says in this process. */
  private String run(String command, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of(command, "--data", data()));
    all.addAll(List.of(arguments));
    var _ = Storewatch.run(out, out, all.toArray(new String[0]));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void takeFinished(int finished) throws IOException {
    for (int i = 0; i < finished; i++) {
      take(imported++);
    }
    try (TestFolder folder = new TestFolder(Path.of(data()))) {
      // It may have been killed after a commit and before it said so.
      if (complete(folder) == imported + 1) {
        take(imported++);
      }
    }
  }

  private static long complete(TestFolder folder) {
    return folder.imports().newest(1_000, null).stream()
        .filter(run -> run.state() == ImportRun.State.COMPLETE)
        .count();
  }

  private void assertThatAllIsThere(int round) throws IOException {
    String description = "round %d, %d files".formatted(round, imported);
    try (TestFolder folder = new TestFolder(Path.of(data()))) {
      assertThat(complete(folder)).as(description).isEqualTo(imported);
      assertThat(
              folder.imports().newest(1_000, null).stream()
                  .filter(run -> run.state() == ImportRun.State.RUNNING))
          .as(description)
          .hasSizeLessThanOrEqualTo(1);
      assertThat(folder.allPolls().equals(expected)).as(description).isTrue();
      assertThat(folder.stores().registry().size()).as(description).isEqualTo(expected.size());
    }
  }

  private void take(int file) {
    random(file).forEach(row -> row.putInto(expected));
  }

  private String rows(int file) {
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    random(file).forEach(row -> text.append(row.line()));
    return text.toString();
  }

  /** Returns the rows of a file, which share stores and instants with those of the others. */
  private List<Row> random(int file) {
    Random rows = new Random(seed + file);
    List<Row> made = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      made.add(
          new Row(
              "store " + rows.nextInt(10 * (file + 1)),
              START.plusSeconds(60L * rows.nextInt(300 * (file + 1))),
              rows.nextBoolean()));
    }
    return made;
  }

  private record Row(String store, Instant at, boolean active) {
    String line() {
      return "%s,%s,%s\n".formatted(store, active ? "active" : "inactive", at);
    }

    void putInto(SortedMap<String, SortedMap<Long, Boolean>> polls) {
      polls.computeIfAbsent(store, unknown -> new TreeMap<>()).put(Micros.of(at), active);
    }
  }
}
