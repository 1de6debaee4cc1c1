package dev.storewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a server told Prometheus at one moment: numbers by the name and labels of their series. */
final class Scrape {
  private static final String PATH = "/actuator/prometheus";

  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, String> help = new LinkedHashMap<>();

  private Scrape(String text) {
    text.lines().forEach(this::take);
  }

  private void take(String line) {
    int space = line.lastIndexOf(' ');
    if (line.startsWith("# TYPE ")) {
      String[] words = line.split(" ", -1);
      types.put(words[2], words[3]);
    } else if (line.startsWith("# HELP ")) {
      String[] words = line.split(" ", 4);
      help.put(words[2], words[3]);
    } else if (!line.startsWith("#")) {
      String number = line.substring(space + 1).replace("+Inf", "Infinity");
      numbers.put(line.substring(0, space), Double.parseDouble(number));
    }
  }

  /** Asks a server, with headers. */
  static Scrape of(TestServer server, String... headers) throws IOException, InterruptedException {
    HttpResponse<String> answer = server.get(PATH, headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new Scrape(answer.body());
  }

  /** Asks a server until it tells what is waited for: it counts after it has answered. */
  static Scrape await(TestServer server, Predicate<Scrape> awaited) {
    return Eventually.until("numbers that count what was done", () -> of(server), awaited);
  }

  @Override
  public String toString() {
    return numbers.toString();
  }

  /** Returns the number of a series, as {@code name} or {@code name{label="value"}}. */
  double number(String series) {
    return Objects.requireNonNull(numbers.get(series), () -> series + " is not in " + names());
  }

  /** Returns all series. */
  Set<String> series() {
    return numbers.keySet();
  }

  /** Returns the names of all series, without their labels. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    numbers.keySet().forEach(series -> names.add(series.replaceAll("\\{.*", "")));
    return names;
  }

  /** Returns the type of each metric. */
  Map<String, String> types() {
    return types;
  }

  /** Returns what a metric says. */
  String help(String name) {
    return Objects.requireNonNull(help.get(name), name);
  }
}
