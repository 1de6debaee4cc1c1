package dev.storewatch.store;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The registry over HTTP; store 42 is down at the newest poll, and the one of quotes up. */
@AnyDatabase
final class StoreApiTest {
  private static final String STORES = "/api/v1/stores";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void beginAnew() {
    server.beginAnew();
  }

  private static HttpResponse<String> put(String id, String body) throws Exception {
    return put(server, id, body);
  }

  private static HttpResponse<String> put(TestServer at, String id, String body) throws Exception {
    return at.send("PUT", one(id), body, "Content-Type", "application/json");
  }

  private static HttpResponse<String> add(String body) throws Exception {
    return server.post(STORES, body, "application/json");
  }

  private static String one(String id) {
    return STORES + "/" + encoded(id);
  }

  private static String encoded(String text) {
    return text.matches("[.]*")
        ? text.replace(".", "%2E")
        : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<String> ids(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    json(page).get("stores").forEach(store -> ids.add(store.get("store_id").stringValue()));
    return ids;
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String... parts) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).get("detail").stringValue()).contains(parts);
  }

  @Test
  void listsTheStoresInTheOrderOfTheirIds() throws Exception {
    HttpResponse<String> page = server.get(STORES);

    assertThat(ids(page)).containsExactly("42", "a,\"b\"", "never polled");
    assertThat(json(page).get("after").isNull()).isTrue();
    assertThat(json(page).at("/stores/0").toString())
        .isEqualTo(
            """
            {"store_id":"42","name":null,"zone":null,"zone_assumed":true,"zone_flagged_since":null,\
            "hours":[],"hours_assumed":true,"hours_flagged_since":null,\
            "later_hours":[],"tags":[],"first_poll":"2023-01-25T11:00:00Z","as_of":"2023-01-25T12:00:00Z","state":"down",\
            "last_poll":"2023-01-25T12:00:00Z","closure":null,"closed_until":null}\
            """);
    assertThat(json(page).at("/stores/2/first_poll").isNull()).isTrue();
    assertThat(json(page).at("/stores/2/last_poll").isNull()).isTrue();
  }

  @Test
  void listsThemByPages() throws Exception {
    for (String id : List.of("Ä", "\uFFFD", "😀")) {
      assertThat(put(id, "{}").statusCode()).isEqualTo(201);
    }
    List<String> all = new ArrayList<>();
    String after = "";
    do {
      HttpResponse<String> page = server.get(STORES + "?limit=2&after=" + encoded(after));
      all.addAll(ids(page));
      assertThat(ids(page)).hasSize(2);
      JsonNode next = json(page).get("after");
      after = next.isNull() ? null : next.stringValue();
    } while (after != null);

    assertThat(all).containsExactly("42", "a,\"b\"", "never polled", "Ä", "\uFFFD", "😀");
    assertThat(ids(server.get(STORES + "?after=b"))).first().isEqualTo("never polled");
    assertThat(ids(server.get(STORES + "?after=%F0%9F%98%80"))).isEmpty();
  }

  @Test
  void findsStoresByPartOfTheirIdOrName() throws Exception {
    assertThat(put("s1", "{\"name\":\"Harbour CAFÉ\"}").statusCode()).isEqualTo(201);

    assertThat(ids(server.get(STORES + "?search=café"))).containsExactly("s1");
    assertThat(ids(server.get(STORES + "?search=" + encoded("R  POLL")))).isEmpty();
    assertThat(ids(server.get(STORES + "?search=" + encoded("ER POLL"))))
        .containsExactly("never polled");
    assertThat(ids(server.get(STORES + "?search="))).hasSize(4);
    assertThat(ids(server.get(STORES + "?search=nowhere"))).isEmpty();
  }

  @Test
  void findsStoresThatHaveAllOfSomeTags() throws Exception {
    assertThat(put("s1", "{\"tags\":[\"west\",\"big\"]}").statusCode()).isEqualTo(201);
    assertThat(put("s2", "{\"tags\":[\"west\"]}").statusCode()).isEqualTo(201);

    assertThat(ids(server.get(STORES + "?tag=west"))).containsExactly("s1", "s2");
    assertThat(ids(server.get(STORES + "?tag=west&tag=big"))).containsExactly("s1");
    assertThat(ids(server.get(STORES + "?tag=west&search=2"))).containsExactly("s2");
    assertThat(ids(server.get(STORES + "?tag=east"))).isEmpty();
  }

  @Test
  void findsStoresByTheirState() throws Exception {
    assertThat(
            put(
                    "closed",
                    """
                    {"zone":"UTC","hours":[{"day":2,"opens":"09:00","closes":"12:00"}]}
                    """)
                .statusCode())
        .isEqualTo(201);

    assertThat(ids(server.get(STORES + "?state=down"))).containsExactly("42");
    assertThat(ids(server.get(STORES + "?state=UP"))).containsExactly("a,\"b\"");
    assertThat(ids(server.get(STORES + "?state=unknown"))).containsExactly("never polled");
    assertThat(ids(server.get(STORES + "?state=closed"))).containsExactly("closed");
    String before = "&as_of=2023-01-25T11:30:00Z";
    assertThat(ids(server.get(STORES + "?state=up" + before))).containsExactly("42");
    assertThat(ids(server.get(STORES + "?state=unknown" + before)))
        .containsExactly("a,\"b\"", "closed", "never polled");
    assertThat(ids(server.get(STORES + "?state=unknown&limit=1" + before)))
        .containsExactly("a,\"b\"");
    assertThat(ids(server.get(STORES + "?state=unknown&as_of=now"))).contains("42");
  }

  @Test
  void showsOneStore() throws Exception {
    HttpResponse<String> store = server.get(one("a,\"b\""));

    assertThat(store.statusCode()).isEqualTo(200);
    assertThat(json(store)).isEqualTo(json(server.get(STORES)).at("/stores/1"));
    assertThat(
            json(server.get(one("42") + "?as_of=2023-01-25T11:59:59.999999Z"))
                .get("state")
                .stringValue())
        .isEqualTo("up");
    assertProblem(server.get(one("43")), 404, "there is no store with the id 43");
    assertProblem(server.get(one("42") + "?as_of=never"), 400, "2023-01-25T18:13:22Z");
  }

  @Test
  void addsAStore() throws Exception {
    HttpResponse<String> added =
        add(
            """
            {"store_id": "new", "name": "Main Street", "zone": "Asia/Beirut", "tags": ["west", "a", "west"],
             "hours": [{"day": 6, "opens": "22:00", "closes": "02:30:59"},
                       {"day": 0, "opens": "00:00:00", "closes": "24:00"},
                       {"day": 0, "opens": "00:00", "closes": "24:00:00"}]}
            """);

    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).contains(STORES + "/new");
    assertThat(json(added).toString())
        .isEqualTo(
            """
            {"store_id":"new","name":"Main Street","zone":"Asia/Beirut","zone_assumed":false,\
            "zone_flagged_since":null,"hours":[{"day":0,"opens":"00:00:00","closes":"24:00:00"},\
            {"day":6,"opens":"22:00:00","closes":"02:30:59"}],"hours_assumed":false,"hours_flagged_since":null,\
            "later_hours":[],"tags":["a","west"],"first_poll":null,"as_of":"2023-01-25T12:00:00Z","state":"closed",\
            "last_poll":null,"closure":null,"closed_until":null}\
            """);
    assertThat(server.get(one("new")).body()).isEqualTo(added.body());
    assertProblem(add("{\"store_id\":\"new\"}"), 409, "id new already", "PUT");
    assertThat(json(server.get(one("new"))).get("name").stringValue()).isEqualTo("Main Street");
  }

  @Test
  void dropsTheBlanksAroundAnIdAndRefusesOneThatWasCut() throws Exception {
    HttpResponse<String> added = add("{\"store_id\":\"\\u00a0b1 \\ufeff\"}");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).hasValue("/api/v1/stores/b1");
    assertThat(json(added).path("store_id").stringValue()).isEqualTo("b1");
    assertThat(put(" b1", "{}").statusCode()).isEqualTo(200);
    HttpResponse<String> put = put("\u00A0b2", "{}");
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(put.headers().firstValue("Location")).hasValue("/api/v1/stores/b2");
    assertThat(json(put).path("store_id").stringValue()).isEqualTo("b2");

    assertThat(add("{\"store_id\":\"9.07E+18\"}").statusCode()).isEqualTo(400);
    assertThat(put("9.07E+18", "{}").body()).contains("cut to 15 digits");
  }

  @Test
  void tellsAStoreThatIsNeverOpenFromOneOfUnknownHours() throws Exception {
    assertThat(put("x", "{\"hours\":[],\"hours_assumed\":false}").statusCode()).isEqualTo(201);
    JsonNode closed = json(server.get(one("x")));
    assertThat(closed.get("hours")).isEmpty();
    assertThat(closed.get("hours_assumed").booleanValue()).isFalse();
    assertThat(closed.get("state").stringValue()).isEqualTo("closed");

    for (String body : new String[] {"{}", "{\"hours_assumed\":true}"}) {
      assertThat(json(put("x", body)).get("hours_assumed").booleanValue()).as(body).isFalse();
    }
    for (String body :
        new String[] {"{\"hours\":[]}", "{\"hours\":null,\"hours_assumed\":false}"}) {
      assertThat(json(put("x", body)).get("hours_assumed").booleanValue()).as(body).isTrue();
      assertThat(put("x", "{\"hours\":[],\"hours_assumed\":false}").statusCode()).isEqualTo(200);
    }
  }

  private static final String WHOLE =
      """
      {"name":"A","zone":"UTC","tags":["t"],"hours":[{"day":1,"opens":"09:00","closes":"17:00"}]}
      """;

  private static HttpResponse<String> patch(String id, String body) throws Exception {
    return server.send("PATCH", one(id), body, "Content-Type", "application/merge-patch+json");
  }

  @Test
  void keepsWhatIsLeftOutOfAPut() throws Exception {
    HttpResponse<String> added = put("x", WHOLE);
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).contains(one("x"));

    HttpResponse<String> changed = put("x", "{\"tags\":[\"u\"]}");
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("Location")).isEmpty();
    assertThat(changed.body()).isEqualTo(added.body().replace("[\"t\"]", "[\"u\"]"));
    assertThat(put("x", "{}").body()).isEqualTo(changed.body());

    assertThat(put("42", "{\"name\":\"Old\"}").statusCode()).isEqualTo(200);
    assertThat(json(server.get(one("42"))).get("first_poll").stringValue())
        .isEqualTo("2023-01-25T11:00:00Z");
  }

  @Test
  void takesAwayWhatIsSaidAsNull() throws Exception {
    for (String method : List.of("PUT", "PATCH")) {
      assertThat(put("x", WHOLE).statusCode()).isIn(200, 201);
      JsonNode withoutHours =
          json(
              server.send(
                  method, one("x"), "{\"hours\":null}", "Content-Type", "application/json"));
      assertThat(withoutHours.get("hours")).isEmpty();
      assertThat(withoutHours.get("hours_assumed").booleanValue()).isTrue();
      assertThat(withoutHours.get("zone").stringValue()).isEqualTo("UTC");

      JsonNode bare =
          json(
              server.send(
                  method,
                  one("x"),
                  "{\"name\":null,\"zone\":null,\"tags\":null}",
                  "Content-Type",
                  "application/json"));
      assertThat(bare.get("name").isNull()).isTrue();
      assertThat(bare.get("zone").isNull()).isTrue();
      assertThat(bare.get("tags")).isEmpty();
    }
  }

  @Test
  void changesOnlyWhatAPatchNames() throws Exception {
    HttpResponse<String> added = put("x", WHOLE);

    HttpResponse<String> named = patch("x", "{\"name\":\"B\"}");
    assertThat(named.statusCode()).as(named.body()).isEqualTo(200);
    assertThat(named.body()).isEqualTo(added.body().replace("\"A\"", "\"B\""));
    assertThat(json(patch("x", "{\"zone\":\"Asia/Tokyo\"}")).get("hours"))
        .isEqualTo(json(added).get("hours"));
    assertThat(json(patch("x", "{\"hours\":[]}")).get("zone").stringValue())
        .isEqualTo("Asia/Tokyo");

    assertProblem(patch("none", "{}"), 404, "there is no store with the id none");
    assertProblem(patch("x", "{\"nam\":\"B\"}"), 400, "there is no field 'nam'");
    assertProblem(patch("x", "[]"), 400, "not a JSON object");
    assertProblem(
        server.send("PATCH", one("x"), "{}", "Content-Type", "text/plain"),
        415,
        "application/json");
  }

  @Test
  void takesBackWhatItShows() throws Exception {
    assertThat(put("x", WHOLE).statusCode()).isEqualTo(201);
    assertThat(put("y", "{\"hours\":[],\"hours_assumed\":false}").statusCode()).isEqualTo(201);
    for (String id : List.of("x", "y", "42", "never polled")) {
      String shown = server.get(one(id)).body();
      HttpResponse<String> back = put(id, shown);
      assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
      assertThat(back.body()).isEqualTo(shown);
      assertThat(patch(id, shown).body()).isEqualTo(shown);
    }
    assertProblem(
        put("y", server.get(one("x")).body()), 400, "store_id is \"x\"", "names the store y");

    String moved = server.get(one("x")).body().replace("\"x\"", "\"copy of x\"");
    HttpResponse<String> copy = add(moved);
    assertThat(copy.statusCode()).as(copy.body()).isEqualTo(201);
    assertThat(copy.body()).isEqualTo(moved);
  }

  @Test
  void keepsAFlagThatComesBackWithWhatItStandsBeside() throws Exception {
    importText("store_id,day,start_time_local,end_time_local\n42,3,09:00,10:00\n42,4,nine,ten\n");
    HttpResponse<String> flagged = server.get(one("42"));
    assertThat(json(flagged).get("hours_flagged_since").isNull()).isFalse();

    assertThat(put("42", flagged.body()).body()).isEqualTo(flagged.body());
    assertThat(json(put("42", "{\"name\":\"n\"}")).get("hours_flagged_since").isNull()).isFalse();

    String mended = flagged.body().replace("\"10:00:00\"", "\"11:00:00\"");
    assertThat(json(put("42", mended)).get("hours_flagged_since").isNull()).isTrue();
    assertThat(json(server.get(one("42"))).at("/hours/0/closes").stringValue())
        .isEqualTo("11:00:00");
  }

  @Test
  void deletesAStoreWithAllThatBelongsToIt() throws Exception {
    String report = json(server.post("/trigger_report")).get("report_id").stringValue();
    assertThat(server.awaitEnd(report).get("state").stringValue()).isEqualTo("complete");

    HttpResponse<String> deleted = server.send("DELETE", one("42"), "");

    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertProblem(server.get(one("42")), 404, "there is no store with the id 42");
    assertProblem(server.send("DELETE", one("42"), ""), 404, "there is no store with the id 42");
    assertProblem(server.get(one("42") + "/timeline"), 404, "there is no store with the id 42");
    assertProblem(server.get(one("42") + "/uptime"), 404, "there is no store with the id 42");
    assertThat(ids(server.get(STORES))).containsExactly("a,\"b\"", "never polled");
    assertThat(server.get("/download_report/" + report).body()).isEqualTo(TestServer.CSV);
  }

  @Test
  void bringsADeletedStoreBackWithoutItsPast() throws Exception {
    assertThat(put("42", "{\"name\":\"Old\",\"tags\":[\"t\"],\"zone\":\"UTC\"}").statusCode())
        .isEqualTo(200);
    assertThat(server.send("DELETE", one("42"), "").statusCode()).isEqualTo(204);

    assertThat(add("{\"store_id\":\"42\"}").statusCode()).isEqualTo(201);

    JsonNode store = json(server.get(one("42")));
    assertThat(store.get("name").isNull()).isTrue();
    assertThat(store.get("tags")).isEmpty();
    assertThat(store.get("first_poll").isNull()).isTrue();
    assertThat(store.get("state").stringValue()).isEqualTo("unknown");
    assertThat(json(server.get(one("42") + "/timeline")).get("polls")).isEmpty();
  }

  @Test
  void bringsADeletedStoreBackWhenAFileNamesIt() throws Exception {
    assertThat(server.send("DELETE", one("42"), "").statusCode()).isEqualTo(204);

    importText("store_id,status,timestamp_utc\n42,active,2023-01-25 11:45:00 UTC\n");

    JsonNode store = json(server.get(one("42")));
    assertThat(store.get("first_poll").stringValue()).isEqualTo("2023-01-25T11:45:00Z");
    assertThat(store.get("state").stringValue()).isEqualTo("up");
    JsonNode polls = json(server.get(one("42") + "/timeline")).get("polls");
    assertThat(polls.toString())
        .isEqualTo("[{\"at\":\"2023-01-25T11:45:00Z\",\"status\":\"active\",\"in_hours\":true}]");
  }

  private void importText(String file) throws Exception {
    String location =
        server
            .post("/api/v1/imports", file, "text/csv")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    JsonNode ended =
        Eventually.until(
            "the end of the import",
            () -> json(server.get(location)),
            run -> !run.get("ended_at").isNull());
    assertThat(ended.get("state").stringValue()).isEqualTo("complete");
  }

  @Test
  void followsAnImportAtOnce() throws Exception {
    assertThat(json(server.get(one("42"))).get("state").stringValue()).isEqualTo("down");

    importText("store_id,status,timestamp_utc\n42,active,2023-01-25 12:00:00 UTC\n");
    assertThat(json(server.get(one("42"))).get("state").stringValue()).isEqualTo("up");

    importText("store_id,day,start_time_local,end_time_local\n42,3,09:00:00,10:00:00\n");
    assertThat(json(server.get(one("42"))).get("state").stringValue()).isEqualTo("closed");
    assertThat(ids(server.get(STORES + "?state=closed"))).containsExactly("42");
  }

  @Test
  void answersOnlyWhatIsPossible() throws Exception {
    assertProblem(server.send("DELETE", STORES, ""), 405, "use GET, POST");
    assertProblem(server.send("POST", one("42"), "{}"), 405, "use DELETE, GET, PATCH, PUT");
  }

  @Test
  void showsNobodyTheStoresOfOthers(@TempDir Path path) throws Exception {
    try (TestServer guarded = TestServer.start(path)) {
      assertThat(put(guarded, "w1", "{\"tags\":[\"west\"]}").statusCode()).isEqualTo(201);
      assertThat(put(guarded, "e1", "{\"tags\":[\"east\"],\"name\":\"Secret\"}").statusCode())
          .isEqualTo(201);
      String key = guarded.key("viewer", "west");

      assertThat(ids(as(guarded, key, STORES))).containsExactly("w1");
      assertThat(ids(as(guarded, key, STORES + "?search=secret"))).isEmpty();
      assertThat(ids(as(guarded, key, STORES + "?tag=east"))).isEmpty();
      assertThat(ids(as(guarded, key, STORES + "?state=down"))).isEmpty();
      assertThat(ids(as(guarded, key, STORES + "?limit=1000&after=a"))).containsExactly("w1");
      assertThat(as(guarded, key, STORES + "/w1").statusCode()).isEqualTo(200);
      for (String call :
          List.of(
              "",
              "?as_of=now",
              "/timeline",
              "/timeline?rule=ratio",
              "/timeline?rule=best",
              "/uptime",
              "/uptime?windows=P1D&step=PT1H",
              "/uptime?windows=week")) {
        HttpResponse<String> others = as(guarded, key, STORES + "/e1" + call);
        HttpResponse<String> none = as(guarded, key, STORES + "/zz" + call);
        assertThat(others.statusCode()).as(others.body()).isIn(400, 404);
        assertThat(none.statusCode()).isEqualTo(others.statusCode());
        assertThat(none.body().replace("zz", "e1")).isEqualTo(others.body());
      }
    }
  }

  private static HttpResponse<String> as(TestServer guarded, String key, String call)
      throws Exception {
    return guarded.get(call, "X-API-Key", key);
  }
}
