package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two builds side by side, which are scripts here that do as little as their commands must. */
final class ComparisonTest {
  @TempDir private Path folder;
  private final StringWriter printed = new StringWriter();

  /** Makes a build whose reports are a text, and which writes down what it was called with. */
  private Comparison.Build build(String name, String report, int exitCode) throws IOException {
    Path launcher = folder.resolve(name);
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        echo "$@" >>"$0.calls"
        case $1 in
          import) mkdir -p "$3"; exit %d ;;
          report) echo %s >"$5" ;;
        esac
        """
            .formatted(exitCode, report));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    return new Comparison.Build(name, launcher);
  }

  private List<String> calls(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name + ".calls"));
  }

  private boolean compare(Comparison.Build own, Comparison.Build other) throws Exception {
    FleetFiles files = new Fleet(3, 2, 1).writeTo(folder.resolve("fleet"));
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    return new Comparison(
            own,
            other,
            new Inputs(files.storeStatus(), files.businessHours(), files.timezones()),
            scratch,
            2,
            new PrintWriter(printed, true))
        .measure();
  }

  @Test
  void givesBothTheSameCommandsOnDataOfTheirOwn() throws Exception {
    assertThat(compare(build("own", "same", 0), build("other", "same", 3))).isTrue();

    List<String> own = calls("own");
    assertThat(own).hasSize(1 + 3 * 4);
    assertThat(own.subList(0, 5))
        .satisfiesExactly(
            call -> assertThat(call).isEqualTo("--version"),
            call -> assertThat(call).startsWith("import --data ").contains("store_status"),
            call -> assertThat(call).startsWith("report --data ").contains(" -o "),
            call -> assertThat(call).startsWith("import --data ").contains("increment.csv"),
            call -> assertThat(call).startsWith("report --data ").contains(" -o "));
    assertThat(calls("other").stream().map(call -> call.replaceAll("-1\\b", "-0")).toList())
        .isEqualTo(own.stream().map(call -> call.replaceAll("-1\\b", "-0")).toList());
    assertThat(calls("other")).doesNotContainAnyElementsOf(own.subList(1, 5));
    assertThat(printed.toString())
        .contains("medians of 2 runs", "| import of the three files ", "are the same bytes")
        .containsPattern("report after it +[0-9.]+ to [0-9.]+, median");
  }

  @Test
  void tellsOfReportsThatDiffer() throws Exception {
    assertThat(compare(build("own", "one", 0), build("other", "two", 0))).isFalse();
    assertThat(printed.toString()).contains("the reports of both differ, pairs: 6 of 6");
  }

  @Test
  void failsWithACommandThatFails() throws Exception {
    Comparison.Build own = build("own", "same", 0);
    Comparison.Build other = build("other", "same", 1);
    assertThatThrownBy(() -> compare(own, other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended with 1");
  }
}
