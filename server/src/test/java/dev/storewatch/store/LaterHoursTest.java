package dev.storewatch.store;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Hours that hold from a date on, as a store is shown and changed with them. */
@AnyDatabase
final class LaterHoursTest {
  private static final String STORE = "/api/v1/stores/42";
  private static final String OLD = "{'day': 0, 'opens': '09:00', 'closes': '17:00'}";
  private static final String JUNE =
      "{'day': 0, 'opens': '08:00', 'closes': '20:00', 'valid_from': '2026-06-01'}";
  private static final String JULY =
      "{'day': 1, 'opens': '10:00', 'closes': '12:00', 'valid_from': '2026-07-01'}";
  private static final String SHOWN_JUNE =
      "{\"valid_from\":\"2026-06-01\",\"hours\":[{\"day\":0,\"opens\":\"08:00:00\",\"closes\":\"20:00:00\"}]}";
  private static final String SHOWN_JULY =
      "{\"valid_from\":\"2026-07-01\",\"hours\":[{\"day\":1,\"opens\":\"10:00:00\",\"closes\":\"12:00:00\"}]}";

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

  private static HttpResponse<String> send(String method, String body) throws Exception {
    return server.send(method, STORE, body.replace('\'', '"'), "Content-Type", "application/json");
  }

  private static JsonNode put(String body) throws Exception {
    HttpResponse<String> answer = send("PUT", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static String later(JsonNode store) {
    return store.get("later_hours").toString();
  }

  @Test
  void areSetFromTheirDateOnAlone() throws Exception {
    JsonNode both = put("{'hours': [%s, %s]}".formatted(OLD, JUNE));
    assertThat(both.get("hours")).hasSize(1);
    assertThat(later(both)).isEqualTo("[" + SHOWN_JUNE + "]");

    JsonNode more = put("{'hours': [%s]}".formatted(JULY));
    assertThat(more.get("hours")).isEqualTo(both.get("hours"));
    assertThat(later(more)).isEqualTo("[" + SHOWN_JUNE + "," + SHOWN_JULY + "]");
    assertThat(later(put("{'name': 'Main Street'}"))).isEqualTo(later(more));
    assertThat(later(put("{'hours': [%s]}".formatted(OLD)))).isEqualTo(later(more));

    JsonNode others = put("{'hours': [%s, %s]}".formatted(OLD.replace("17", "18"), JULY));
    assertThat(later(others)).isEqualTo("[" + SHOWN_JULY + "]");
    assertThat(later(put("{'hours': []}"))).isEqualTo("[]");
  }

  @Test
  void areSentBackAsTheyWereShown() throws Exception {
    var _ = put("{'hours': [%s, %s, %s]}".formatted(OLD, JUNE, JULY));
    HttpResponse<String> closed =
        server.send(
            "PUT",
            STORE + "/hours/2026-08-01",
            "{\"hours\": []}",
            "Content-Type",
            "application/json");
    assertThat(closed.statusCode()).isEqualTo(200);
    JsonNode shown = json(server.get(STORE));
    assertThat(later(shown)).endsWith(",{\"valid_from\":\"2026-08-01\",\"hours\":[]}]");

    assertThat(put(shown.toString())).isEqualTo(shown);
    JsonNode changed = put(shown.toString().replace("17:00:00", "18:00:00"));
    assertThat(later(changed)).isEqualTo(later(shown));
    JsonNode without = put("{'later_hours': [{'valid_from': '2026-08-01', 'hours': []}]}");
    assertThat(later(without)).isEqualTo("[{\"valid_from\":\"2026-08-01\",\"hours\":[]}]");
    assertThat(without.get("hours")).isEqualTo(changed.get("hours"));
    assertThat(later(json(send("PATCH", "{'later_hours': null}")))).isEqualTo("[]");
  }

  @Test
  void areSaidOfANewStoreToo() throws Exception {
    HttpResponse<String> added =
        server.post(
            "/api/v1/stores",
            "{'store_id': 'new', 'hours': [%s]}".formatted(JUNE).replace('\'', '"'),
            "application/json");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(later(json(added))).isEqualTo("[" + SHOWN_JUNE + "]");
    assertThat(json(added).get("hours_assumed").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'hours': [{'day': 0, 'opens': '09:00', 'closes': '17:00', 'valid_from': '2026-02-30'}]} | hours[0].valid_from is '2026-02-30', which is not a date
          {'later_hours': [{'valid_from': 'June', 'hours': []}]} | later_hours[0].valid_from is 'June', which is not a date
          {'later_hours': [{'valid_from': '2026-06-01'}]} | later_hours[0] needs valid_from and hours
          {'later_hours': [null]} | later_hours[0] needs valid_from and hours
          {'later_hours': [{'valid_from': '2026-06-01', 'hours': []}, {'valid_from': '2026-06-01', 'hours': []}]} | the hours from 2026-06-01 on are said twice
          {'later_hours': [{'valid_from': '2026-06-01', 'hours': [{'day': 0, 'opens': '09:00', 'closes': '17:00', 'valid_from': '2026-06-01'}]}]} | valid_from is said for all hours of the list already
          {'later_hours': [{'valid_from': '2026-06-01', 'hours': [{'day': 7, 'opens': '09:00', 'closes': '17:00'}]}]} | day is 7, not 0 for Monday
          """)
  void areRefusedWithWhatWouldBeRight(String body, String detail) throws Exception {
    HttpResponse<String> answer = send("PUT", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).get("detail").stringValue()).contains(detail);
    assertThat(later(json(server.get(STORE)))).isEqualTo("[]");
  }

  @Test
  void areNotMoreThanAStoreMayHave() throws Exception {
    String many =
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(i -> "{'valid_from': '%d-01-01', 'hours': []}".formatted(2_000 + i))
            .collect(Collectors.joining(","));
    HttpResponse<String> answer = send("PUT", "{'later_hours': [%s]}".formatted(many));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").stringValue())
        .contains("a store has hours from at most 1000 dates on, not 1001");
  }
}
