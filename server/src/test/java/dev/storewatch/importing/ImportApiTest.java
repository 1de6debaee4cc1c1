package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Imports over the native interface. */
@AnyDatabase
class ImportApiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String POLLS =
      """
      store_id,status,timestamp_utc
      new,active,2023-01-25 11:30:00 UTC
      new,ACTIVE,2023-01-25 11:30:00 UTC
      new,asleep,2023-01-25 11:40:00 UTC
      42,active,2023-01-25 12:00:00 UTC
      """;

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  private static JsonNode ended(HttpResponse<String> accepted) {
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String location = accepted.headers().firstValue("Location").orElseThrow();
    return Eventually.until(
        "the end of the import",
        () -> json(server.get(location)),
        run -> !run.path("ended_at").isNull());
  }

  @Test
  void takesAFileTellsItsCountsAndShowsItsRejects() throws Exception {
    JsonNode run =
        ended(server.post("/api/v1/imports?source=polls%20of%20a+b.csv", POLLS, "text/csv"));

    assertThat(run.path("source").asString()).isEqualTo("polls of a+b.csv");
    assertThat(run.path("kind").asString()).isEqualTo("polls");
    assertThat(run.path("state").asString()).isEqualTo("complete");
    assertThat(run.path("read").asInt()).isEqualTo(4);
    assertThat(run.path("rejected").asInt()).isEqualTo(1);
    assertThat(
            run.path("added").asInt() + run.path("repeated").asInt() + run.path("replaced").asInt())
        .isEqualTo(3);

    String rejects = "/api/v1/imports/" + run.path("id").asString() + "/rejects";
    JsonNode reject = json(server.get(rejects)).path("rejects").path(0);
    assertThat(reject.path("line").asInt()).isEqualTo(4);
    assertThat(reject.path("reason").asString()).contains("active or inactive");
    assertThat(reject.path("text").asString()).isEqualTo("new,asleep,2023-01-25 11:40:00 UTC");
    assertThat(json(server.get(rejects + "?after=4")).path("rejects")).isEmpty();
    assertThat(server.get("/api/v1/imports").body()).contains(run.path("id").asString());
  }

  @Test
  void takesAnImportBack() throws Exception {
    String path = "/api/v1/imports/";
    JsonNode run =
        ended(
            server.post(
                "/api/v1/imports",
                "store_id,status,timestamp_utc\nback,active,2023-01-25 11:30:00 UTC\n",
                "text/csv"));
    assertThat(server.get("/api/v1/stores/back").statusCode()).isEqualTo(200);

    HttpResponse<String> undone = server.send("DELETE", path + run.path("id").asString(), "");

    assertThat(undone.statusCode()).as(undone.body()).isEqualTo(200);
    assertThat(json(undone).path("state").asString()).isEqualTo("undone");
    assertThat(json(undone).path("notes").valueStream().toList().getLast().asString())
        .endsWith("1 poll deleted, 1 store deleted");
    assertThat(server.get("/api/v1/stores/back").statusCode()).isEqualTo(404);
    HttpResponse<String> again = server.send("DELETE", path + run.path("id").asString(), "");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(json(again).path("detail").asString()).endsWith("was taken back already");
  }

  @Test
  void addsUpTheFilesOfASet() throws Exception {
    String header = "store_id,day,start_time_local,end_time_local\n";
    ended(
        server.post("/api/v1/imports?set=a&more=true", header + "set,0,9:00,17:00\n", "text/csv"));
    ended(server.post("/api/v1/imports?set=a", header + "set,1,9:00,17:00\n", "text/csv"));

    assertThat(json(server.get("/api/v1/stores/set")).path("hours")).hasSize(2);

    JsonNode run = ended(server.post("/api/v1/imports", header + "set,2,9:00,17:00\n", "text/csv"));
    assertThat(json(server.get("/api/v1/stores/set")).path("hours")).hasSize(1);
    assertThat(run.path("notes").toString()).contains("2 intervals of 1 store (set) went");
  }

  @Test
  void takesTheBodyWhateverItsMediaType() throws Exception {
    String zones = "store_id,timezone_str\n42,America/Denver\n";

    assertThat(
            ended(server.post("/api/v1/imports", zones, "application/x-www-form-urlencoded"))
                .path("read")
                .asInt())
        .isEqualTo(1);
    assertThat(
            ended(server.post("/api/v1/imports", zones, "application/json"))
                .path("repeated")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void takesPollsInJson() throws Exception {
    String polls =
        """
        {"store_id":"lines","status":"active","timestamp_utc":"2023-01-25T11:30:00Z"}

        {"store_id":"lines","status":"asleep","timestamp_utc":"2023-01-25T11:30:00Z"}
        {"store_id":"lines","status":"inactive","timestamp_utc":"2023-01-25T11:40:00Z"}
        """;

    JsonNode run = ended(server.post("/api/v1/imports?kind=polls", polls, "application/x-ndjson"));

    assertThat(run.path("read").asInt()).isEqualTo(3);
    assertThat(run.path("added").asInt()).isEqualTo(2);
    JsonNode reject =
        json(server.get("/api/v1/imports/" + run.path("id").asString() + "/rejects"))
            .path("rejects")
            .get(0);
    assertThat(reject.path("line").asInt()).isEqualTo(3);
    assertThat(reject.path("reason").asString()).contains("unknown status");
    assertThat(reject.path("text").asString()).contains("asleep");
    assertThat(
            server.post("/api/v1/imports?kind=hours", polls, "application/x-ndjson").statusCode())
        .isEqualTo(400);
  }

  @Test
  void takesGzip() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("store_id,timezone_str\nzipped,Asia/Kathmandu\n".getBytes(StandardCharsets.UTF_8));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/imports"))
            .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(ended(client.send(request, BodyHandlers.ofString())).path("added").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void refusesWhatIsNoImportFileAndShowsARightHeader() throws Exception {
    HttpResponse<String> response =
        server.post("/api/v1/imports?source=x.csv", "a,b\n1,2\n", "text/csv");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(response).path("detail").asString())
        .startsWith("x.csv")
        .contains("store_id,status,timestamp_utc");
    assertThat(server.post("/api/v1/imports").statusCode()).isEqualTo(400);
  }

  @Test
  void keepsAFileThatBreaksOffAsFailed() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("store_id,timezone_str\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 100_000; i++) {
        out.write(
            (Integer.toHexString(i * 40_503) + ",Asia/Tokyo\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] whole = packed.toByteArray();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/imports"))
            .POST(BodyPublishers.ofByteArray(whole, 0, whole.length / 2))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      JsonNode run = ended(client.send(request, BodyHandlers.ofString()));
      assertThat(run.path("state").asString()).isEqualTo("failed");
      assertThat(run.path("error").asString()).contains("line");
    }
    // The file goes right after the import has ended.
    Eventually.until("an empty temporary folder", () -> temporaryFiles().isEmpty());
  }

  private static List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files.toList();
    }
  }

  @Test
  void takesTagsFromAdminsAlone(@TempDir Path more) throws Exception {
    try (TestServer guarded = TestServer.start(more)) {
      String operator = guarded.key("operator");
      String admin = guarded.key("admin");
      String tags = "store_id,tag\n42,region:west\n";
      String names = "store_id,name,tags\n42,Main Street,region:west;big\n";

      for (String file : List.of(tags, names)) {
        HttpResponse<String> refused =
            guarded.send("POST", "/api/v1/imports", file, "X-API-Key", operator);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("detail").asString()).contains("only the role admin");
      }
      String location =
          guarded
              .send("POST", "/api/v1/imports", names, "X-API-Key", admin)
              .headers()
              .firstValue("Location")
              .orElseThrow();
      JsonNode run =
          Eventually.until(
              "the end of the import",
              () -> json(guarded.get(location, "X-API-Key", operator)),
              found -> !found.path("ended_at").isNull());
      assertThat(run.path("kind").asString()).isEqualTo("stores");
      assertThat(guarded.send("DELETE", location, "", "X-API-Key", operator).statusCode())
          .isEqualTo(403);
      String west = guarded.key("viewer", "region:west");
      assertThat(guarded.get("/api/v1/stores", "X-API-Key", west).body()).contains("Main Street");
      assertThat(guarded.send("DELETE", location, "", "X-API-Key", admin).statusCode())
          .isEqualTo(200);
      assertThat(json(guarded.get("/api/v1/stores", "X-API-Key", west)).path("stores")).isEmpty();
    }
  }

  @Test
  void isToldWhatAFileHolds() throws Exception {
    String zones = "store_id,timezone_str\n42,America/Denver\n";

    HttpResponse<String> wrong = server.post("/api/v1/imports?kind=polls", zones, "text/csv");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(json(wrong).path("detail").asString())
        .contains("upload holds time zones by its header, and kind=polls");
    HttpResponse<String> unknown = server.post("/api/v1/imports?kind=shops", zones, "text/csv");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(json(unknown).path("detail").asString())
        .contains("use polls, hours, zones, tags, stores, special_days or closures");
    assertThat(
            ended(server.post("/api/v1/imports?kind=zones", zones, "text/csv"))
                .path("kind")
                .asString())
        .isEqualTo("zones");
  }

  @Test
  void takesNoNameThatIsNone() throws Exception {
    for (String name : List.of("", "%20", "a%0Ab", "%1b%5B2J", "x".repeat(256))) {
      HttpResponse<String> answer =
          server.post("/api/v1/imports?source=" + name, "store_id,timezone_str\n", "text/csv");

      assertThat(answer.statusCode()).as(name).isEqualTo(400);
      assertThat(json(answer).path("detail").asString()).contains("printable characters");
    }
  }

  @Test
  void saysHowToSendAFileInsteadOfAForm() throws Exception {
    HttpResponse<String> answer =
        server.post("/api/v1/imports", "--x\r\n\r\n--x--", "multipart/form-data; boundary=x");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(json(answer).path("detail").asString()).contains("--data-binary @");
  }

  @Test
  void givesListsByPages() throws Exception {
    StringBuilder zones = new StringBuilder("store_id,timezone_str\n");
    zones.append("42,nowhere\n".repeat(5));
    for (int i = 0; i < 3; i++) {
      var _ = ended(server.post("/api/v1/imports", zones.toString(), "text/csv"));
    }

    JsonNode first = json(server.get("/api/v1/imports?limit=2"));
    JsonNode second =
        json(server.get("/api/v1/imports?limit=1000&after=" + first.path("after").asString()));
    assertThat(first.path("imports")).hasSize(2);
    assertThat(second.path("after").isNull()).isTrue();
    assertThat(second.path("imports"))
        .extracting(run -> run.path("id").asString())
        .isNotEmpty()
        .doesNotContain(first.path("imports").path(1).path("id").asString());
    assertThat(server.get("/api/v1/imports?after=none").statusCode()).isEqualTo(400);

    String rejects =
        "/api/v1/imports/" + first.path("imports").path(0).path("id").asString() + "/rejects";
    JsonNode page = json(server.get(rejects + "?limit=2&after=2"));
    assertThat(page.path("rejects"))
        .extracting(row -> row.path("line").asInt())
        .containsExactly(3, 4);
    assertThat(page.path("after").asInt()).isEqualTo(4);
    assertThat(page.path("not_kept").asInt()).isZero();
    assertThat(json(server.get(rejects + "?after=4")).path("after").isNull()).isTrue();
    assertThat(server.get(rejects + "?after=x").body()).contains("a whole number");
  }

  @Test
  void knowsNoOtherImports() throws Exception {
    assertThat(server.get("/api/v1/imports/1").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/imports/1/rejects").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/imports?limit=0").body()).contains("1 to 1000");
  }
}
