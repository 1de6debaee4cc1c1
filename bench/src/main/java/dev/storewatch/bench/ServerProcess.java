package dev.storewatch.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server as a user would start it, with the launcher, on any free port. */
final class ServerProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  /** Something may be at work between a collection of garbage and a look, so the least counts. */
  private static final int LOOKS = 5;

  /** The metrics of memory: heap and all else of Java, and what lies beside it. */
  private static final List<String> USED =
      List.of("jvm_memory_used_bytes", "jvm_buffer_memory_used_bytes");

  private final Process process;
  private final URI url;
  private final double millisToFirstAnswer;

  private ServerProcess(Process process, URI url, double millisToFirstAnswer) {
    this.process = process;
    this.url = url;
    this.millisToFirstAnswer = millisToFirstAnswer;
  }

  /**
   * Starts a server on a data folder and waits until it answers.
   *
   * @param launcher the launcher
   * @param javaOptions more options for its Java
   */
  static ServerProcess start(String launcher, Path data, String javaOptions)
      throws IOException, InterruptedException {
    return start(launcher, data, Map.of("STOREWATCH_JAVA_OPTS", javaOptions));
  }

  /**
   * Starts a server on a data folder and waits until it answers.
   *
   * @param launcher the launcher
   * @param environment what its environment has beside that of this process
   */
  static ServerProcess start(String launcher, Path data, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.deleteIfExists(data.resolve("holder.properties"));
    List<String> command = new ArrayList<>(List.of(launcher, "serve", "--port", "0"));
    command.addAll(List.of("--data", data.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    long begun = System.nanoTime();
    Process process = builder.start();
    while (System.nanoTime() - begun < LONGEST_START.toNanos() && process.isAlive()) {
      URI url = announced(data);
      if (url != null && answers(url)) {
        return new ServerProcess(process, url, (System.nanoTime() - begun) / 1e6);
      }
      Thread.sleep(5);
    }
    process.destroy();
    throw new IllegalStateException("the server did not start: try " + String.join(" ", command));
  }

  private static @Nullable URI announced(Path data) throws IOException {
    Path file = data.resolve("holder.properties");
    if (!Files.exists(file)) {
      return null;
    }
    Properties holder = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      holder.load(in);
    }
    String url = holder.getProperty("url");
    return url == null ? null : URI.create(url);
  }

  private static boolean answers(URI url) {
    try (Connection connection = new Connection(url)) {
      return connection.send(connection.request("GET", "/actuator/health")) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  URI url() {
    return url;
  }

  /** Returns the time from the start of the launcher to the first answer. */
  double millisToFirstAnswer() {
    return millisToFirstAnswer;
  }

  /** Returns the time that the server had a processor so far, in nanoseconds. */
  long processorNanos() {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Returns the most memory that the server had resident so far, in millions of bytes. */
  double peakMegabytes() {
    return WholeProcess.peakMegabytes(process.pid());
  }

  /** Returns the memory that the server has resident now, in millions of bytes. */
  double residentMegabytes() {
    return WholeProcess.residentMegabytes(process.pid());
  }

  /**
   * Returns the memory that the server uses after a collection of garbage, in millions of bytes.
   */
  double usedMegabytes() throws IOException, InterruptedException {
    double least = Double.MAX_VALUE;
    for (int look = 0; look < LOOKS; look++) {
      least = Math.min(least, usedNow());
    }
    return least;
  }

  private double usedNow() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process collection =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (collection.waitFor() != 0) {
      throw new IllegalStateException("jcmd cannot reach the server");
    }
    HttpRequest request = HttpRequest.newBuilder(url.resolve("/actuator/prometheus")).build();
    try (HttpClient client = HttpClient.newHttpClient();
        Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
      return lines
              .filter(line -> USED.stream().anyMatch(line::startsWith))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum()
          / 1e6;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
