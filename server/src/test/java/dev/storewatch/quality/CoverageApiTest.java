package dev.storewatch.quality;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The polls of the small fleet, whose newest is of 12:00 on 2023-01-25, against those expected. */
@AnyDatabase
final class CoverageApiTest {
  private static final String POLLS = "/api/v1/quality/polls";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void comesInPages() throws Exception {
    JsonNode first = json(server.get(POLLS + "?limit=2"));
    assertThat(first.get("from").stringValue()).isEqualTo("2023-01-24T12:00:00Z");
    assertThat(first.get("to").stringValue()).isEqualTo("2023-01-25T12:00:00Z");
    assertThat(first.at("/totals/stores").asInt()).isEqualTo(3);
    assertThat(first.at("/totals/expected").asInt()).isEqualTo(72);
    assertThat(first.at("/totals/received").asInt()).isEqualTo(1);
    assertThat(first.at("/totals/never_polled").asInt()).isEqualTo(1);
    assertThat(first.at("/stores/0/store_id").stringValue()).isEqualTo("42");
    assertThat(first.at("/stores/0/longest_gap").stringValue()).isEqualTo("PT23H");
    JsonNode second =
        json(
            server.get(
                POLLS + "?limit=2&after=" + first.get("after").stringValue().replace("\"", "%22")));
    assertThat(second.get("totals").isNull()).isTrue();
    assertThat(second.at("/stores/0/findings").toString()).isEqualTo("[\"never-polled\",\"gaps\"]");
    assertThat(second.get("after").isNull()).isTrue();
  }

  @Test
  void comesAsCsv() throws Exception {
    HttpResponse<String> stores = server.get(POLLS, "Accept", "text/csv");
    assertThat(stores.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(stores.body())
        .startsWith("store_id,expected,")
        .contains("\n42,24,1,23,1,0,1,PT23H,");
    String slots = server.get(POLLS + "?by=slot&every=PT2H", "Accept", "text/csv").body();
    assertThat(slots).contains("\n42,2023-01-25T10:00:00Z,7200,1,1\n");
  }

  @Test
  void saysWhatWouldBeRight() throws Exception {
    assertThat(server.get(POLLS + "?by=day").body()).contains("use store or slot");
    assertThat(server.get(POLLS + "?by=slot").body()).contains("Accept: text/csv");
    assertThat(server.get(POLLS + "?every=PT1S").statusCode()).isEqualTo(400);
  }

  @Test
  void tellsMetrics() {
    Eventually.until(
        "the first look",
        () -> server.get("/actuator/prometheus").body().contains("storewatch_polls_expected 3.0"));
  }
}
