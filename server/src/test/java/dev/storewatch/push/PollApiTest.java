package dev.storewatch.push;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.SlowSender;
import dev.storewatch.TestServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Polls that are pushed over the native interface. */
@AnyDatabase
final class PollApiTest {
  private static final String POLLS = "/api/v1/polls";
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";

  private static TestServer server;
  private static String operator;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server =
        TestServer.startWith(
            path,
            """
            storewatch.limits:
              push-bytes: 1MB
              pushes-at-once: 1
              stores: 100
              slowest-bytes-per-second: 1KB
              slow-after: 300ms
            """);
    operator = server.key("operator");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static final Instant AFTER = Instant.parse("2023-01-20T00:00:00Z");

  private static HttpResponse<String> push(String body, String type) throws Exception {
    return push(operator, body, type);
  }

  private static HttpResponse<String> push(String key, String body, String type) throws Exception {
    return server.send("POST", POLLS, body, "Content-Type", type, "X-API-Key", key);
  }

  private static String poll(String store, String status, String at) {
    return "{\"store_id\":\"%s\",\"status\":\"%s\",\"timestamp_utc\":\"%s\"}"
        .formatted(store, status, at);
  }

  private static void assertCounts(
      JsonNode answer, int received, int added, int repeated, int replaced, int rejected) {
    assertThat(answer.get("received").intValue()).as(answer.toString()).isEqualTo(received);
    assertThat(answer.get("added").intValue()).as(answer.toString()).isEqualTo(added);
    assertThat(answer.get("repeated").intValue()).as(answer.toString()).isEqualTo(repeated);
    assertThat(answer.get("replaced").intValue()).as(answer.toString()).isEqualTo(replaced);
    assertThat(answer.get("rejected").intValue()).as(answer.toString()).isEqualTo(rejected);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String part) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).get("detail").stringValue()).contains(part);
  }

  @Test
  void takesOnePollAndShowsItAtOnce() throws Exception {
    String path = "/api/v1/stores/one?as_of=2023-01-25T11:00:00Z";

    HttpResponse<String> answer = push(poll("one", "active", "2023-01-25T11:00:00Z"), JSON);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertCounts(json(answer), 1, 1, 0, 0, 0);
    assertThat(state(path)).isEqualTo("up");
    assertCounts(json(push(poll("one", "inactive", "2023-01-25T11:00:00Z"), JSON)), 1, 0, 0, 1, 0);
    assertThat(state(path)).isEqualTo("down");
    assertCounts(json(push(poll("one", "inactive", "2023-01-25T11:00:00Z"), JSON)), 1, 0, 1, 0, 0);
  }

  @Test
  void takesTheFormsThatFilesMayHaveAndMeansTheSamePoll() throws Exception {
    assertCounts(json(push(poll("forms", "active", "2023-01-25T11:00:00Z"), JSON)), 1, 1, 0, 0, 0);
    String lines =
        String.join(
            "\n",
            poll(" forms\u00A0", "active", "2023-01-25 11:00:00 +0000 UTC"),
            poll("forms", "active", "2023-01-25t11:00:00.000000000000z"),
            poll("\uFEFFforms", "active", "20230125T110000Z"),
            poll("8.4E+18", "active", "2023-01-25T11:00:00Z"));
    JsonNode answer = json(push(lines, LINES));

    assertCounts(answer, 4, 0, 3, 0, 1);
    assertThat(answer.at("/errors/0/reason").stringValue()).contains("cut to 15 digits");
  }

  @Test
  void refusesAPollOfMoreThanADayAfterTheClock() throws Exception {
    assertProblem(
        push(poll("early", "active", "2199-01-25T11:00:00Z"), JSON),
        400,
        "more than a day after the server's clock");
  }

  private static String state(String path) throws Exception {
    return json(server.get(path, "X-API-Key", operator)).get("state").stringValue();
  }

  @Test
  void takesTheGoodItemsOfAnArrayAndTellsOfEachBadOne() throws Exception {
    String body =
        "[%s, %s, {\"store_id\":7}, %s, 42]"
            .formatted(
                poll("arr", "active", "2023-01-25T11:00:00Z"),
                poll("arr", "asleep", "2023-01-25T12:00:00Z"),
                poll("arr", "active", "2023-01-25T13:00:00Z"));

    HttpResponse<String> answer = push(body, JSON + ";charset=utf-8");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertCounts(json(answer), 5, 2, 0, 0, 3);
    JsonNode errors = json(answer).get("errors");
    assertThat(errors).extracting(error -> error.get("item").intValue()).containsExactly(2, 3, 5);
    assertThat(errors.get(0).get("reason").stringValue()).contains("write active or inactive");
    assertThat(errors.get(0).get("text").stringValue()).contains("asleep");
    assertThat(errors.get(1).get("reason").stringValue()).contains("status is missing");
    assertThat(json(answer).get("more_errors").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {LINES, "application/ndjson", "application/jsonl"})
  void takesLines(String type) throws Exception {
    String body =
        poll("l " + type, "active", "2023-01-25T11:00:00Z")
            + "\r\n\nnonsense\n"
            + poll("l " + type, "active", "2023-01-25T12:00:00Z");

    HttpResponse<String> answer = push(body, type);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertCounts(json(answer), 3, 2, 0, 0, 1);
    assertThat(json(answer).get("errors").get(0).get("item").intValue()).isEqualTo(2);
  }

  @Test
  void tellsOfTheFirstOfManyBadItemsAndCountsAll() throws Exception {
    String body = IntStream.range(0, 12_000).mapToObj(i -> "x").collect(Collectors.joining("\n"));

    JsonNode answer = json(push(body, LINES));

    assertCounts(answer, 12_000, 0, 0, 0, 12_000);
    assertThat(answer.get("errors")).hasSize(PollPush.MOST_ERRORS);
    assertThat(answer.get("more_errors").intValue()).isEqualTo(11_000);
  }

  @Test
  void keepsWhatCameBeforeAnArrayBreaksOff() throws Exception {
    String good = poll("broken", "active", "2023-01-25T11:00:00Z");

    HttpResponse<String> cut = push("[%s,{\"store_id\"".formatted(good), JSON);
    assertProblem(cut, 400, "line 1, column 92; nothing after it was read (item 1 was taken:");
    assertCounts(json(cut).get("taken"), 1, 1, 0, 0, 0);

    HttpResponse<String> noJson = push("[%s,{},{'a'},%s]".formatted(good, good), JSON);
    assertProblem(noJson, 400, "item 3 is no JSON: ");
    assertProblem(noJson, 400, "(items 1 to 2 were taken: send only those after them again)");
    assertCounts(json(noJson).get("taken"), 2, 0, 1, 0, 1);
    assertThat(json(noJson).at("/taken/errors/0/item").intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[|ends before the array does, at line 1, column 2; nothing after it was read, no item"
            + " taken",
        "[P|the body ends before the array does",
        "[P,|the body ends before the array does",
        "[P,|(item 1 was taken: send only those after it again)",
        "[P]P|text after the end of the array, at line 1",
        "[]]|text after the end of the array, at line 1, column 3",
        "[{'|item 1 is no JSON",
      })
  void refusesAnArrayThatIsNotWhole(String body, String reason) throws Exception {
    String good = poll("not whole", "active", "2023-01-25T11:00:00Z");

    assertProblem(push(body.replace("P", good), JSON), 400, reason);
  }

  @Test
  void saysWhatBecameOfManyItemsBeforeAnArrayBreaksOff() throws Exception {
    String items =
        IntStream.range(0, 10_500)
            .mapToObj(i -> i == 10_400 ? "{}" : poll("many", "active", AFTER.plusSeconds(i) + ""))
            .collect(Collectors.joining(","));

    HttpResponse<String> answer = push("[" + items + ",{\"store_id\":1,]", JSON);

    assertProblem(answer, 400, "items 1 to 10500 were taken");
    assertCounts(json(answer).get("taken"), 10_500, 10_499, 0, 0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "^^|neither a poll nor an array",
        "null|neither a poll nor an array",
        "\"x\"|neither a poll nor an array",
        "{}|store_id is missing",
        "{\"store_id\":\"1\"}{}|text after the end of the object",
        "{\"store_id\":|line 1",
      })
  void refusesABodyThatIsNoPolls(String body, String reason) throws Exception {
    assertProblem(push(body, JSON), 400, reason);
  }

  @Test
  void takesAnEmptyArrayAndNoLines() throws Exception {
    assertCounts(json(push("[]", JSON)), 0, 0, 0, 0, 0);
    assertCounts(json(push("\n", LINES)), 0, 0, 0, 0, 0);
  }

  @Test
  void refusesOtherMediaTypesAndEncodings() throws Exception {
    assertProblem(push("[]", "text/csv"), 415, "application/x-ndjson");
    assertProblem(
        server.send(
            "POST",
            POLLS,
            "[]",
            "Content-Type",
            JSON,
            "X-API-Key",
            operator,
            "Content-Encoding",
            "gzip"),
        415,
        "without Content-Encoding");
  }

  @Test
  void takesPollsOfTheSendersStoresAlone() throws Exception {
    server.tag("42", "west");
    String west = server.key("operator", "west");
    String body =
        "[%s,%s,%s]"
            .formatted(
                poll("42", "active", "2023-01-20T11:00:00Z"),
                poll("never polled", "active", "2023-01-20T11:00:00Z"),
                poll("not there", "active", "2023-01-20T11:00:00Z"));

    JsonNode answer = json(push(west, body, JSON));

    assertCounts(answer, 3, 1, 0, 0, 2);
    assertThat(answer.get("errors"))
        .extracting(error -> error.get("reason").stringValue())
        .containsExactly(
            "there is no store with the id never polled",
            "there is no store with the id not there");
    assertThat(server.get("/api/v1/stores/not%20there", "X-API-Key", operator).statusCode())
        .isEqualTo(404);
  }

  @Test
  void refusesViewersAndStrangers() throws Exception {
    String body = poll("42", "active", "2023-01-20T11:00:00Z");

    assertProblem(push(server.key("viewer"), body, JSON), 403, "operator");
    assertThat(server.post(POLLS, body, JSON).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    String line = poll("big", "active", "2023-01-25T11:00:00Z") + "\n";

    assertProblem(push(line.repeat(16_000), LINES), 413, "larger than 1 MB");
  }

  @Test
  void saysHowMuchWasTakenOfAStreamThatIsTooLarge() throws Exception {
    String line = poll("stream", "active", "2023-01-25T11:00:00Z") + "\n";
    String answer = stream(chunks(line.repeat(1_000), 16) + "0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413");
    assertThat(answer)
        .containsPattern("items 1 to 1[0-9]{4} were taken: send only those after them again");
  }

  @Test
  void givesUpASenderThatIsTooSlow() throws Exception {
    try (SlowSender slow =
        new SlowSender(server, POLLS, "Content-Type", JSON, "X-API-Key", operator)) {
      HttpResponse<String> answer = slow.answer();

      assertThat(answer.statusCode()).isEqualTo(408);
      assertThat(answer.body()).contains("less than 1 KB a second");
    }
  }

  @Test
  void makesNoMoreStoresThanThereMayBe() throws Exception {
    String body =
        IntStream.range(0, 101)
            .mapToObj(i -> poll("made up " + i, "active", "2023-01-25T11:00:00Z"))
            .collect(Collectors.joining("\n"));

    assertProblem(push(body, LINES), 409, "storewatch.limits.stores");
    assertThat(push(poll("42", "active", "2023-01-25T10:00:00Z"), JSON).statusCode())
        .isEqualTo(200);
    assertThat(server.get("/api/v1/stores/made%20up%200", "X-API-Key", operator).statusCode())
        .isEqualTo(404);
  }

  @Test
  void takesSoManyAtOnce() throws Exception {
    try (SlowSender slow =
        new SlowSender(server, POLLS, "Content-Type", JSON, "X-API-Key", operator)) {
      assertProblem(push("[]", JSON), 429, "1 of the 1 places for pushed polls are taken");
      assertThat(slow.answer().statusCode()).isEqualTo(408);
    }

    assertThat(push("[]", JSON).statusCode()).isEqualTo(200);
  }

  private static String chunks(String text, int count) {
    String chunk =
        Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    return chunk.repeat(count);
  }

  /** Sends chunks of lines, and returns the answer. */
  private static String stream(String chunks) throws Exception {
    URI url = URI.create(server.url());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST %s HTTP/1.1\r\nHost: %s\r\nX-API-Key: %s\r\nContent-Type: %s\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(POLLS, url.getAuthority(), operator, LINES);
      OutputStream out = socket.getOutputStream();
      out.write((head + chunks).getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
