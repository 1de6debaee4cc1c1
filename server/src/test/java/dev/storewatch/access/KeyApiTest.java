package dev.storewatch.access;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keys and people over HTTP. */
@AnyDatabase
final class KeyApiTest {
  private static final String KEYS = "/api/v1/keys";
  private static final String USERS = "/api/v1/users";
  private static final String PASSWORD = "correct horse battery";

  @TempDir private static Path path;
  private static TestServer server;
  private static String admin;

  @BeforeAll
  static void start() {
    server = TestServer.start(path);
    admin = server.key("admin");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> asAdmin(String method, String call, String body)
      throws Exception {
    return server.send(method, call, body, "X-API-Key", admin, "Content-Type", "application/json");
  }

  private static HttpResponse<String> with(String key, String call) throws Exception {
    return server.get(call, "Authorization", "Bearer " + key);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("application/problem+json");
    assertThat(json(answer).get("detail").stringValue()).contains(detail);
  }

  @Test
  void showsANewKeyOnce() throws Exception {
    HttpResponse<String> made =
        asAdmin(
            "POST",
            KEYS,
            """
            {"name": "shown once", "role": "operator", "tags": ["west"], "expires_in": "P90D"}
            """);

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
    JsonNode key = json(made);
    String whole = key.get("key").stringValue();
    String id = key.get("id").stringValue();
    assertThat(made.headers().firstValue("Location")).contains(KEYS + "/" + id);
    assertThat(json(with(whole, "/api/v1/me")).toString())
        .isEqualTo("{\"name\":\"key:shown once\",\"role\":\"operator\",\"tags\":[\"west\"]}");
    assertThat(server.get("/api/v1/me", "X-API-Key", whole).statusCode()).isEqualTo(200);

    String listed = asAdmin("GET", KEYS, "").body();
    assertThat(listed).contains(id).contains("\"key\":null").doesNotContain(whole);
    assertThat(listed).doesNotContain(whole.substring(whole.lastIndexOf('_') + 1));
  }

  @DisabledIfSystemProperty(named = "test.backend", matches = "postgresql")
  @Test
  void keepsNoSecretInTheDataFolder() throws Exception {
    String whole =
        json(asAdmin("POST", KEYS, "{\"name\":\"s\",\"role\":\"viewer\"}"))
            .get("key")
            .stringValue();
    String secret = whole.substring(whole.lastIndexOf('_') + 1);
    assertThat(
            asAdmin(
                    "POST",
                    USERS,
                    "{\"name\":\"zoe\",\"password\":\"%s\",\"role\":\"viewer\"}"
                        .formatted(PASSWORD))
                .statusCode())
        .isEqualTo(201);
    server.writeAllIntoFiles();

    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains(secret)).as(file.toString()).isFalse();
        assertThat(content.contains(PASSWORD)).as(file.toString()).isFalse();
      }
    }
  }

  @Test
  void takesAKeyBackAtOnce() throws Exception {
    JsonNode key = json(asAdmin("POST", KEYS, "{\"name\":\"gone\",\"role\":\"viewer\"}"));
    String whole = key.get("key").stringValue();
    assertThat(with(whole, "/api/v1/reports").statusCode()).isEqualTo(200);

    String one = KEYS + "/" + key.get("id").stringValue();
    assertThat(asAdmin("DELETE", one, "").statusCode()).isEqualTo(204);

    HttpResponse<String> refused = with(whole, "/api/v1/reports");
    assertProblem(refused, 401, "it may be mistyped, revoked or expired");
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .get()
        .asString()
        .startsWith("Bearer");
    assertThat(refused.body()).doesNotContain(whole);
    assertProblem(asAdmin("DELETE", KEYS + "/nonsense", ""), 404, "there is no key with the id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}| the field 'name' is missing: send for example",
        "{\"name\":\"x\"}| the field 'role' is missing",
        "{\"name\":\"x\",\"role\":\"boss\"}| there is no role 'boss': use viewer, operator or"
            + " admin",
        "{\"name\":\"\",\"role\":\"viewer\"}| '' is not a name: use 1 to 100 letters",
        "{\"name\":\"x\",\"role\":\"viewer\",\"tags\":[]}| name at least one tag",
        "{\"name\":\"x\",\"role\":\"viewer\",\"tags\":[\"a b\"]}| 'a b' is not a tag",
        "{\"name\":\"x\",\"role\":\"admin\",\"tags\":[\"a\"]}| an admin changes keys and people",
        "{\"name\":\"x\",\"role\":\"viewer\",\"expires_in\":\"90 days\"}| use an ISO 8601 duration,"
            + " for example P90D",
        "{\"name\":\"x\",\"role\":\"viewer\",\"expires_in\":\"PT0S\"}| a key is good for a minute"
            + " to",
        "{\"name\":\"x\",\"role\":\"viewer\",\"secret\":\"y\"}| there is no field 'secret'",
      })
  void refusesAKeyThatMakesNoSense(String body, String detail) throws Exception {
    assertProblem(asAdmin("POST", KEYS, body), 400, detail);
  }

  @Test
  void refusesANameThatIsTaken() throws Exception {
    String body = "{\"name\":\"twice\",\"role\":\"viewer\"}";
    assertThat(asAdmin("POST", KEYS, body).statusCode()).isEqualTo(201);

    assertProblem(asAdmin("POST", KEYS, body), 409, "called twice already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "sw_0123456789AB_0123456789012345678901234567890123456789012"})
  void refusesAWrongKey(String key) throws Exception {
    assertProblem(server.get("/api/v1/me", "X-API-Key", key), 401, "the key is not valid now");
  }

  @Test
  void asksWhoIsThereWithoutAKey() throws Exception {
    assertProblem(server.get("/api/v1/me"), 401, "Send a key as");
    assertProblem(server.get("/nothing"), 401, "who asks?");
    assertProblem(server.post("/trigger_report"), 401, "who asks?");
    assertProblem(server.get("/api/v1/me?key=" + admin + "&api_key=" + admin), 401, "who asks?");
    assertThat(server.get("/actuator/health").statusCode()).isEqualTo(200);
    HttpResponse<String> page = server.get("/", "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(302);
    assertThat(page.headers().firstValue("Location")).contains("/sign-in");
  }

  @Test
  void keepsPeople() throws Exception {
    HttpResponse<String> added =
        asAdmin(
            "POST",
            USERS,
            "{\"name\":\"Ann B\",\"password\":\"%s\",\"role\":\"viewer\",\"tags\":[\"west\"]}"
                .formatted(PASSWORD));
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).contains(USERS + "/Ann%20B");
    assertThat(added.body()).contains("\"tags\":[\"west\"]").doesNotContain(PASSWORD);

    String one = USERS + "/Ann%20B";
    assertThat(json(asAdmin("PUT", one, "{\"role\":\"operator\"}")).get("role").stringValue())
        .isEqualTo("operator");
    assertThat(asAdmin("GET", USERS, "").body()).contains("\"Ann B\"").doesNotContain("bcrypt");
    assertProblem(
        asAdmin("PUT", one, "{\"role\":\"viewer\",\"password\":\"short\"}"),
        400,
        "a password has at");
    assertProblem(asAdmin("PUT", one, "{}"), 400, "say a role, tags or a password");
    assertProblem(
        asAdmin(
            "POST",
            USERS,
            "{\"name\":\"Ann B\",\"password\":\"%s\",\"role\":\"viewer\"}".formatted(PASSWORD)),
        409,
        "called Ann B already");
    assertThat(asAdmin("DELETE", one, "").statusCode()).isEqualTo(204);
    assertProblem(asAdmin("DELETE", one, ""), 404, "there is nobody called Ann B");
    assertProblem(
        asAdmin("PUT", one, "{\"role\":\"viewer\"}"), 404, "there is nobody called Ann B");
  }

  private static String grant(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode user = json(answer);
    return user.get("role").stringValue() + " " + user.get("tags");
  }

  @Test
  void keepsWhatIsNotSaidOfAPerson() throws Exception {
    HttpResponse<String> added =
        asAdmin(
            "POST",
            USERS,
            "{\"name\":\"Rob\",\"password\":\"%s\",\"role\":\"viewer\",\"tags\":[\"west\"]}"
                .formatted(PASSWORD));
    assertThat(added.statusCode()).isEqualTo(201);
    String one = USERS + "/Rob";

    assertThat(grant(asAdmin("PUT", one, "{\"password\":\"%s!\"}".formatted(PASSWORD))))
        .isEqualTo("viewer [\"west\"]");
    assertThat(grant(asAdmin("PUT", one, "{\"role\":\"operator\"}")))
        .isEqualTo("operator [\"west\"]");
    assertThat(grant(asAdmin("PUT", one, "{\"tags\":[\"east\"]}")))
        .isEqualTo("operator [\"east\"]");
    assertThat(grant(asAdmin("PUT", one, "{\"tags\":null}"))).isEqualTo("operator null");
    assertProblem(asAdmin("PUT", one, "{\"tags\":\"west\"}"), 400, "send for example [");
    assertProblem(asAdmin("PUT", one, "{\"tags\":[7]}"), 400, "neither a list of texts nor null");
    assertProblem(asAdmin("PUT", one, "{\"tags\":[]}"), 400, "name at least one tag");
    assertThat(json(asAdmin("GET", "/api/v1/audit?limit=1000", "")).get("entries").values())
        .filteredOn(entry -> (USERS + "/Rob").equals(entry.get("target").stringValue()))
        .filteredOn(entry -> entry.get("outcome").stringValue().startsWith("20"))
        .extracting(entry -> entry.get("before") + " -> " + entry.get("after"))
        .containsExactly(
            "\"operator, tags east\" -> \"operator, all stores\"",
            "\"operator, tags west\" -> \"operator, tags east\"",
            "\"viewer, tags west\" -> \"operator, tags west\"",
            "\"viewer, tags west\" -> \"viewer, tags west, new password\"",
            "null -> \"viewer, tags west\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"POST /trigger_report", "GET /trigger_report/", "POST /api/trigger_report/"})
  void tellsTheReportThatAnOldCallAskedFor(String call) throws Exception {
    HttpResponse<String> asked = asAdmin(call.split(" ", 2)[0], call.split(" ", 2)[1], "");
    String id = json(asked).get("report_id").stringValue();

    JsonNode entry = json(asAdmin("GET", "/api/v1/audit?limit=1", "")).at("/entries/0");
    assertThat(entry.get("action").stringValue()).isEqualTo("report.ask");
    assertThat(entry.get("target").stringValue()).isEqualTo("/api/v1/reports/" + id);
  }

  @Test
  void tellsTheTrailWhatAKeyOpens() throws Exception {
    String body =
        "{\"name\":\"told\",\"role\":\"viewer\",\"tags\":[\"a\",\"b\"],\"expires_in\":\"P90D\"}";
    String id = json(asAdmin("POST", KEYS, body)).get("id").stringValue();
    assertThat(asAdmin("DELETE", KEYS + "/" + id, "").statusCode()).isEqualTo(204);

    JsonNode entries = json(asAdmin("GET", "/api/v1/audit?limit=2", "")).get("entries");
    String end = entries.get(0).get("before").stringValue();
    assertThat(end).startsWith("told: viewer, tags a b, expires 20");
    assertThat(entries.get(1).get("after").stringValue()).isEqualTo(end);
    assertThat(entries.get(1).get("target").stringValue()).isEqualTo(KEYS + "/" + id);
  }

  @Test
  void changesNoPasswordOfAKey() throws Exception {
    assertProblem(
        asAdmin(
            "PUT",
            "/api/v1/me/password",
            "{\"old_password\":\"x\",\"new_password\":\"%s\"}".formatted(PASSWORD)),
        409,
        "has no password");
  }

  @Test
  void tellsAdministratorsWhoChangedWhatWhenAndFromWhere() throws Exception {
    String operator = server.key("operator");
    HttpResponse<String> asked = server.send("POST", "/api/v1/reports", "", "X-API-Key", operator);
    assertThat(asked.statusCode()).isEqualTo(202);
    String id = json(asked).get("id").stringValue();
    server.awaitEndAs(admin, id);
    assertThat(
            server
                .send("POST", KEYS, "{}", "X-API-Key", operator, "Content-Type", "application/json")
                .statusCode())
        .isEqualTo(403);

    JsonNode entries = json(asAdmin("GET", "/api/v1/audit?limit=2", "")).get("entries");

    assertThat(entries.get(0).get("action").stringValue()).isEqualTo("key.create");
    assertThat(entries.get(0).get("outcome").stringValue()).isEqualTo("refused");
    JsonNode entry = entries.get(1);
    assertThat(entry.get("action").stringValue()).isEqualTo("report.ask");
    assertThat(entry.get("target").stringValue()).isEqualTo("/api/v1/reports/" + id);
    assertThat(entry.get("who").stringValue()).startsWith("key:key ");
    assertThat(entry.get("address").stringValue()).isEqualTo("127.0.0.1");
    assertThat(entry.get("outcome").stringValue()).isEqualTo("202");
    String next = "/api/v1/audit?limit=1&after=" + entries.get(0).get("number");
    assertThat(json(asAdmin("GET", next, "")).get("entries").get(0)).isEqualTo(entry);
  }
}
