package dev.storewatch.metrics;

import dev.storewatch.GeneratedDocs;
import dev.storewatch.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of the product's metrics in the documentation for users. */
final class MetricsTableTest {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  @Test
  void isWhatTheServerTells(@TempDir Path path) throws Exception {
    try (TestServer server = TestServer.start(path)) {
      GeneratedDocs.check("metrics", MetricsTableTest.class, table(Scrape.of(server)));
    }
  }

  private static String table(Scrape scrape) {
    StringBuilder table = new StringBuilder("| metric | type | |\n| --- | --- | --- |\n");
    for (String name : new TreeSet<>(scrape.types().keySet())) {
      // Micrometer's own maximum of a while, beside each histogram.
      if (name.startsWith("storewatch_") && !name.endsWith("_max")) {
        table.append(
            "| `%s` | %s | %s%s |\n"
                .formatted(
                    name, scrape.types().get(name), scrape.help(name), labels(scrape, name)));
      }
    }
    return table.toString();
  }

  private static String labels(Scrape scrape, String name) {
    Set<String> labels = new TreeSet<>();
    for (String series : scrape.series()) {
      Matcher label = LABEL.matcher(series);
      while (series.startsWith(name + "{") && label.find()) {
        labels.add(label.group(1));
      }
    }
    return List.copyOf(labels).stream()
        .map(label -> "; `%s`: %s".formatted(label, values(scrape, name, label)))
        .reduce("", String::concat);
  }

  private static String values(Scrape scrape, String name, String wanted) {
    Set<String> values = new TreeSet<>();
    for (String series : scrape.series()) {
      Matcher label = LABEL.matcher(series);
      while (series.startsWith(name + "{") && label.find()) {
        if (label.group(1).equals(wanted)) {
          values.add("`" + label.group(2) + "`");
        }
      }
    }
    return String.join(", ", values);
  }
}
