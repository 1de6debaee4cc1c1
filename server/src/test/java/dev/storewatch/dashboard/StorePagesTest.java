package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The opening days of a store, and the form that changes what is said of it. */
@AnyDatabase
final class StorePagesTest {
  /**
   * A store of New York that is open from 09:00 to 17:00 from Monday to Saturday, at other hours
   * from 9 March 2026 on, with a special day and a closure; the clocks go forward on 8 March.
   */
  private static final String STORE =
      """
      {"store_id": "corner", "name": "Corner", "zone": "America/New_York", "tags": ["east"],
       "hours": [%s],
       "later_hours": [{"valid_from": "2026-03-09", "hours": [%s]}]}
      """
          .formatted(week("09:00", "17:00"), week("10:00", "02:00"));

  private static TestServer server;
  private static String admin;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path);
    admin = server.key("admin");
    send("/api/v1/stores", STORE);
    send("/api/v1/stores", "{\"store_id\": \"quay\", \"zone\": \"UTC\"}");
    send(
        "/api/v1/polls",
        "[{\"store_id\":\"corner\",\"status\":\"active\",\"timestamp_utc\":\"2026-03-10T17:00:00Z\"}]");
    send(
        "/api/v1/special-days",
        "{\"store\": \"corner\", \"date\": \"2026-03-17\", \"label\": \"St. <Patrick>\", \"hours\":"
            + " []}");
    send(
        "/api/v1/closures",
        "{\"store\": \"corner\", \"from\": \"2026-03-20\", \"to\": \"2026-03-20\", \"reason\":"
            + " \"new floor\"}");
    var _ =
        Eventually.until(
            "the poll", () -> page(admin, "/stores/corner"), page -> page.contains("10 Mar 2026"));
  }

  private static String week(String opens, String closes) {
    return IntStream.range(0, 6)
        .mapToObj(
            day ->
                "{\"day\": %d, \"opens\": \"%s\", \"closes\": \"%s\"}"
                    .formatted(day, opens, closes))
        .collect(Collectors.joining(", "));
  }

  private static void send(String path, String body) throws Exception {
    HttpResponse<String> answer =
        server.send("POST", path, body, "X-API-Key", admin, "Content-Type", "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String page(String key, String path) throws Exception {
    HttpResponse<String> answer = server.get(path, "X-API-Key", key, "Accept", "text/html");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().replaceAll("\\s+", " ");
  }

  /** Returns the cell of a date, with the text alone. */
  private static String day(String page, String date) {
    return Arrays.stream(page.substring(page.indexOf("<table class=\"month\"")).split("<td", -1))
        .map(cell -> cell.replaceFirst("^[^>]*>", "").replaceAll("<[^>]*>", " "))
        .map(cell -> cell.replaceAll(" +", " ").strip())
        .filter(cell -> cell.startsWith(date))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void showTheOpeningDaysOfAMonth() throws Exception {
    String march = page(admin, "/stores/corner");

    assertThat(march).contains("Opening days, March 2026");
    assertThat(day(march, "Sun 1 Mar")).isEqualTo("Sun 1 Mar closed");
    assertThat(day(march, "Mon 2 Mar")).isEqualTo("Mon 2 Mar 09:00–17:00");
    assertThat(day(march, "Sun 8 Mar")).isEqualTo("Sun 8 Mar closed the clocks go forward 1 h");
    assertThat(day(march, "Mon 9 Mar"))
        .isEqualTo("Mon 9 Mar 10:00–24:00 new weekly hours from here on");
    assertThat(day(march, "Tue 10 Mar")).isEqualTo("Tue 10 Mar 00:00–02:00 10:00–24:00");
    assertThat(day(march, "Tue 17 Mar"))
        .isEqualTo("Tue 17 Mar 00:00–02:00 special day: St. &lt;Patrick&gt;");
    assertThat(day(march, "Fri 20 Mar")).isEqualTo("Fri 20 Mar closed planned closure: new floor");
    assertThat(march)
        .contains(
            "href=\"/stores/corner?date=2026-03-10&amp;month=2026-03#day\" aria-current=\"date\"")
        .doesNotContain("date=2026-03-11&amp;month");
    // 1 March is a Sunday, so six days of that week are of February.
    assertThat(Pattern.compile("<td class=\"none\">").matcher(march).results()).hasSize(6 + 5);
  }

  @Test
  void leadToTheMonthBeforeAndAfter() throws Exception {
    String october = page(admin, "/stores/corner?month=2026-10&date=2026-03-09");
    assertThat(october)
        .contains("Opening days, October 2026")
        .contains("href=\"/stores/corner?month=2026-09&amp;date=2026-03-09#calendar\"")
        .contains("href=\"/stores/corner?month=2026-11&amp;date=2026-03-09#calendar\"")
        .contains("<h2>Monday 9 March 2026</h2>");
    assertThat(day(page(admin, "/stores/corner?month=2026-11"), "Sun 1 Nov"))
        .isEqualTo("Sun 1 Nov 00:00–02:00 the clocks go back 1 h");
    HttpResponse<String> wrong =
        server.get("/stores/corner?month=soon", "X-API-Key", admin, "Accept", "text/html");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("month is 'soon': use a year and a month");
  }

  @Test
  void offerToEachRoleWhatItMayDo() throws Exception {
    String viewer = page(server.key("viewer"), "/stores/corner");
    String operator = page(server.key("operator"), "/stores/corner");
    String theirs = page(admin, "/stores/corner");
    assertThat(viewer).doesNotContain("Enter a special day").doesNotContain("action=\"/stores/");
    assertThat(operator)
        .contains("Enter a special day of this store", "Enter a planned closure of this store")
        .doesNotContain("action=\"/stores/");
    assertThat(theirs).contains("action=\"/stores/corner#store\"", "Enter a special day");
    HttpResponse<String> refused = submit(server.key("operator"), "quay", Map.of("name", "Quay"));
    assertThat(refused.statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> submit(String key, String store, Map<String, String> changed)
      throws Exception {
    String form =
        changed.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return server.send(
        "POST",
        "/stores/" + store,
        form,
        "X-API-Key",
        key,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Accept",
        "text/html");
  }

  @Test
  void changeWhatIsSaidOfAStore() throws Exception {
    send("/api/v1/stores", STORE.replace("corner", "changed"));
    HttpResponse<String> answer =
        submit(
            admin,
            "changed",
            Map.of("name", "The <Corner>", "zone", "europe/berlin", "tags", "west, drive-in"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/stores/changed#store");
    String store = server.get("/api/v1/stores/changed", "X-API-Key", admin).body();
    assertThat(store)
        .contains("\"name\":\"The <Corner>\"", "\"zone\":\"Europe/Berlin\"")
        .contains("\"tags\":[\"drive-in\",\"west\"]")
        .as("the hours of a date stay, as nobody changed the others")
        .contains("\"valid_from\":\"2026-03-09\"");

    assertThat(
            submit(admin, "changed", Map.of("monday", "08:00-12:00, 13:00–18:30", "sunday", ""))
                .statusCode())
        .isEqualTo(303);

    store = server.get("/api/v1/stores/changed", "X-API-Key", admin).body();
    assertThat(store)
        .contains("{\"day\":0,\"opens\":\"08:00:00\",\"closes\":\"12:00:00\"}")
        .contains("{\"day\":0,\"opens\":\"13:00:00\",\"closes\":\"18:30:00\"}")
        .contains("{\"day\":1,\"opens\":\"09:00:00\",\"closes\":\"17:00:00\"}")
        .doesNotContain("2026-03-09");
  }

  @Test
  void tellStoresThatAreNeverOpenFromThoseOfUnknownHours() throws Exception {
    send(
        "/api/v1/stores", STORE.replace("corner", "odd").replaceFirst(",\\s*\"later.*(?s).*", "}"));
    Map<String, String> none = new HashMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      none.put(StoreForm.field(day), "");
    }
    assertThat(submit(admin, "odd", none).statusCode()).isEqualTo(303);
    assertThat(server.get("/api/v1/stores/odd", "X-API-Key", admin).body())
        .contains("\"hours\":[]", "\"hours_assumed\":false");
    assertThat(submit(admin, "odd", Map.of("open", "always")).statusCode()).isEqualTo(303);
    assertThat(server.get("/api/v1/stores/odd", "X-API-Key", admin).body())
        .contains("\"hours\":[]", "\"hours_assumed\":true");
  }

  @Test
  void sayBesideTheFieldWhatIsWrong() throws Exception {
    HttpResponse<String> answer =
        submit(
            admin,
            "quay",
            Map.of(
                "name", "x".repeat(201),
                "zone", "Europe/Berln",
                "tags", "#1",
                "open", "weekly",
                "tuesday", "9 to 5"));
    assertThat(answer.statusCode()).isEqualTo(400);
    String page = answer.body().replaceAll("\\s+", " ");
    assertThat(page)
        .contains("Nothing was changed")
        .contains("value=\"9 to 5\"", "value=\"Europe/Berln\"")
        .contains("aria-invalid=\"true\" aria-describedby=\"wrong-zone\"")
        .containsPattern("id=\"wrong-name\">the name of a store has 1 to 200 characters")
        .containsPattern("id=\"wrong-zone\">[^<]*Europe/Berlin")
        .containsPattern("id=\"wrong-tags\">[^<]*is not a tag")
        .containsPattern("id=\"wrong-tuesday\">[^<]*write for example 09:00-17:00")
        .doesNotContain("id=\"wrong-monday\"");
    assertThat(server.get("/api/v1/stores/quay", "X-API-Key", admin).body())
        .contains("\"name\":null", "\"zone\":\"UTC\"");
    assertThat(submit(admin, "nobody", Map.of("name", "x")).statusCode()).isEqualTo(404);
  }

  /** A form that was filled before others changed the store takes nothing of that back. */
  @Test
  void keepWhatOthersChangedMeanwhile() throws Exception {
    send("/api/v1/stores", STORE.replace("corner", "shared"));
    assertThat(
            submit(
                    admin,
                    "shared",
                    Map.of("name", "Old name", "was.name", "Old name", "zone", "UTC"))
                .statusCode())
        .isEqualTo(303);
    assertThat(server.get("/api/v1/stores/shared", "X-API-Key", admin).body())
        .contains("\"name\":\"Corner\"", "\"zone\":\"UTC\"");
  }
}
