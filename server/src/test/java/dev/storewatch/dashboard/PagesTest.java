package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages for people, as they are without any script. */
@AnyDatabase
final class PagesTest {
  /**
   * Stores in Chicago that are open from 09:00 to 21:00, which is 15:00 to 03:00 in UTC in January:
   * one that was down at lunch, one that is down, one in a planned closure, one of which nothing is
   * known any more, and one whose name is hostile.
   */
  private static final List<String> FILES =
      List.of(
          """
          store_id,timezone_str
          lunch,America/Chicago
          down,America/Chicago
          works,America/Chicago
          quiet,America/Chicago
          a/<b>&,America/Chicago
          """,
          hours("lunch") + lines("down") + lines("works") + lines("quiet"),
          """
          store_id,name,tags
          lunch,Lunch & Co,west
          down,<script>alert(1)</script>,east
          """,
          """
          store_id,from_utc,to_utc,reason
          works,2026-01-14T00:00:00Z,2026-01-15T00:00:00Z,new floor
          """,
          """
          store_id,status,timestamp_utc
          lunch,active,2026-01-14T17:10:00Z
          lunch,inactive,2026-01-14T18:10:00Z
          lunch,active,2026-01-14T19:10:00Z
          lunch,active,2026-01-14T20:10:00Z
          down,active,2026-01-14T17:10:00Z
          down,inactive,2026-01-14T19:10:00Z
          down,inactive,2026-01-14T20:05:00Z
          works,inactive,2026-01-14T20:00:00Z
          quiet,active,2026-01-10T20:00:00Z
          """);

