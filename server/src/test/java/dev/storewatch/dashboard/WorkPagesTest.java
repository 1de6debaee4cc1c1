package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages on which people enter and end things, as they are without any script. */
@AnyDatabase
final class WorkPagesTest {
  private static final List<String> PAGES =
      List.of("/hours", "/quality", "/imports", "/alerts", "/alerts?kind=webhook", "/settings");

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return server.get(path, "Accept", "text/html");
  }

  private static String page(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = open(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().replaceAll("\\s+", " ");
  }

  private static HttpResponse<String> submit(String path, String form)
      throws IOException, InterruptedException {
    return server.post(path, form, "application/x-www-form-urlencoded");
  }

  /** Submits a form, and returns the page that it leads to. */
  private static String submitted(String path, String form)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = submit(path, form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return page(answer.headers().firstValue("Location").orElseThrow().replaceFirst("#.*", ""));
  }

  private static String found(String pattern, String page) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertThat(matcher.find()).as("%s in %s", pattern, page).isTrue();
    return matcher.group(1);
  }

  @Test
  void showWhatAClosureChangesBeforeItIsEntered() throws Exception {
    String form = "kind=closure&of=store&name=42&from=2031-07-04&to=2031-07-04&reason=Works+%26+so";
    String preview = page("/hours?" + form);
    assertThat(preview)
        .contains("It is of 1 store.")
        .containsPattern(
            "<th scope=\"row\">2031-07-04</th><td class=\"n\">[^<]+</td>"
                + "<td class=\"n\">0 s</td>")
        .contains("name=\"reason\" value=\"Works &amp; so\"");
    assertThat(page("/hours")).doesNotContain("Works &amp; so");

    String entered = submitted("/hours", form);
    assertThat(entered).contains("Works &amp; so").contains("2031-07-04 00:00");

    String id = found("/hours/closures/([^/]+)/delete", entered);
    assertThat(submitted("/hours/closures/" + id + "/delete", "")).doesNotContain("Works &amp; so");
    assertThat(submit("/hours/closures/" + id + "/delete", "").statusCode()).isEqualTo(404);
  }

  @Test
  void enterASpecialDayWithItsHours() throws Exception {
    String form =
        "kind=day&of=all&date=2031-11-28&hours=06:00-12:00,+13:00-23:00&label=Green+Friday";
    assertThat(page("/hours?" + form)).contains("It is of 3 stores.");

    String entered = submitted("/hours", form);

    assertThat(entered)
        .contains("all stores")
        .contains("2031-11-28: 06:00:00 to 12:00:00, 13:00:00 to 23:00:00")
        .contains("Green Friday");
    String id = found("/hours/days/([^/]+)/delete", entered);
    assertThat(submitted("/hours/days/" + id + "/delete", "")).doesNotContain("Green Friday");
  }

  @Test
  void sayWhatWouldBeRightWhenAFormIsWrong() throws Exception {
    for (String wrong :
        List.of(
            "/hours?kind=day&of=all&date=2031-11-28&hours=early",
            "/hours?kind=closure&of=store&name=42&from=later&to=2031-01-01&reason=x",
            "/hours?kind=party",
            "/alerts?kind=pigeon")) {
      HttpResponse<String> answer = open(wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).contains("This page cannot be shown");
    }
    assertThat(open("/hours?kind=day&of=store&name=nobody&date=2031-01-01").statusCode())
        .isEqualTo(404);
    HttpResponse<String> mute = submit("/alerts/mutes", "of=all&lasting=PT1H&reason=");
    assertThat(mute.statusCode()).isEqualTo(400);
    assertThat(mute.body()).contains("reason");
  }

  @Test
  void enterTestAndDeleteAChannel() throws Exception {
    assertThat(page("/alerts?kind=webhook")).contains("name=\"field.url\"");
    String entered =
        submitted(
            "/alerts/channels",
            "kind=webhook&name=till&field.url=https%3A%2F%2Fexample.com%2Fhook");
    assertThat(entered).contains("<th scope=\"row\">till</th>");
    String id = found("/alerts/channels/([^/]+)/delete", entered);

    assertThat(submitted("/alerts/channels/" + id + "/test", "")).contains("<td>till</td>");

    String route =
        submitted(
            "/alerts/routes", "channel=" + id + "&tags=west,+south&troubles=down&after=PT30M");
    assertThat(route).contains("stores with south and west").contains("after 30 min");
    String routeId = found("/alerts/routes/([^/]+)/delete", route);
    assertThat(submitted("/alerts/routes/" + routeId + "/delete", ""))
        .doesNotContain("stores with south and west");
    assertThat(submitted("/alerts/channels/" + id + "/delete", ""))
        .doesNotContain("<th scope=\"row\">till</th>");
  }

  @Test
  void keepAStoreQuietAndEndThat() throws Exception {
    String muted = submitted("/alerts/mutes", "of=store&name=42&lasting=PT4H&reason=new+router");
    assertThat(muted).contains("<th scope=\"row\">42</th> <td>new router</td>");
    String id = found("/alerts/mutes/([^/]+)/end", muted);
    assertThat(submitted("/alerts/mutes/" + id + "/end", "")).doesNotContain("new router");
  }

  @Test
  void tellWhatBecameOfAFile() throws Exception {
    HttpResponse<String> upload =
        server.post(
            "/api/v1/imports?source=night.csv",
            """
            store_id,status,timestamp_utc
            42,active,2023-01-20 10:00:00 UTC
            42,asleep,2023-01-20 11:00:00 UTC
            42,=1+1,"2023-01-20 12:00:00 UTC"
            """,
            "text/csv");
    String id = TestServer.json(upload).get("id").stringValue();
    String one =
        Eventually.until(
            "the end of the import",
            () -> page("/imports/" + id),
            page -> page.contains("complete"));

    assertThat(one)
        .contains("3: 1 new, 0 replaced, 0 known, 2 rejected")
        .contains("<code>42,asleep,2023-01-20 11:00:00 UTC</code>");
    assertThat(page("/imports")).contains("night.csv").doesNotContain("every 1s");
    HttpResponse<String> reasons = open("/imports/" + id + "/rejects.csv?reasons=true");
    assertThat(reasons.body().lines()).hasSize(3).first().isEqualTo("line,reason,row");
    assertThat(reasons.body()).contains("\"42,=1+1,\"\"2023-01-20 12:00:00 UTC\"\"\"");

    assertThat(submitted("/imports/" + id + "/undo", "")).contains("undone");
    assertThat(submit("/imports/" + id + "/undo", "").statusCode()).isEqualTo(409);
    assertThat(open("/imports/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void leadFromRejectedRowsToAFileThatIsMendedAndBroughtBack() throws Exception {
    String id =
        brought(
            """
            sep=;
            status;store_id;timestamp_utc;till
            active;42;2022-05-20 10:00:00 UTC;1
            asleep;42;2022-05-20 11:00:00 UTC;2
            active;42;2022-05-20;3
            """);
    assertThat(page("/imports/" + id)).contains("1 new").contains("below the header of their file");
    String file = open("/imports/" + id + "/rejects.csv").body();
    assertThat(file)
        .isEqualTo(
            """
            sep=;
            status;store_id;timestamp_utc;till
            asleep;42;2022-05-20 11:00:00 UTC;2
            active;42;2022-05-20;3
            """
                .replace("\n", "\r\n"));
    assertThat(server.get("/api/v1/imports/" + id + "/rejects").body())
        .contains("\"header\":\"sep=;\\r\\nstatus;store_id;timestamp_utc;till\"");

    String mended =
        brought(
            file.replace("asleep", "inactive").replace("2022-05-20;", "2022-05-20 12:00:00 UTC;"));

    assertThat(page("/imports/" + mended)).contains("2: 2 new, 0 replaced, 0 known, 0 rejected");
  }

  /** There is no header above lines of JSON: they come as they always did. */
  @Test
  void answerRejectedLinesOfJsonWithTheirReasons() throws Exception {
    String id =
        brought(
            """
            {"store_id":"42","status":"active","timestamp_utc":"2022-05-21T10:00:00Z"}
            {"store_id":"42","status":"asleep","timestamp_utc":"2022-05-21T11:00:00Z"}
            """);
    assertThat(open("/imports/" + id + "/rejects.csv").body().lines())
        .hasSize(2)
        .first()
        .isEqualTo("line,reason,row");
    assertThat(page("/imports/" + id)).contains("with their lines and the reasons");
  }

  private static String brought(String file) throws Exception {
    String id =
        TestServer.json(server.post("/api/v1/imports", file, "text/csv")).get("id").stringValue();
    String _ =
        Eventually.until(
            "the end of the import",
            () -> server.get("/api/v1/imports/" + id).body(),
            run -> run.contains("\"complete\""));
    return id;
  }

  @Test
  void showWhatIsWrongWithWhatIsKnownOfStores() throws Exception {
    assertThat(page("/quality")).contains("/stores/42").contains("no business hours are known");
  }

  @Test
  void areOneTreeOfHeadingsWithNamesAndAskNobodyButTheServer() throws Exception {
    for (String path : PAGES) {
      String page = page(path);
      assertThat(Pattern.compile("<h1>").matcher(page).results()).as(path).hasSize(1);
      assertThat(page).doesNotContain("style=").doesNotContain(" onclick").doesNotContain("<th>");
      assertThat(
              page.replaceAll("<label[^>]*>[^<]*<(?:select|input)", "")
                  .replaceAll("<label class=\"check\"><input", ""))
          .as(path)
          .doesNotContainPattern("<(?:select|input)(?! type=\"hidden\")(?![^>]*aria-label)");
    }
    assertThat(open("/assets/imports.js").statusCode()).isEqualTo(200);
  }
}
