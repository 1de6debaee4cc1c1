package dev.storewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard for Grafana. */
final class DashboardTest {
  private static final Path FILE = Path.of("../deploy/grafana-dashboard.json");
  private static final Set<String> WORDS =
      Set.of("by", "or", "and", "unless", "on", "ignoring", "without", "bool");
  private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)}");

  private static final JsonNode DASHBOARD = read();
  private static Set<String> series = Set.of();

  private static JsonNode read() {
    return new JsonMapper().readTree(FILE);
  }

  @BeforeAll
  static void work(@TempDir Path path) throws Exception {
    try (TestServer server = TestServer.start(path)) {
      BusyServer.work(server);
      System.gc(); // a pause is counted only once there was one
      series = Scrape.await(server, DashboardTest::hasAll).series();
    }
  }

  private static boolean hasAll(Scrape now) {
    return now.number("storewatch_reports_ended_total{state=\"complete\"}") == 1
        && now.series().stream().anyMatch(one -> one.startsWith("jvm_gc_pause_seconds_sum"));
  }

  @Test
  void asksForMetricsThatAWorkingServerHas() {
    Set<String> there = new TreeSet<>();
    series.forEach(one -> there.add(one.replaceAll("\\{.*", "")));

    assertThat(expressions()).hasSizeGreaterThan(20);
    for (String expression : expressions()) {
      assertThat(metrics(expression)).as(expression).isNotEmpty().isSubsetOf(there);
    }
  }

  @Test
  void selectsByLabelsThatThoseMetricsHave() {
    for (String expression : expressions()) {
      Matcher selector = SELECTOR.matcher(expression);
      while (selector.find()) {
        for (String label : labels(selector.group(2))) {
          assertThat(series)
              .as("%s of %s", label, expression)
              .anyMatch(
                  one ->
                      one.startsWith(selector.group(1) + "{")
                          && one.matches(".*[{,]" + label + "=\".*"));
        }
      }
    }
  }

  /** Returns the labels of a selector, but for the one that Prometheus adds. */
  private static List<String> labels(String selector) {
    List<String> labels = new ArrayList<>();
    Matcher label = Pattern.compile("(\\w+)\\s*[!=]").matcher(selector);
    while (label.find()) {
      labels.add(label.group(1));
    }
    labels.removeAll(List.of("instance", "job"));
    return labels;
  }

  /** Returns what is left of an expression when all else that has a name is taken away. */
  private static Set<String> metrics(String expression) {
    String plain =
        expression
            .replaceAll("\\{[^}]*}", "")
            .replaceAll("\"[^\"]*\"", "")
            .replaceAll("\\[[^]]*]", "")
            .replaceAll("\\b(by|on|ignoring|without)\\s*\\([^)]*\\)", "");
    Set<String> names = new TreeSet<>();
    Matcher name = Pattern.compile("[a-zA-Z_:][\\w:]*(?!\\w|\\s*\\()").matcher(plain);
    while (name.find()) {
      names.add(name.group());
    }
    names.removeAll(WORDS);
    return names;
  }

  private static List<String> expressions() {
    return DASHBOARD.findValuesAsString("expr");
  }

  @Test
  void takesItsDatasourceAndServersFromVariables() {
    List<String> variables =
        DASHBOARD.at("/templating/list").values().stream()
            .map(variable -> variable.get("name").stringValue())
            .toList();

    assertThat(variables).containsExactly("datasource", "instance");
    for (JsonNode source : DASHBOARD.findValues("datasource")) {
      assertThat(source.get("uid").stringValue()).isEqualTo("${datasource}");
    }
  }

  @Test
  void hasARowForEachPartAndNoIdTwice() throws Exception {
    List<String> rows = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    for (JsonNode panel : DASHBOARD.get("panels").values()) {
      ids.add(panel.get("id").intValue());
      if (panel.get("type").stringValue().equals("row")) {
        rows.add(panel.get("title").stringValue());
      } else {
        assertThat(panel.get("description").stringValue()).isNotBlank();
      }
    }

    assertThat(rows).containsExactly("Service", "Reports", "Imports and polls", "Database", "JVM");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(Files.readString(FILE)).endsWith("}\n");
  }
}
