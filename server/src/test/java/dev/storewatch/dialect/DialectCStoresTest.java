package dev.storewatch.dialect;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays what the clients of system C send about stores. */
@AnyDatabase
final class DialectCStoresTest {
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

  private static HttpResponse<String> add(String body) throws Exception {
    return server.post("/store/", body, "application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/store", "/store/"})
  void listsAllStoresInTheOrderOfTheirIds(String call) throws Exception {
    HttpResponse<String> answer = server.get(call, "Accept", "text/html");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .isEqualTo(
            """
            [{"store_id":"42","timezone_str":"America/Chicago"},\
            {"store_id":"a,\\"b\\"","timezone_str":"America/Chicago"},\
            {"store_id":"never polled","timezone_str":"America/Chicago"}]\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/store/|application/json|\"77\"",
        "/store|application/json|77",
        "/store/|text/plain|\"77\"",
        "/store/|application/x-www-form-urlencoded|77",
      })
  void addsAStore(String call, String contentType, String id) throws Exception {
    HttpResponse<String> added =
        server.post(
            call,
            "{\"store_id\": %s, \"timezone_str\": \"Asia/Beirut\"}".formatted(id),
            contentType);

    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.body()).isEqualTo("{\"store_id\":\"77\",\"timezone_str\":\"Asia/Beirut\"}");
    assertThat(server.get("/store/").body()).contains(added.body());
    assertThat(json(server.get("/api/v1/stores/77")).get("zone").stringValue())
        .isEqualTo("Asia/Beirut");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-www-form-urlencoded|store_id=88&timezone_str=Etc%2FGMT%2B5&x=1",
        "multipart/form-data; boundary=x|--x~Content-Disposition: form-data; name=\"store_id\"~~88"
            + "~--x~Content-Disposition: form-data; name=\"timezone_str\"~~Etc/GMT+5~--x--~",
      })
  void addsAStoreFromAForm(String contentType, String body) throws Exception {
    HttpResponse<String> added = server.post("/store/", body.replace("~", "\r\n"), contentType);

    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.body()).isEqualTo("{\"store_id\":\"88\",\"timezone_str\":\"Etc/GMT+5\"}");
  }

  @Test
  void takesNumbersAsLongAsTheyCome() throws Exception {
    assertThat(json(add("{\"store_id\": 14819664988201589791481966498820158979, \"x\": 1}")))
        .hasToString(
            "{\"store_id\":\"14819664988201589791481966498820158979\",\"timezone_str\":\"America/Chicago\"}");
  }

  @Test
  void addsNoStoreTwice() throws Exception {
    HttpResponse<String> answer = add("{\"store_id\": 42}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).get("error").stringValue())
        .contains("there is a store with the id 42 already");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    for (String body :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "\"42\"",
            "{}",
            "{\"timezone_str\": \"UTC\"}",
            "{\"store_id\": null}",
            "{\"store_id\": \"\"}",
            "{\"store_id\": 1.5}",
            "{\"store_id\": true}",
            "{\"store_id\": [1]}",
            "{\"store_id\": 8, \"timezone_str\": \"Mars/Phobos\"}",
            "{\"store_id\": 8, \"timezone_str\": {}}")) {
      HttpResponse<String> answer = add(body);

      assertThat(answer.statusCode()).as(body + answer.body()).isEqualTo(400);
      assertThat(json(answer).get("detail")).isEqualTo(json(answer).get("error"));
      assertThat(json(answer).get("error").stringValue()).contains("for example");
    }
  }

  @Test
  void showsEverybodyTheirOwnStoresAlone(@TempDir Path path) throws Exception {
    try (TestServer guarded = TestServer.start(path)) {
      assertThat(
              guarded
                  .send(
                      "PUT",
                      "/api/v1/stores/w",
                      "{\"tags\":[\"west\"]}",
                      "Content-Type",
                      "application/json")
                  .statusCode())
          .isEqualTo(201);
      String west = guarded.key("viewer", "west");

      assertThat(guarded.get("/store/", "X-API-Key", west).body())
          .isEqualTo("[{\"store_id\":\"w\",\"timezone_str\":\"America/Chicago\"}]");
    }
  }

  @Test
  void takesNoEndlessBody() throws Exception {
    HttpResponse<String> answer = add("{\"store_id\": \"" + "x".repeat(1 << 20) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(json(answer).get("detail").stringValue()).contains("larger than 1 MB");
  }
}
