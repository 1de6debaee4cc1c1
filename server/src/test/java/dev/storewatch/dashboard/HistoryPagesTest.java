package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History and groups on the pages for people. */
@AnyDatabase
final class HistoryPagesTest {
  private static TestServer server;

  /** Two stores in UTC, open all the time; one is down for an hour of Friday the 13th. */
  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path);
    StringBuilder polls = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int hour = 0; hour < 24 * 16; hour++) {
      for (String store : new String[] {"one", "t/<w>o"}) {
        polls.append(
            "%s,%s,2026-02-%02dT%02d:30:00Z\n"
                .formatted(
                    store,
                    store.equals("one") && hour == 12 * 24 + 10 ? "inactive" : "active",
                    1 + hour / 24,
                    hour % 24));
      }
    }
    bring("store_id,timezone_str\none,UTC\nt/<w>o,UTC\n");
    bring("store_id,name,tags\none,The One,big\n");
    bring(polls.toString());
  }

  private static void bring(String file) throws Exception {
    HttpResponse<String> answer = server.post("/api/v1/imports", file, "text/csv");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = TestServer.json(answer).get("id").stringValue();
    var _ =
        Eventually.until(
            "the end of the import",
            () -> TestServer.json(server.get("/api/v1/imports/" + id)),
            run -> run.get("state").stringValue().equals("complete"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String page(String path) throws Exception {
    HttpResponse<String> answer = server.get(path, "Accept", "text/html");
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static long count(String page, String text) {
    return Pattern.compile(text).matcher(page).results().count();
  }

  @Test
  void showsTheDaysAndMonthsOfAStoreAsBarsAndAsTables() throws Exception {
    String page = page("/stores/one");
    assertThat(page)
        .contains("The last 90 days", "The last 12 months")
        .contains(
            "aria-label=\"The last 90 days: 1 of 90 with down time; the table has the figures\"")
        .contains(
            "aria-label=\"The last 12 months: 1 of 12 with down time; the table has the figures\"");
    MatchResult day =
        Pattern.compile("<th scope=\"row\">2026-02-13</th>\\s*<td class=\"n\">([^<]*)<")
            .matcher(page)
            .results()
            .findFirst()
            .orElseThrow();
    assertThat(day.group(1)).isEqualTo("95.83 %");
    assertThat(page)
        .contains("<title>2026-02-13: 95.83 %, up 23 h 00 min, down 1 h 00 min</title>");
    assertThat(count(page, "<th scope=\"row\">2026-02-1\\d</th>")).isEqualTo(7);
    assertThat(page).contains("<th scope=\"row\">2026-02</th>", "<th scope=\"row\">2025-03</th>");
  }

  @Test
  void showsWhenInTheWeekAStoreIsDown() throws Exception {
    String page = page("/stores/one");
    // Four weeks up to the day before, of which two have polls; the hour from 10 to 11 is down.
    assertThat(page)
        .contains("<title>Fri 10:00: 50.00 %</title>")
        .contains("<title>Fri 09:00: 0.00 %</title>");
    assertThat(count(page, "class=\"heat-5\"><title>")).isEqualTo(1);
    assertThat(count(page, "class=\"heat-[0-9a-z]*\"><title>")).isEqualTo(168);
    assertThat(page).doesNotContain("style=");
  }

  @Test
  void showsGroupsBesideThePeriodBefore() throws Exception {
    String page = page("/groups");
    assertThat(page)
        .contains("<h1>Groups <small>2026-02-09 to 2026-02-15</small></h1>")
        .contains("aria-current=\"page\">Groups</a>")
        .contains("<a href=\"/groups?tag=big\">big</a>", "<a href=\"/fleet?tag=big\">1</a>")
        .contains("<a href=\"/stores/one\">one</a>")
        .doesNotContain("t/<w>o");
    // 1 of 168 hours, and of 336.
    assertThat(page).contains("99.40 %", "99.70 %", "-0.60");
  }

  @Test
  void showsTheHistoryOfAGroup() throws Exception {
    String page = page("/groups?tag=big&window=2026-W07&group_by=big");
    assertThat(page)
        .contains("The last 26 weeks", "When in the week it was down")
        .contains("<option value=\"2026-W07\" selected>2026-W07</option>")
        .contains("<th scope=\"row\">2026-W07</th>");
  }

  @Test
  void refusesAPeriodThatIsNoneOfDays() throws Exception {
    HttpResponse<String> answer = server.get("/groups?window=P7D", "Accept", "text/html");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("groups are of whole days");
  }
}
