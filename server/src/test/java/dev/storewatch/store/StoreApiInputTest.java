package dev.storewatch.store;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests about the registry may say, and what not. */
final class StoreApiInputTest {
  private static final String STORES = "/api/v1/stores";

  @TempDir private static Path path;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private HttpResponse<String> put(String id, String body) throws Exception {
    return server.send("PUT", one(id), body, "Content-Type", "application/json");
  }

  private HttpResponse<String> add(String body) throws Exception {
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

  private static void assertProblem(HttpResponse<String> answer, int status, String... parts) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).get("detail").stringValue()).contains(parts);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, use a whole number from 1 to 1000",
    "limit=1001, use a whole number from 1 to 1000",
    "limit=many, use a whole number",
    "state=asleep, 'use up, down, unknown or closed'",
    "state=, 'use up, down, unknown or closed'",
    "tag=no%20tag, region:west",
    "as_of=yesterday, 2023-01-25T18:13:22Z",
  })
  void saysWhatIsWrongWithAQuestion(String query, String right) throws Exception {
    assertProblem(server.get(STORES + "?" + query), 400, right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b", "\"q\"", "100%", "%2F", "a;b=c", "😀", "a/b", "/", "//", "..", ".", "a\\b", "?&=#+",
        "ünï", "a,b", "{id}", "stores", "x.csv"
      })
  void takesAnyTextForAnId(String id) throws Exception {
    HttpResponse<String> added = put(id, "{}");

    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(json(added).get("store_id").stringValue()).isEqualTo(id);
    String location = added.headers().firstValue("Location").orElseThrow();
    assertThat(server.get(location).body()).isEqualTo(added.body());
    assertThat(json(server.get(location + "/timeline")).get("store_id").stringValue())
        .isEqualTo(id);
    assertThat(json(server.get(location + "/uptime")).get("store_id").stringValue()).isEqualTo(id);
    assertThat(server.send("DELETE", location, "").statusCode()).isEqualTo(204);
    assertThat(
            add("{\"store_id\":\"%s\"}".formatted(id.replaceAll("([\\\\\"])", "\\\\$1")))
                .statusCode())
        .isEqualTo(201);
    assertThat(server.get(location).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{}|store_id is missing",
        "{\"store_id\":\"\"}|store_id is empty",
        "{\"store_id\":\"a\\u0000\"}|control character",
        "{\"store_id\":\"a\\nb\"}|control character",
        "{\"store_id\":\" \\u00a0\"}|store_id is empty",
        "{\"store_id\":\"\\ud83d\"}|half of a character",
        "{\"store_id\":\"%LONG%\"}|256 bytes",
        "{\"store_id\":\"n\",\"zone\":\"Mars/Phobos\"}|America/New_York",
        "{\"store_id\":\"n\",\"zone\":\"+01:00\"}|America/New_York",
        "{\"store_id\":\"n\",\"zone\":\"\"}|America/New_York",
        "{\"store_id\":\"n\",\"name\":\" \"}|Main Street",
        "{\"store_id\":\"n\",\"name\":\"\\u0007\"}|Main Street",
        "{\"store_id\":\"n\",\"tags\":[\"no tag\"]}|region:west",
        "{\"store_id\":\"n\",\"tags\":[null]}|region:west",
        "{\"store_id\":\"n\",\"tags\":\"west\"}|'tags' has the wrong type: use an array",
        "{\"store_id\":\"n\",\"time_zone\":\"UTC\"}|there is no field 'time_zone'",
        "{\"store_id\":\"n\",\"hours\":[null]}|hours[0] is null: write for example",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":0,\"opens\":\"09:00\"}]}|hours[0] needs day, opens"
            + " and closes",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":7,\"opens\":\"09:00\",\"closes\":\"10:00\"}]}|hours[0].day"
            + " is 7",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":-1,\"opens\":\"09:00\",\"closes\":\"10:00\"}]}|0"
            + " for Monday",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":1.5,\"opens\":\"09:00\",\"closes\":\"10:00\"}]}|hours[0].day",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":1,\"opens\":\"24:00\",\"closes\":\"10:00\"}]}|hours[0].opens"
            + " is '24:00'",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":1,\"opens\":\"9:00\",\"closes\":\"10:00\"}]}|not a"
            + " time from 00:00",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":1,\"opens\":\"09:00\",\"closes\":\"24:01\"}]}|hours[0].closes"
            + " is '24:01'",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":1,\"opens\":\"09:00\",\"closes\":\"24:00:01\"}]}|\"closes\":"
            + " \"17:30\"",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":1,\"opens\":\"09:60\",\"closes\":\"10:00\"}]}|hours[0].opens",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":1,\"opens\":\"09:00\",\"closes\":\"\"}]}|hours[0].closes",
        "{\"store_id\":\"n\",\"hours\":[{\"day\":1,\"open\":\"09:00\",\"closes\":\"\"}]}|there is"
            + " no field 'open'",
        "[]|not a JSON object",
        "{|not JSON",
        "^^|send JSON",
      })
  void saysWhatIsWrongWithABody(String body, String right) throws Exception {
    assertProblem(add(body.replace("%LONG%", "é".repeat(129))), 400, right);
    assertThat(server.get(one("n")).statusCode()).isEqualTo(404);
  }

  @Test
  void saysWhatIsWrongWithWhatReplacesAStore() throws Exception {
    assertProblem(put("42", "{\"store_id\":\"43\"}"), 400, "the path names the store 42");
    assertProblem(put("42", "{\"status\":\"up\"}"), 400, "there is no field 'status'");
    assertProblem(put("42", "{\"name\":[1]}"), 400, "the field 'name' has the wrong type");
    assertProblem(put("42", "{\"name\""), 400, "not JSON", "line 1");
    assertProblem(put("42", "null"), 400, "send JSON");
    assertProblem(put("42", ""), 400, "send JSON");
    assertProblem(put("42", "{\"zone\":\"Nowhere\"}"), 400, "America/New_York");
    assertProblem(put("é".repeat(129), "{}"), 400, "256 bytes");
    String interval = "{\"day\":0,\"opens\":\"09:00\",\"closes\":\"10:00\"}";
    String many = "{\"hours\":[" + (interval + ",").repeat(1_000) + interval + "]}";
    assertProblem(put("42", many), 400, "at most 1000 intervals of hours, not 1001");
    String large = "{\"name\":\"" + "x".repeat(1 << 20) + "\"}";
    assertProblem(put("42", large), 413, "1 MB");
    assertProblem(add(large), 413, "1 MB");
    assertProblem(
        server.send("PUT", one("42"), "name=x", "Content-Type", "text/plain"),
        415,
        "application/json");
    assertProblem(server.post(STORES, "name=x", "text/plain"), 415, "application/json");
  }
}
