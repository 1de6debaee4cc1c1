package dev.storewatch.faults;

import dev.storewatch.ProgramProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in a process of its own, as an operator starts it. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+) ");
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<String> url = new CompletableFuture<>();

  /** Starts a server, and does not wait until it answers. */
  ServerProcess(Path data, String database) throws IOException {
    this(data, database, "");
  }

  /**
   * Starts a server with more settings.
   *
   * @param database the address of a PostgreSQL database; null to have all in the data folder
   * @param settings YAML
   */
  ServerProcess(Path data, @Nullable String database, String settings) throws IOException {
    Path config =
        Files.writeString(
            Files.createDirectories(data).resolve("config.yaml"),
            "storewatch.database: { timeout: 4s, lease: 2s }\n" + settings);
    List<String> command =
        new ArrayList<>(
            List.of(
                "serve",
                "--port",
                "0",
                "--data",
                data.resolve("data").toString(),
                "--config",
                config.toString()));
    if (database != null) {
      command.addAll(List.of("--database", database));
    }
    process = ProgramProcess.of(List.of(), command).redirectErrorStream(true).start();
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        System.out.printf("[%d] %s%n", process.pid(), line);
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          url.complete(listening.group(1));
        }
      }
    } catch (IOException e) {
      // killed
    }
    url.completeExceptionally(new IllegalStateException("the server ended"));
  }

  /** Returns where it answers, once it does. */
  String url() {
    try {
      return url.get(3, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the server does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(Duration.ofMinutes(3))
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "text/plain", "");
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /** Ends it at once, in the middle of whatever it does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Tells it to end, and waits until it has. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
