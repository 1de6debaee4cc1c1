package dev.storewatch.bench;

import dev.storewatch.interval.Micros;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a server takes to answer the pages that people look at most, beside a warm report of the
 * same fleet, and how soon pages that are open hear of a poll.
 */
final class PagesJob extends Measurement {
  private static final String REPORT = "warm report, without a server";
  private static final String CHANGED = "page of the fleet, after a poll";
  private static final String UNCHANGED = "page of the fleet, when nothing was changed";
  private static final String STORE = "page of a store";
  private static final String NEWS = "from the answer of a push to news on 200 pages";

  private static final int WARM_UPS = 20;
  private static final int OPEN_PAGES = 200;
  private static final Pattern CONNECT = Pattern.compile("sse-connect=\"([^\"]+)\"");

  private final Inputs inputs;
  private final String launcher;
  private final Path scratch;
  private final HttpClient client = HttpClient.newHttpClient();
  private String store = "";
  private long newest;
  private long bytes;

  PagesJob(Inputs inputs, String launcher, Path scratch, int runs, PrintWriter out) {
    super(runs, out);
    this.inputs = inputs;
    this.launcher = launcher;
    this.scratch = scratch;
  }

  @Override
  void measure() throws Exception {
    Path data = scratch.resolve("pages");
    try (Installed installed = new Installed(data)) {
      installed.importHoursAndZones(inputs);
      installed.importFile(inputs.polls());
      newest = installed.newest();
      store = installed.stores().registry().id(installed.stores().registry().keysById()[0]);
      for (int run = -WARM_UPS; run < runs; run++) {
        time(REPORT, run >= 0, () -> installed.report(OutputStream.nullOutputStream()));
      }
    }
    try (client;
        ServerProcess server = ServerProcess.start(launcher, data, "")) {
      URI url = server.url();
      for (int run = -WARM_UPS; run < runs; run++) {
        push(url);
        // Whoever asks within a second of another gets what that one got.
        Thread.sleep(1_000);
        time(CHANGED, run >= 0, () -> bytes = get(url, "/fleet").length());
        time(UNCHANGED, run >= 0, () -> get(url, "/fleet"));
        time(STORE, run >= 0, () -> get(url, "/stores/" + encoded(store)));
      }
      for (int run = 0; run < runs; run++) {
        news(url);
      }
      double megabytes = memory(server);
      print();
      out.printf(
          "%d open pages                            %6.1f MB of the server, at most 50%n",
          OPEN_PAGES, megabytes);
    }
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String get(URI server, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path)).header("Accept", "text/html").build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  private void push(URI server) throws IOException, InterruptedException {
    newest += Micros.SECOND;
    String poll =
        """
        [{"store_id":"%s","status":"active","timestamp_utc":"%s"}]
        """
            .formatted(store, Micros.toInstant(newest));
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/polls"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(poll))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("a push is answered " + answer.body());
    }
  }

  /** Opens many pages, and measures how long it takes until the last one hears of a poll. */
  private void news(URI server) throws Exception {
    try (OpenPages pages = open(server)) {
      push(server);
      long begun = System.nanoTime();
      pages.awaitEach("event:news");
      time(NEWS, true, (System.nanoTime() - begun) / 1e6);
    }
  }

  /** Returns what open pages cost the server, in millions of bytes. */
  private double memory(ServerProcess server) throws Exception {
    double before = server.usedMegabytes();
    try (OpenPages pages = open(server.url())) {
      push(server.url());
      pages.awaitEach("event:news");
      return server.usedMegabytes() - before;
    }
  }

  private OpenPages open(URI server) throws IOException, InterruptedException {
    Matcher connect = CONNECT.matcher(get(server, "/fleet"));
    if (!connect.find()) {
      throw new IllegalStateException("the page of the fleet listens to nothing");
    }
    OpenPages pages = new OpenPages();
    try {
      for (int page = 0; page < OPEN_PAGES; page++) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(connect.group(1))).build();
        pages.add(client.send(request, BodyHandlers.ofInputStream()).body());
      }
      return pages;
    } catch (IOException | InterruptedException e) {
      pages.close();
      throw e;
    }
  }

  /** The events of pages that somebody has open. */
  private static final class OpenPages implements AutoCloseable {
    private final List<BufferedReader> all = new ArrayList<>();

    void add(InputStream events) {
      all.add(new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8)));
    }

    /** Waits until each page has got a line. */
    void awaitEach(String line) throws IOException {
      for (BufferedReader page : all) {
        String next = page.readLine();
        while (next != null && !next.equals(line)) {
          next = page.readLine();
        }
        if (next == null) {
          throw new IllegalStateException("the server closed an open page");
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (BufferedReader page : all) {
        page.close();
      }
    }
  }

  private void print() {
    printMachine("runs");
    printTimes();
    double report = times(REPORT).median();
    out.printf(
        "page of the fleet after a poll / report   %6.2f  at most 0.5%n",
        times(CHANGED).median() / report);
    out.printf(
        "page of a store / report                  %6.2f  at most 1.0%n",
        times(STORE).median() / report);
    out.printf("page of the fleet                         %,6.0f kB, at most 150%n", bytes / 1e3);
  }
}
