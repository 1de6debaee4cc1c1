package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the list, for users, of all that a server keeps in memory of what callers do. */
final class KeptInMemoryTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path DOCS = Path.of("../docs/operations.md");

  /** What threads share, which is what lives longer than one request. */
  private static final Pattern SHARED =
      Pattern.compile(
          "new (Concurrent|CopyOnWrite|Linked(Blocking|Transfer)|ArrayBlocking|PriorityBlocking)\\w+<"
              + "|ConcurrentHashMap\\.newKeySet|Caffeine\\.newBuilder|Collections\\.synchronized");

  @Test
  void listsEveryClassThatKeepsWhatThreadsShare() throws IOException {
    assertThat(listed())
        .as(
            "classes in the part 'memory' of docs/operations.md: say there what bounds each of"
                + " them")
        .isEqualTo(keeping());
  }

  private static Set<String> keeping() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> SHARED.matcher(read(file)).find())
          .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> listed() {
    String docs = read(DOCS);
    String table =
        docs.substring(
            docs.indexOf("<!-- memory: begin -->"), docs.indexOf("<!-- memory: end -->"));
    return table
        .lines()
        .map(row -> row.replaceFirst(" \\|$", ""))
        .flatMap(
            row ->
                Pattern.compile("`([A-Z]\\w+)`")
                    .matcher(row.substring(row.lastIndexOf('|') + 1))
                    .results())
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
