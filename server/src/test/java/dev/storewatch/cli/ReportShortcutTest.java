package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The short way to the arguments of a report comes to what the library comes to. */
final class ReportShortcutTest {
  /** Each with its values, of which one is chosen. */
  private static final List<List<String>> OPTIONS =
      List.of(
          List.of("-o", "out.csv", "a folder/out.json"),
          List.of("--output", "out.csv"),
          List.of("--rejects", "rejects.csv"),
          List.of("--data", "data", "/var/lib/storewatch"),
          List.of("--as-of", "latest", "now", "2026-03-08T06:00:00Z"),
          List.of("--rule", "nearest", "previous", "ratio"),
          List.of("--carry", "PT24H", "PT90M"),
          List.of("--windows", "PT1H,P1D", "P1M"),
          List.of("--stores", "42,43", "'a b'"),
          List.of("--detail", "full", "FULL", "standard"),
          List.of("--format", "csv", "json", "Json"),
          List.of("--late-close-as-midnight"),
          List.of("--totals"),
          List.of("--files", "polls.csv", "hours.csv"));

  private static ReportArguments byLibrary(String... words) {
    ReportArguments read = new ReportArguments();
    new CommandLine(read)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(Arrays.copyOfRange(words, 1, words.length));
    return read;
  }

  private static List<Object> meaning(ReportArguments read) {
    List<Object> all = new ArrayList<>();
    Collections.addAll(
        all,
        read.files,
        String.valueOf(read.rejects),
        String.valueOf(read.output),
        read.data.folder(),
        String.valueOf(read.data.zoneRules()),
        String.valueOf(read.stores),
        read.tags,
        String.valueOf(read.windows),
        read.groupBy,
        read.totals,
        read.summary,
        String.valueOf(read.detail),
        String.valueOf(read.revision),
        String.valueOf(read.knownAt),
        String.valueOf(read.id),
        read.comparesNow,
        read.format,
        read.rule.asOf(),
        read.rule.rule(),
        read.rule.lateClose(),
        read.periods.periods(),
        read.reading.isSaid());
    return all;
  }

  @ParameterizedTest
  @Seeds
  void comesToWhatTheLibraryReads(long seed) {
    Random random = new Random(seed);
    int quick = 0;
    for (int round = 0; round < Seeds.Rounds.of(300); round++) {
      List<String> words = new ArrayList<>(List.of("report"));
      List<List<String>> options = new ArrayList<>(OPTIONS);
      Collections.shuffle(options, random);
      for (List<String> option : options.subList(0, random.nextInt(6))) {
        words.add(option.getFirst());
        if (option.getFirst().equals("--files")) {
          words.addAll(option.subList(1, 2 + random.nextInt(option.size() - 1)));
        } else if (option.size() > 1) {
          words.add(option.get(1 + random.nextInt(option.size() - 1)));
        }
      }
      String[] line = words.toArray(String[]::new);
      ReportArguments read = ReportShortcut.read(line);
      if (read != null) {
        quick++;
        assertThat(meaning(read)).as(words.toString()).isEqualTo(meaning(byLibrary(line)));
      }
    }
    assertThat(quick).as("lines that took the short way").isGreaterThan(200);
  }

  @Test
  void takesTheUsualLines() {
    assertThat(ReportShortcut.read("report")).isNotNull();
    assertThat(ReportShortcut.read("report", "-o", "out.csv")).isNotNull();
    assertThat(ReportShortcut.read("report", "--files", "a.csv", "b.csv", "-o", "x")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report --help",
        "report -h",
        "report -o",
        "report --output=out.csv",
        "report -oout.csv",
        "report -o a -o b",
        "report -o a --output b",
        "report --files",
        "report --format xml",
        "report --tag region:west",
        "report out.csv",
        "report --totals true",
        "report @arguments",
        "report --fil a.csv",
        "import a.csv",
        "",
      })
  void leavesEverythingElseToTheLibrary(String line) {
    assertThat(ReportShortcut.read(line.isEmpty() ? new String[0] : line.split(" ", -1))).isNull();
  }
}
