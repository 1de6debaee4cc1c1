package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of reports, as they are without any script. */
@AnyDatabase
final class ReportsPageTest {
  /** One store that was down for two hours of a day, and one that was up. */
  private static final String POLLS =
      IntStream.range(0, 24)
          .mapToObj(
              hour ->
                  """
                  {"store_id":"down","status":"%2$s","timestamp_utc":"2026-01-14T%1$02d:30:00Z"}
                  {"store_id":"up","status":"active","timestamp_utc":"2026-01-14T%1$02d:30:00Z"}
                  """
                      .formatted(hour, hour == 12 || hour == 13 ? "inactive" : "active"))
          .collect(Collectors.joining());

  private static final Pattern AGAIN = Pattern.compile("href=\"(/reports\\?[^\"]*)\">The same");
  private static final Pattern FIELD =
      Pattern.compile("<input name=\"([a-z_]+)\"[^>]*? value=\"([^\"]*)\"");

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path, new TestFleet());
    push(POLLS);
    server.tag("down", "region:west");
    server.tag("up", "region:east");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void push(String polls) throws IOException, InterruptedException {
    HttpResponse<String> answer = server.post("/api/v1/polls", polls, "application/x-ndjson");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return server.get(path, "Accept", "text/html");
  }

  private static String page(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = open(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().replaceAll("\\s+", " ");
  }

  private static HttpResponse<String> send(String path, String form) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .header("Accept", "text/html")
              .header("Sec-Fetch-Site", "same-origin")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form))
              .build(),
          BodyHandlers.ofString());
    }
  }

  /** Asks for a report by the form, and returns the path of its page when it is complete. */
  private static String ask(String form) throws Exception {
    HttpResponse<String> answer = send("/reports", form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    String path = answer.headers().firstValue("Location").orElseThrow();
    String id = path.replaceAll("^/reports/|\\?.*$", "");
    assertThat(server.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
    return path;
  }

  private static String id(String path) {
    return path.replaceAll("^/reports/|\\?.*$", "");
  }

  @Test
  void makeTheStandardReportOfOneClick() throws Exception {
    String path = ask("windows=&as_of=&rule=nearest");
    String report = page(path);

    assertThat(report).contains("<h1>Report No. ").contains("all stores, last hour, last day");
    assertThat(report).contains("2 stores").contains("<td>last 7 days</td>");
    // Up for 22 of 24 hours is 91.66 %, and both stores together were up for 95.83 %.
    assertThat(report).contains("91.66 %").contains("95.83 %").contains("2 h 00 min");
    assertThat(report).contains(".csv?detail=standard").contains(".json?totals=true");
    assertThat(report).doesNotContain("hx-get");

    String list = page("/reports");
    assertThat(list).contains("<a href=\"" + path + "\">").contains("complete");
    assertThat(list).contains("aria-current=\"page\">Reports</a>");
  }

  @Test
  void giveTheFiles() throws Exception {
    String report = page(ask("windows=2026-01-14"));
    List<String> links =
        Pattern.compile("<li><a href=\"(/api/[^\"]*)\"")
            .matcher(report)
            .results()
            .map(found -> found.group(1).replace("&amp;", "&"))
            .toList();

    assertThat(links).hasSizeGreaterThanOrEqualTo(2);
    for (String link : links) {
      HttpResponse<String> file = open(link);
      assertThat(file.statusCode()).as(link).isEqualTo(200);
      assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
          .startsWith("attachment; filename=\"");
    }
  }

  @Test
  void sumGroups() throws Exception {
    String report = page(ask("windows=P1D&group_by=region"));

    assertThat(report).contains("region:west, 1 store").contains("region:east, 1 store");
    assertThat(report).contains("&amp;group_by=region");
    assertThat(open("/reports/" + id(ask("windows=P1D")) + "?group_by=nothing").statusCode())
        .isEqualTo(400);
  }

  @Test
  void sayWhatIsWrongBesideWhatWasEntered() throws Exception {
    for (String wrong :
        List.of("windows=soon", "stores=nobody", "as_of=never", "revision=x", "tags=%3C")) {
      HttpResponse<String> answer = send("/reports", wrong + "&carry=PT5H");
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).contains("role=\"alert\"").contains("value=\"PT5H\"");
      assertThat(answer.body()).contains("Make the report");
    }
  }

  @Test
  void linkToTheVerySameReport() throws Exception {
    String path = ask("windows=P1D,2026-01-14&stores=down%0Aup&rule=previous&carry=PT5H");
    String report = page(path);
    Matcher link = AGAIN.matcher(report);
    assertThat(link.find()).isTrue();

    push(
        """
        {"store_id":"up","status":"active","timestamp_utc":"2026-01-14T23:10:00Z"}
        """);
    assertThat(page(path)).contains("restated since").contains("polls: 1");
    String form = page(link.group(1).replace("&amp;", "&").replaceAll("#.*", ""));
    assertThat(form).contains("selected>previous poll").contains("down up</textarea>");
    StringBuilder fields = new StringBuilder("rule=previous&late=false&stores=down%0Aup");
    FIELD
        .matcher(form)
        .results()
        .forEach(
            field ->
                fields.append(
                    "&%s=%s"
                        .formatted(
                            field.group(1),
                            URLEncoder.encode(field.group(2), StandardCharsets.UTF_8))));
    String again = ask(fields.toString());

    assertThat(rows(again)).isEqualTo(rows(path));

    String compared = page("/reports/" + id(path) + "/comparison");
    assertThat(compared).contains("of 1 store differ").contains("<td>polls</td>");
    assertThat(page("/reports/" + id(path) + "/comparison?with=" + id(again)))
        .contains("No figure differs.");
    String later = ask("windows=P1D,2026-01-14&stores=down%0Aup&rule=previous&carry=PT5H");
    assertThat(page("/reports/" + id(path) + "/comparison?with=" + id(later)))
        .contains("of 1 store differ")
        .contains("<td class=\"n\">+1</td>");
    assertThat(open("/reports/" + id(path) + "/comparison?with=" + id(ask(""))).statusCode())
        .isEqualTo(400);
  }

  private static String rows(String path) throws Exception {
    return open("/api/v1/reports/" + id(path) + ".csv?detail=full").body();
  }

  @Test
  void deleteAReport() throws Exception {
    String path = ask("");

    assertThat(send(path + "/delete", "").statusCode()).isEqualTo(303);
    assertThat(open(path).statusCode()).isEqualTo(404);
    assertThat(send(path + "/delete", "").statusCode()).isEqualTo(404);
  }

  @Test
  void sayWhyAReportFailed() throws Exception {
    String id = server.addFailedReport("the <disk> is full");
    assertThat(page("/reports/" + id)).contains("the &lt;disk&gt; is full");
  }

  @Test
  void enterListSendAndDeleteSchedules() throws Exception {
    assertThat(page("/reports")).contains("href=\"/reports/schedules\"");
    assertThat(page("/reports/schedules")).contains("There is none.").contains("New schedule");
    HttpResponse<String> wrong =
        send(
            "/reports/schedules",
            "name=Monthly&what=summary&every=month&at=06:00&zone=Nowhere&folder=a");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("role=\"alert\"").contains("value=\"Monthly\"");

    HttpResponse<String> entered =
        send(
            "/reports/schedules",
            "name=<Monthly>&what=summary&every=month&day=&at=06:00&zone=Europe/Berlin&folder=a"
                .replace("<", "%3C")
                .replace(">", "%3E"));
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(303);
    String listed = page("/reports/schedules");
    assertThat(listed)
        .contains("&lt;Monthly&gt;")
        .contains("day 1 of every month at 06:00 Europe/Berlin")
        .contains("owner's summary of last-month, all stores, as PDF")
        .contains("folder a")
        .contains("none yet");
    Matcher run = Pattern.compile("action=\"(/reports/schedules/[^/]*)/run\"").matcher(listed);
    assertThat(run.find()).isTrue();
    assertThat(send(run.group(1) + "/run", "").statusCode()).isEqualTo(303);
    var _ =
        Eventually.until(
            "the failure, because no folder is set",
            () -> page("/reports/schedules"),
            all -> all.contains("no folder is set for reports"));
    assertThat(send(run.group(1) + "/delete", "").statusCode()).isEqualTo(303);
    assertThat(page("/reports/schedules")).contains("There is none.");
    assertThat(send(run.group(1) + "/delete", "").statusCode()).isEqualTo(404);
  }

  @Test
  void areOneTreeOfHeadingsWithNames() throws Exception {
    String report = ask("windows=P1D");
    for (String path : List.of("/reports", report, "/reports/" + id(report) + "/comparison")) {
      String page = page(path);
      assertThat(Pattern.compile("<h1>").matcher(page).results()).as(path).hasSize(1);
      assertThat(page).doesNotContain("<th>").doesNotContain("style=");
      assertThat(page.replaceAll("<label[^>]*>[^<]*<(?:select|input|textarea)", ""))
          .doesNotContainPattern(
              "<(?:select|input|textarea)(?! type=\"hidden\")(?![^>]*aria-label)");
    }
  }
}
