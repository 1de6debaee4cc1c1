package dev.storewatch.cli;

import dev.storewatch.alert.ChannelBody;
import dev.storewatch.demo.PlayedDay;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A day of a fleet, played fast into a running server: polls are pushed when they are due by its
 * clock, outages begin and end, a receiver prints what it is told, and the outages are compared
 * with the report that is made when the day is over.
 */
final class LivePlay {
  private static final JsonMapper JSON = new JsonMapper();

  /** How often polls are pushed. */
  private static final Duration RHYTHM = Duration.ofMillis(250);

  /** How long the server may take for the last polls of the day. */
  private static final int MOST_LOOKS = 120;

  /** All polls of the fleet, and the day before the first, of which the first speaks too. */
  private static final Duration ALL = Duration.ofDays(11);

  /** Reports show minutes with two decimals: half of a hundredth, in seconds. */
  private static final BigDecimal ROUNDED = new BigDecimal("0.300001");

  private final PlayedDay day;
  private final PlayedClock clock;
  private final PrintWriter out;
  private final HttpClient http = HttpClient.newHttpClient();

  LivePlay(PlayedDay day, PlayedClock clock, PrintWriter out) {
    this.day = day;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Plays the day into a server by the same clock.
   *
   * @param data the data folder of the server
   * @param url where the server answers
   * @return whether the outages agree with the report
   */
  boolean play(Path data, String url) throws IOException, InterruptedException {
    try (DemoReceiver receiver = new DemoReceiver(out);
        Installation installation = Installation.open(data, "demo")) {
      var _ =
          installation
              .alerts()
              .add(new ChannelBody("demo", "webhook", Map.of("url", receiver.url()), null, 6_000));
      pushAll(url);
      out.printf(
          Locale.ROOT,
          "%nThe day is over: %,d polls; %,d messages of beginnings, %,d of ends.%n",
          day.polls().size(),
          receiver.begun(),
          receiver.ended());
      return agrees(installation);
    }
  }

  private void pushAll(String url) throws IOException, InterruptedException {
    int next = 0;
    clock.go();
    while (next < day.polls().size()) {
      long now = Micros.of(clock.instant());
      int from = next;
      while (next < day.polls().size() && day.polls().get(next).at() <= now) {
        next++;
      }
      if (next > from) {
        push(url, day.polls().subList(from, next));
      }
      Thread.sleep(RHYTHM);
    }
  }

  private void push(String url, List<PlayedDay.Poll> polls)
      throws IOException, InterruptedException {
    ArrayNode body = JSON.createArrayNode();
    for (PlayedDay.Poll poll : polls) {
      body.addObject()
          .put("store_id", poll.store())
          .put("status", poll.active() ? "active" : "inactive")
          .put("timestamp_utc", Micros.toInstant(poll.at()).toString());
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/polls"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the server does not take the polls: " + answer.body());
    }
  }

  /** Waits until the server has found all outages, and compares them with the report. */
  private boolean agrees(Installation installation) throws IOException, InterruptedException {
    Map<String, BigDecimal> reported = reported(installation);
    Map<String, BigDecimal> found = Map.of();
    for (int look = 0; look < MOST_LOOKS; look++) {
      found = found(installation);
      if (differing(reported, found) == 0) {
        BigDecimal all = found.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        out.printf(
            Locale.ROOT,
            "The report says the same: %,d stores were down for %,d hours in all, and so say their"
                + " outages, each store to the hundredth of a minute.%n",
            found.size(),
            all.longValue() / 3_600);
        return true;
      }
      Thread.sleep(RHYTHM.multipliedBy(2));
    }
    out.printf(
        Locale.ROOT,
        "The report and the outages differ at %,d stores.%n",
        differing(reported, found));
    return false;
  }

  /** Returns the down time of each store that has some, in seconds. */
  private static Map<String, BigDecimal> reported(Installation installation) throws IOException {
    Map<String, BigDecimal> down = new HashMap<>();
    ReportOptions request =
        new ReportOptions(
            Micros.toInstant(PlayedDay.END).toString(),
            Rule.standard(),
            List.of(Window.of(ALL)),
            null,
            LateClose.AS_GIVEN,
            Detail.FULL,
            Format.JSON);
    var _ =
        ReportReader.read(
            installation,
            request,
            row -> {
              BigDecimal minutes = row.path("downtime_minutes").decimalValue();
              if (minutes.signum() > 0) {
                down.put(row.path("store_id").asString(), minutes.multiply(BigDecimal.valueOf(60)));
              }
            });
    return down;
  }

  private static Map<String, BigDecimal> found(Installation installation) throws IOException {
    Map<String, BigDecimal> down = new HashMap<>();
    installation.outages(
        null,
        null,
        List.of(),
        null,
        null,
        outage -> {
          down.merge(outage.storeId(), outage.openSeconds(), BigDecimal::add);
          return true;
        });
    return down;
  }

  private static long differing(Map<String, BigDecimal> reported, Map<String, BigDecimal> found) {
    Map<String, BigDecimal> all = new HashMap<>(reported);
    found.forEach((store, seconds) -> all.merge(store, seconds.negate(), BigDecimal::add));
    return all.values().stream().filter(rest -> rest.abs().compareTo(ROUNDED) > 0).count();
  }
}
