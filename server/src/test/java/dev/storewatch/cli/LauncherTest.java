package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher with a program of a few lines in the place of ours, and a library that is changed:
 * what Java learnt of a library that is another one now must not be used, because Java does not
 * find that out and runs the old code.
 */
@Tag("long")
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path root;

  @BeforeEach
  void makeProgram() throws IOException, InterruptedException {
    Path project = Path.of("..").toAbsolutePath().normalize();
    for (String script : List.of("storewatch", "build/find-jdk")) {
      Path copy = root.resolve(script);
      Files.createDirectories(copy.getParent());
      Files.copy(project.resolve(script), copy);
      assertThat(copy.toFile().setExecutable(true)).isTrue();
    }
    Files.createDirectories(root.resolve("server/target/lib"));
    for (String pom : List.of("pom.xml", "server/pom.xml")) {
      Files.writeString(root.resolve(pom), "<project>\n  <version>7</version>\n</project>\n");
      Files.setLastModifiedTime(root.resolve(pom), FileTime.from(LONG_AGO));
    }
    putLibrary("old");
    jar(
        root.resolve("server/target/storewatch-server-7.jar"),
        compile(
            "dev/storewatch/cli/Storewatch",
            """
            package dev.storewatch.cli;
            public class Storewatch {
              public static void main(String[] arguments) {
                System.out.println(library.Library.text());
              }
            }
            """));
  }

  /** Puts a library in its place, as old as one that was built long before. */
  private void putLibrary(String text) throws IOException {
    Path jar = root.resolve("server/target/lib/library.jar");
    Files.deleteIfExists(jar);
    jar(
        jar,
        compile(
            "library/Library",
            """
            package library;
            public class Library {
              public static String text() {
                return "%s";
              }
            }
            """
                .formatted(text)));
    Files.setLastModifiedTime(jar, FileTime.from(LONG_AGO));
  }

  private Map<String, byte[]> compile(String name, String source) throws IOException {
    Path classes = Files.createDirectories(root.resolve("classes"));
    Path file = classes.resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classes.toString(),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(code).isZero();
    return Map.of(name + ".class", Files.readAllBytes(classes.resolve(name + ".class")));
  }

  private static void jar(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  /** What the launcher wrote. */
  private record Said(String out, String err) {
    boolean rehearsed() {
      return err.contains("rehearsing once");
    }
  }

  private Said run(String javaOptions, String... arguments)
      throws IOException, InterruptedException {
    Path out = root.resolve("out");
    Path err = root.resolve("err");
    ProcessBuilder process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(root.resolve("storewatch").toString()), Stream.of(arguments))
                    .toList())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().put("STOREWATCH_JAVA_OPTS", javaOptions);
    int code = process.start().waitFor();
    assertThat(code).as(Files.readString(err) + Files.readString(out)).isZero();
    return new Said(
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private void requireText(String text, String... arguments)
      throws IOException, InterruptedException {
    Said said = run("", arguments);
    assertThat(said.out.lines()).contains(text);
    assertThat(said.rehearsed()).isFalse();
    assertThat(run("-Xlog:class+load", arguments).out)
        .as("what Java learnt is used")
        .containsPattern("library.Library source: shared objects file");
  }

  @Test
  void runsNoOldCodeWhenALibraryIsAnotherOne() throws IOException, InterruptedException {
    assertThat(run("", "serve").rehearsed()).isTrue();
    for (String[] command : commands()) {
      requireText("old", command);
    }

    putLibrary("new");

    Said said = run("", "report");
    assertThat(said.out.lines()).contains("new").doesNotContain("old");
    assertThat(said.rehearsed()).isTrue();
    for (String[] command : commands()) {
      requireText("new", command);
    }
  }

  /** Java refuses a largest size below the one with which a heap is to begin. */
  @Test
  void startsWithAHeapThatSomebodyChooses() throws IOException, InterruptedException {
    for (String size : List.of("-Xmx100m", "-Xms50m", "-Xms16m -Xmx64m", "-Xmn20m", "-Xmx2g")) {
      for (String[] command : commands()) {
        assertThat(run(size, command).out.lines()).contains("old");
      }
    }
  }

  /** Java writes warnings to where the answer goes, for example of memory that it cannot get. */
  @Test
  void writesWhatTheProgramWritesAlone() throws IOException, InterruptedException {
    var _ = run("", "report");
    for (String[] command : commands()) {
      assertThat(run("", command).out).isEqualTo("old\n");
    }
  }

  @Test
  void recordsWhatAShortCommandDoesForWhoeverAsks() throws IOException, InterruptedException {
    assertThat(run("-XshowSettings:properties", "report").err)
        .contains("jfr.unsupported.vm = true");
    for (String[] command : commands()) {
      Path recording = root.resolve("recording.jfr");
      Files.deleteIfExists(recording);

      var _ = run("-XX:StartFlightRecording:filename=" + recording, command);

      assertThat(recording).isNotEmptyFile();
    }
  }

  private static List<String[]> commands() {
    return List.of(
        new String[] {"serve"},
        new String[] {"report"},
        new String[] {"import", "polls.csv"},
        new String[] {"report", "-o", "file", "--files", "polls.csv"});
  }

  @Test
  void learnsAnewWhenItIsChangedItself() throws IOException, InterruptedException {
    assertThat(run("", "report").rehearsed()).isTrue();
    assertThat(run("", "report").rehearsed()).isFalse();
    Path launcher = root.resolve("storewatch");
    Files.writeString(
        launcher, Files.readString(launcher).replace("-Xms32m", "-Xms48m"), StandardCharsets.UTF_8);

    assertThat(run("", "report").rehearsed()).isTrue();
    assertThat(run("", "report").rehearsed()).isFalse();
  }
}
