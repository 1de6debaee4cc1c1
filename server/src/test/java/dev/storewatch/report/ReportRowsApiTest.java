package dev.storewatch.report;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Brings the rows of one report in every way that HTTP has. */
@AnyDatabase
final class ReportRowsApiTest {
  private static final String CSV = "text/csv";
  private static final String JSON = "application/json";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static TestServer server;
  private static String report;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path);
    String id = json(server.post("/api/v1/reports")).get("id").stringValue();
    assertThat(server.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
    report = "/api/v1/reports/" + id;
  }

  @AfterAll
  static void stop() {
    server.close();
    CLIENT.close();
  }

  private static HttpResponse<byte[]> bytes(String path, String accept, String encoding)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .headers("Accept", accept, "Accept-Encoding", encoding)
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/rows, text/csv",
    "/rows, application/json",
    "/rows?detail=full, text/csv",
    "/rows?detail=full, application/json",
    ".csv, text/csv",
    ".csv?detail=full, */*",
  })
  void arePackedForAClientThatLikesIt(String path, String accept) throws Exception {
    HttpResponse<byte[]> plain = bytes(report + path, accept, "identity");
    HttpResponse<byte[]> packed = bytes(report + path, accept, "gzip");

    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(unpacked(packed.body())).isNotEmpty().isEqualTo(plain.body());
    for (String header : new String[] {"Content-Type", "ETag", "Content-Disposition"}) {
      assertThat(packed.headers().firstValue(header)).isEqualTo(plain.headers().firstValue(header));
    }
    assertThat(String.join(",", packed.headers().allValues("Vary")))
        .containsIgnoringCase("accept-encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip;q=0", "identity", "br"})
  void areNotPackedForAnyOther(String encoding) throws Exception {
    HttpResponse<byte[]> answer = bytes(report + "/rows", CSV, encoding);

    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(TestServer.CSV);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/rows", "/rows?detail=full", ".csv", ".csv?detail=full"})
  void haveAHead(String path) throws Exception {
    HttpResponse<String> body = server.get(report + path);
    HttpResponse<String> head = server.send("HEAD", report + path, "");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String header : new String[] {"Content-Type", "ETag", "Content-Disposition", "Vary"}) {
      assertThat(head.headers().firstValue(header)).isEqualTo(body.headers().firstValue(header));
    }
  }

  @Test
  void haveNoHeadWhereThereIsNoReport() throws Exception {
    for (String path : new String[] {"", "/rows", ".csv", "/events"}) {
      assertThat(server.send("HEAD", "/api/v1/reports/none" + path, "").statusCode())
          .as(path)
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/rows, text/csv",
    "/rows, application/json",
    "/rows?detail=full, text/csv",
    ".csv, text/csv",
    ".csv?detail=full, text/csv",
  })
  void areNotSentAgain(String path, String accept) throws Exception {
    HttpResponse<String> first = server.get(report + path, "Accept", accept);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).startsWith("W/\"");

    for (String known : new String[] {tag, "\"other\", " + tag, tag.substring(2)}) {
      HttpResponse<String> again =
          server.get(report + path, "Accept", accept, "If-None-Match", known);
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains(tag);
    }
    assertThat(server.get(report + path, "Accept", accept, "If-None-Match", "\"other\"").body())
        .isEqualTo(first.body());
  }

  @Test
  void sayEveryFigureInFullDetail() throws Exception {
    HttpResponse<String> csv = server.get(report + "/rows?detail=full", "Accept", CSV);
    HttpResponse<String> rows = server.get(report + "/rows?detail=full", "Accept", JSON);

    assertThat(csv.body())
        .hasLineCount(7)
        .startsWith("store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,")
        .contains("\n42,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,60.00,30.00,30.00,");
    assertThat(json(rows)).hasSize(6);
    assertThat(json(rows).get(0).get("downtime_minutes").doubleValue()).isEqualTo(30);
    assertThat(server.get(report + ".csv?detail=full").body()).isEqualTo(csv.body());
  }
}