  private static final Pattern ADDRESS = Pattern.compile("(?:href|src|action|hx-get)=\"([^\"]*)\"");

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path);
    for (String file : FILES) {
      var answer = server.post("/api/v1/imports", file, "text/csv");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      String id = TestServer.json(answer).get("id").stringValue();
      var ended =
          Eventually.until(
              "the end of the import",
              () -> TestServer.json(server.get("/api/v1/imports/" + id)),
              run -> !run.get("ended_at").isNull());
      assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("complete");
    }
    // They are found beside the imports.
    var _ =
        Eventually.until(
            "the outages of both",
            () -> server.get("/api/v1/outages").body(),
            outages -> outages.contains("\"lunch\"") && outages.contains("\"down\""));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String hours(String store) {
    return "store_id,day,start_time_local,end_time_local\n" + lines(store);
  }

  private static String lines(String store) {
    StringBuilder lines = new StringBuilder();
    for (int day = 0; day < 7; day++) {
      lines.append("%s,%d,09:00:00,21:00:00\n".formatted(store, day));
    }
    return lines.toString();
  }

  private static HttpResponse<String> open(String path, String... headers)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("Accept", "text/html"));
    all.addAll(List.of(headers));
    return server.get(path, all.toArray(String[]::new));
  }

  private static String page(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = open(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().replaceAll("\\s+", " ");
  }

  @Test
  void showWhichStoresAreDownNow() throws Exception {
    String fleet = page("/fleet");

    assertThat(fleet).contains("As of the newest poll, Wed 14 Jan 2026 20:10 UTC");
    assertThat(fleet).containsPattern("<b>1</b> *<span class=\"state up\">");
    assertThat(fleet).containsPattern("<b>1</b> *<span class=\"state down\">");
    assertThat(fleet).containsPattern("<b>1</b> *<span class=\"state planned\">");
    String down = out(fleet);
    assertThat(down)
        .contains("/stores/down")
        .contains("Wed 14 Jan 12:10 -06:00")
        .contains("2 h 00 min");
    assertThat(down).doesNotContain("/stores/lunch").doesNotContain("/stores/works");
  }

  /** Returns the part of the page that tells what is down now. */
  private static String out(String page) {
    return page.substring(page.indexOf("Down now"), page.indexOf("Least uptime"));
  }

  @Test
  void findSomeStores() throws Exception {
    assertThat(stores(page("/fleet?search=LUNCH"))).containsExactly("lunch");
    assertThat(stores(page("/fleet?search=co"))).containsExactly("lunch");
    assertThat(stores(page("/fleet?state=planned"))).containsExactly("works");
    assertThat(stores(page("/fleet?tag=east"))).containsExactly("down");
    assertThat(stores(page("/fleet?zone=Asia%2FTokyo"))).isEmpty();
    assertThat(stores(page("/fleet?sort=state&zone=America%2FChicago")).getFirst())
        .isEqualTo("down");
    assertThat(stores(page("/fleet?page=99"))).isNotEmpty();
  }

  @Test
  void tellWhenEachStoreWasPolledTheLastTime() throws Exception {
    assertThat(page("/fleet?search=quiet"))
        .contains("<small class=\"when\">Sat 10 Jan 14:00 -06:00</small>");
    assertThat(page("/fleet?search=lunch"))
        .contains("<small class=\"when\">Wed 14 Jan 14:10 -06:00</small>");
    assertThat(page("/fleet?search=a/")).contains("<small class=\"when\">never</small>");
  }

  /** Stores without a figure come last, from whichever end the others are ordered. */
  @Test
  void sortByEachColumnFromEitherEnd() throws Exception {
    assertThat(stores(page("/fleet?sort=week"))).startsWith("down", "lunch", "quiet");
    assertThat(stores(page("/fleet?sort=nonsense"))).startsWith("down", "lunch", "quiet");
    assertThat(stores(page("/fleet?sort=-week")))
        .startsWith("quiet", "lunch", "down")
        .endsWith("works");
    assertThat(stores(page("/fleet?sort=-day"))).startsWith("lunch", "down");
    assertThat(stores(page("/fleet?sort=-store")))
        .isEqualTo(stores(page("/fleet?sort=store")).reversed());
    assertThat(stores(page("/fleet?sort=-state")).getLast()).isEqualTo("down");
    String table = table(page("/fleet?sort=-week"));
    assertThat(table).containsOnlyOnce("aria-sort").contains("aria-sort=\"descending\"");
  }

  @Test
  void keepTheOrderAndTheBoundsInEveryLinkOfTheTable() throws Exception {
    String table = table(page("/fleet?sort=-day&search=l&bounds=on"));
    assertThat(table)
        .contains("name=\"sort\" value=\"-day\"", "name=\"search\" value=\"l\"", "name=\"bounds\"")
        .contains("href=\"/fleet?sort=day&amp;search=l&amp;bounds=on\"")
        .contains("href=\"/fleet?sort=week&amp;search=l&amp;bounds=on\"");
    assertThat(table(page("/fleet?sort=day"))).contains("href=\"/fleet?sort=-day\"");
    String form = page("/fleet?sort=-day&bounds=on");
    assertThat(form)
        .contains("<option value=\"-day\" selected>")
        .contains("name=\"bounds\" value=\"on\" checked");
  }

  /**
   * In the last hour lunch was certainly up: both polls around say so. In the last day, it was down
   * at one of four polls, an hour apart.
   */
  @Test
  void showTheBoundsOfEachFigureWhenAskedFor() throws Exception {
    assertThat(table(page("/fleet?search=lunch"))).doesNotContain(" to ");
    String table = table(page("/fleet?search=lunch&bounds=on"));
    assertThat(table)
        .contains("<td class=\"n wide\">100.00 %<br><small>100.00 to 100.00 %</small></td>");
    assertThat(table.split("<small>[0-9.]+ to [0-9.]+ %</small>", -1)).hasSize(4);
  }

  /** The script gives to the form what the header leads to; without scripts, the link does. */
  @Test
  void sortByTheHeaderOnceMoreTheOtherWayRound() throws Exception {
    assertThat(open("/fleet?sort=hour", "HX-Target", "stores").body())
        .contains("href=\"/fleet?sort=-hour\" data-sort=\"-hour\"")
        .contains("href=\"/fleet?sort=day\" data-sort=\"day\"")
        // A choice that somebody is about to make is not taken from them by a poll that comes.
        .doesNotContain("<select");
    assertThat(open("/assets/fleet.js").statusCode()).isEqualTo(200);
  }

  private static String table(String page) {
    return page.substring(page.indexOf("<div id=\"stores\""));
  }

  /** Returns the ids of the stores of the table, in order. */
  private static List<String> stores(String page) {
    return Pattern.compile("<th scope=\"row\"><a href=\"/stores/([^\"]*)\"")
        .matcher(table(page))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void sayWhyAStoreWasDownAtLunch() throws Exception {
    String store = page("/stores/lunch?date=2026-01-14");

    assertThat(store).contains("Lunch &amp; Co").contains("America/Chicago, now UTC-06:00");
    assertThat(store).contains("Wednesday 14 January 2026").contains("Wed 09:00–21:00");
    assertThat(store)
        .contains(
            "<td>11:40:00 -06:00</td> <td>12:40:00 -06:00</td> <td class=\"n\">1 h 00 min</td>")
        .contains(
            "By the rule nearest: open time has the status of the in-hours poll nearest to it")
        .contains("poll of 12:10:00.000000 said inactive");
    assertThat(store)
        .contains("between Wed 14 Jan 2026 11:10 -06:00 and Wed 14 Jan 2026 12:10 -06:00");
    // Up from 10:40 of the first poll's half hour on, which is all that is known.
    assertThat(store).contains("aria-label=\"Wednesday 14 January 2026: ");
  }

  @Test
  void showTheDaysInBusinessHoursAndPlannedClosures() throws Exception {
    assertThat(page("/stores/works?date=2026-01-14")).contains("planned closure: new floor");
    assertThat(page("/stores/quiet")).contains("unknown 5 h 10 min");
    assertThat(page("/outages?state=ended")).contains("/stores/lunch").contains("it was up again");
  }

  /**
   * Lunch was polled at 11:10, 12:10, 13:10 and 14:10: the nearest poll says down from 11:40 to
   * 12:40, the last one before from 12:10 to 13:10.
   */
  @Test
  void tellWhyOtherMonitorsHaveOtherNumbers() throws Exception {
    String page = page("/stores/lunch/other-numbers");

    assertThat(numbers(page, "Storewatch: the nearest poll")).contains("1 h 00 min");
    assertThat(numbers(page, "The last poll before")).contains("66.66 %").contains("2 h 00 min");
    assertThat(numbers(page, "The share of polls, in business hours")).contains("75.00 %");
    assertThat(numbers(page, "The share of polls, at all hours"))
        .contains("75.00 %")
        .contains("3 polls")
        .contains("1 poll");
    assertThat(numbers(page, "The time between polls, at all hours"))
        .contains("66.67 %")
        .contains("2 h 00 min")
        .contains("1 h 00 min");
    assertThat(page).contains("Nagios").contains("Prometheus");
    assertThat(page("/stores/lunch")).contains("/stores/lunch/other-numbers");
    assertThat(open("/stores/nobody/other-numbers").statusCode()).isEqualTo(404);
  }

  private static String numbers(String page, String way) {
    String row = page.substring(page.indexOf("<th scope=\"row\">" + way));
    return row.substring(0, row.indexOf("</tr>"));
  }

  @Test
  void sayWhatWouldBeRightWhenAPageCannotBeShown() throws Exception {
    for (String wrong :
        List.of(
            "/stores/lunch?date=2099-01-01", "/stores/lunch?date=yesterday", "/fleet?state=off")) {
      HttpResponse<String> answer = open(wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).contains("This page cannot be shown").contains("use ");
    }
    HttpResponse<String> unknown = open("/stores/nobody");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(unknown.body()).contains("there is no store with the id nobody");
  }

  @Test
  void doNotBelieveNames() throws Exception {
    for (String path : List.of("/fleet", "/stores/down", "/outages", "/incidents")) {
      assertThat(page(path)).doesNotContain("<script>alert");
    }
    assertThat(page("/fleet")).contains("\"/stores/a%2F%3Cb%3E%26\"");
    assertThat(page("/stores/a%2F%3Cb%3E%26")).contains("<h1>a/&lt;b&gt;&amp; ");
    assertThat(page("/fleet?search=%22%3E%3Ci%20x%3E")).doesNotContain("<i x");
  }

  @Test
  void askNobodyButTheServer() throws Exception {
    for (String path :
        List.of(
            "/fleet", "/stores/lunch", "/stores/lunch/other-numbers", "/outages", "/incidents")) {
      String page = page(path);
      assertThat(ADDRESS.matcher(page).results().map(found -> found.group(1)))
          .isNotEmpty()
          .allMatch(address -> address.startsWith("/") || address.startsWith("#"));
      assertThat(page).doesNotContain("style=").doesNotContain(" onclick");
      for (MatchResult found : ADDRESS.matcher(page).results().toList()) {
        String address = found.group(1).replace("&amp;", "&");
        if (address.startsWith("/assets") || address.startsWith("/webjars")) {
          assertThat(open(address).statusCode()).as(address).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void areOneTreeOfHeadingsWithNames() throws Exception {
    for (String path :
        List.of(
            "/fleet", "/stores/lunch", "/stores/lunch/other-numbers", "/outages", "/incidents")) {
      String page = page(path);
      assertThat(Pattern.compile("<h1>").matcher(page).results()).as(path).hasSize(1);
      assertThat(page).contains("<html lang=\"en\">").contains("<main id=\"content\">");
      assertThat(page).doesNotContain("<th>").doesNotContain("<img");
      // Every field has a label around it or a name of its own.
      assertThat(page.replaceAll("<label[^>]*>[^<]*<(?:select|input)", ""))
          .doesNotContainPattern("<(?:select|input)(?! type=\"hidden\")(?![^>]*aria-label)");
    }
  }

  @Test
  void tellOpenPagesOfNewPollsAndOfThoseThatTheyHaveMissed() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String known = eventsOf(page("/fleet"));
      try (InputStream body = events(client, known)) {
        assertThat(nextLine(body)).isEqualTo(":");
        push("2026-01-10T20:30:00Z");
        assertThat(nextEvent(body)).isEqualTo("event:news");
      }
      try (InputStream body = events(client, known)) {
        assertThat(nextLine(body)).as("as it was before").isEqualTo("event:news");
      }
      // Figures that are computed after it are news as well.
      Eventually.until(
          "a page as it is now hears no news",
          () -> {
            try (InputStream body = events(client, eventsOf(page("/fleet")))) {
              return nextLine(body).equals(":");
            }
          });
    }
  }

  private static String eventsOf(String page) {
    Matcher connect = Pattern.compile("sse-connect=\"([^\"]+)\"").matcher(page);
    assertThat(connect.find()).isTrue();
    return connect.group(1);
  }

  private static InputStream events(HttpClient client, String path) throws Exception {
    HttpResponse<InputStream> events =
        client.send(
            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
            BodyHandlers.ofInputStream());
    assertThat(events.statusCode()).isEqualTo(200);
    return events.body();
  }

  private static void push(String at) throws Exception {
    HttpResponse<String> push =
        server.post(
            "/api/v1/polls",
            """
            [{"store_id":"quiet","status":"active","timestamp_utc":"%s"}]
            """
                .formatted(at),
            "application/json");
    assertThat(push.statusCode()).as(push.body()).isEqualTo(200);
  }

  /** Returns the next line that begins an event: it says nothing of what was changed. */
  private static String nextEvent(InputStream body) throws IOException {
    String line = nextLine(body);
    while (!line.startsWith("event:")) {
      assertThat(line).hasSizeLessThan(8);
      line = nextLine(body);
    }
    return line;
  }

  private static String nextLine(InputStream body) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = body.read(); next != '\n'; next = body.read()) {
      assertThat(next).as("the stream goes on").isNotNegative();
      line.append((char) next);
    }
    return line.toString();
  }

  @Test
  void answerThePartThatAScriptBringsUpToDate() throws Exception {
    HttpResponse<String> part = open("/fleet?search=down", "HX-Target", "stores");
    assertThat(part.statusCode()).isEqualTo(200);
    assertThat(part.body().strip())
        .startsWith("<input type=\"hidden\" name=\"sort\" value=\"week\"")
        .contains("name=\"search\" value=\"down\"")
        .doesNotContain("<html");
    assertThat(open("/fleet", "HX-Target", "now").body().strip())
        .startsWith("<p class=\"soft\">As of")
        .doesNotContain("<html");
  }

  @Test
  void areTheFirstThatABrowserSees() throws Exception {
    HttpResponse<String> root = open("/");
    assertThat(root.statusCode()).isEqualTo(303);
    assertThat(root.headers().firstValue("Location").orElseThrow()).isEqualTo("/fleet");
  }
}
