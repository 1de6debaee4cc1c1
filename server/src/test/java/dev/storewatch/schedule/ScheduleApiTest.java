package dev.storewatch.schedule;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.channel.Receiver;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.Reports;
import dev.storewatch.store.Stores;
import dev.storewatch.summary.Summaries;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Schedules of reports: entered, made, and sent to channels or written to folders. */
@AnyDatabase
final class ScheduleApiTest {
  private static final String SCHEDULES = "/api/v1/report-schedules";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path path;
  private static Receiver receiver;
  private static TestServer server;
  private static Path folder;
  private String channel = "";

  @BeforeAll
  static void start() throws Exception {
    receiver = new Receiver();
    folder = path.resolve("reports").toAbsolutePath();
    server =
        TestServer.startWith(
            path.resolve("server"),
            """
            storewatch:
              outgoing.allowed: 127.0.0.1
              report-schedules:
                folder: %s
                link: https://storewatch.example.com/reports/{id}
            """
                .formatted(folder));
  }

  @AfterAll
  static void stop() {
    server.close();
    receiver.close();
  }

  @BeforeEach
  void begin() throws Exception {
    server.beginAnew();
    receiver.answers(Receiver.Reply.of(200, "ok"));
    channel = channel("owners", "webhook", "\"url\": \"%s\"".formatted(receiver.url("/reports")));
  }

  private static String channel(String name, String kind, String settings) throws Exception {
    HttpResponse<String> entered =
        send(
            "POST",
            "/api/v1/channels",
            "{\"name\": \"%s\", \"kind\": \"%s\", \"settings\": {%s}}"
                .formatted(name, kind, settings));
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
    return json(entered).get("id").stringValue();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    return body.isEmpty()
        ? server.send(method, path, "")
        : server.send(method, path, body, "Content-Type", "application/json");
  }

  private static HttpResponse<String> enter(String name, String more) throws Exception {
    return send(
        "POST",
        SCHEDULES,
        "{\"name\": \"%s\", \"every\": \"day\", \"at\": \"06:00\", \"zone\": \"Europe/Berlin\", %s}"
            .formatted(name, more));
  }

  private static String entered(String name, String more) throws Exception {
    HttpResponse<String> answer = enter(name, more);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).get("id").stringValue();
  }

  private String toChannel() {
    return "\"channel\": \"%s\"".formatted(channel);
  }

  private static JsonNode awaitLast(String id, String outcome) {
    return Eventually.until(
        "the result " + outcome + " of " + id,
        () -> json(server.get(SCHEDULES + "/" + id)),
        schedule -> schedule.at("/last/outcome").asString("").equals(outcome));
  }

  private static JsonNode awaitDelivery(String schedule, String state) {
    return Eventually.until(
        "the message of " + schedule,
        () -> json(server.get(SCHEDULES + "/" + schedule)),
        each -> each.at("/last/delivery_state").asString("").equals(state));
  }

  private static JsonNode run(String id, String outcome) throws Exception {
    HttpResponse<String> answer = send("POST", SCHEDULES + "/" + id + "/run", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return awaitLast(id, outcome);
  }

  /** Has a schedule be due since an instant. */
  private static void dueSince(String id, Instant instant) {
    long at = Micros.of(instant);
    int _ =
        server
            .bean(Database.class)
            .exclusively(
                "report.schedule",
                () ->
                    server
                        .bean(Database.class)
                        .jdbc()
                        .sql("UPDATE report_schedule SET next_at = ?, try_at = ? WHERE id = ?")
                        .params(at, at, id)
                        .update());
    server.bean(ScheduleQueue.class).wake();
  }

  @Test
  void sendAReportWithItsFile() throws Exception {
    String id =
        entered("Daily of all", "\"what\": \"report\", \"windows\": [\"P1Y\"], " + toChannel());
    int before = receiver.got().size();
    JsonNode ran = run(id, "sent");

    JsonNode last = awaitDelivery(id, "delivered").get("last");
    assertThat(last.get("report").stringValue()).isEqualTo(ran.at("/last/report").stringValue());
    JsonNode got = JSON.readTree(receiver.got().get(before).body());
    assertThat(got.get("type").stringValue()).isEqualTo("storewatch.report");
    JsonNode data = got.get("data");
    assertThat(data.get("title").stringValue()).startsWith("Report Daily of all of 20");
    assertThat(data.get("link").stringValue())
        .isEqualTo("https://storewatch.example.com/reports/" + last.get("report").stringValue());
    JsonNode document = data.get("document");
    assertThat(document.get("name").stringValue())
        .matches("daily-of-all-20\\d\\d-\\d\\d-\\d\\d-[0-9a-f]{8}\\.csv");
    String rows =
        new String(
            Base64.getDecoder().decode(document.get("base64").stringValue()),
            StandardCharsets.UTF_8);
    assertThat(rows).startsWith("store_id,window,from,to,").contains("\n42,P1Y,");
    JsonNode report = json(server.get("/api/v1/reports/" + last.get("report").stringValue()));
    assertThat(report.get("asked_by").stringValue()).isEqualTo("schedule:Daily of all");
    assertThat(report.get("as_of").stringValue()).isEqualTo(last.get("due").stringValue());
  }

  @Test
  void sendAMessageAgainThatWasNotTaken() throws Exception {
    receiver.answers(Receiver.Reply.of(400, "no"));
    String id =
        entered("Summary", "\"what\": \"summary\", \"windows\": [\"2023-01\"], " + toChannel());
    JsonNode ran = run(id, "sent");
    String delivery = awaitDelivery(id, "dead").at("/last/delivery").stringValue();
    assertThat(ran.at("/last/detail").stringValue())
        .isEqualTo("Uptime of all stores, January 2023");

    receiver.answers(Receiver.Reply.of(200, "ok"));
    int before = receiver.got().size();
    assertThat(send("POST", "/api/v1/deliveries/" + delivery + "/resend", "").statusCode())
        .isEqualTo(202);
    var _ = awaitDelivery(id, "delivered");
    JsonNode document = JSON.readTree(receiver.got().get(before).body()).at("/data/document");
    assertThat(document.get("type").stringValue()).isEqualTo("application/pdf");
    byte[] page = Base64.getDecoder().decode(document.get("base64").stringValue());
    try (PDDocument pdf = Loader.loadPDF(page)) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("all stores")
          .contains("January 2023");
    }
  }

  @Test
  void writeToAFolder() throws Exception {
    String id =
        entered(
            "To disk", "\"what\": \"summary\", \"windows\": [\"2023-01\"], \"folder\": \"a/b\"");
    JsonNode last = run(id, "written").get("last");

    Path file = Path.of(last.get("detail").stringValue());
    assertThat(file).startsWith(folder.resolve("a/b")).exists();
    assertThat(Files.readAllBytes(file)).startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
    try (Stream<Path> all = Files.list(folder.resolve("a/b"))) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void neverWriteOutsideOfTheFolder() throws Exception {
    for (String wrong : List.of("..", "../x", "a/../../x", "/etc", ".hidden", "a//b", "")) {
      HttpResponse<String> answer =
          enter("Outside", "\"what\": \"summary\", \"folder\": \"%s\"".formatted(wrong));
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
    }
    Path elsewhere = Files.createDirectories(path.resolve("elsewhere"));
    Files.createDirectories(folder);
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    String id =
        entered(
            "By a link",
            "\"what\": \"summary\", \"windows\": [\"2023-01\"], \"folder\": \"link/in\"");
    assertThat(run(id, "failed").at("/last/detail").stringValue()).contains("lies outside of");
    try (Stream<Path> all = Files.list(elsewhere)) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void makeTheNewestThatWasMissedAndNoOther() throws Exception {
    String id = entered("Missed", "\"what\": \"report\", " + toChannel());
    Instant newest = newest();
    int before = receiver.got().size();
    dueSince(id, newest.minusSeconds(20 * 86_400));

    JsonNode schedule = awaitDelivery(id, "delivered");
    assertThat(schedule.at("/last/due").stringValue()).isEqualTo(newest.toString());
    assertThat(Instant.parse(schedule.get("next").stringValue())).isAfter(Instant.now());
    assertThat(receiver.got()).hasSize(before + 1);
  }

  /** Returns the last 06:00 of Berlin. */
  private static Instant newest() {
    LocalTimes times = LocalTimes.parse("day", null, "06:00", "Europe/Berlin");
    long now = Micros.of(Instant.now());
    return Micros.toInstant(times.last(times.next(now - 3 * Micros.DAY), now));
  }

  @Test
  void areMadeByOneOfSeveral() throws Exception {
    List<ScheduleQueue> others = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        ScheduleQueue other =
            new ScheduleQueue(
                server.bean(Database.class),
                new Maker(
                    server.bean(ReportQueue.class),
                    server.bean(Reports.class),
                    server.bean(Stores.class),
                    server.bean(Summaries.class)),
                server.bean(Deliveries.class),
                new ScheduleSettings(null, null),
                Clock.systemUTC());
        other.start();
        others.add(other);
      }
      int before = receiver.got().size();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String id = entered("Raced " + i, "\"what\": \"report\", " + toChannel());
        ids.add(id);
        dueSince(id, Instant.now().minusSeconds(1));
        others.forEach(ScheduleQueue::wake);
      }
      for (String id : ids) {
        var _ = awaitDelivery(id, "delivered");
      }
      assertThat(receiver.got()).hasSize(before + 5);
    } finally {
      others.forEach(ScheduleQueue::close);
    }
  }

  @Test
  void sayWhyNothingWasMade() throws Exception {
    String id = entered("Nowhere", "\"what\": \"report\", \"tags\": [\"nowhere\"], " + toChannel());
    JsonNode schedule = run(id, "failed");
    assertThat(schedule.at("/last/detail").stringValue())
        .contains("there is no store with the tag nowhere");
    assertThat(Instant.parse(schedule.get("next").stringValue())).isAfter(Instant.now());
  }

  @Test
  void areRefusedWhenSomethingIsWrong() throws Exception {
    String slack = channel("chat", "ntfy", "\"topic\": \"stores\"");
    for (String wrong :
        List.of(
            "\"what\": \"report\"",
            "\"what\": \"report\", \"folder\": \"a\", " + toChannel(),
            "\"what\": \"picture\", " + toChannel(),
            toChannel(),
            "\"what\": \"report\", \"windows\": [\"soon\"], " + toChannel(),
            "\"what\": \"report\", \"format\": \"pdf\", " + toChannel(),
            "\"what\": \"summary\", \"format\": \"csv\", " + toChannel(),
            "\"what\": \"summary\", \"windows\": [\"P1D\", \"P7D\"], " + toChannel(),
            "\"what\": \"summary\", \"stores\": [\"42\", \"x\"], " + toChannel(),
            "\"what\": \"report\", \"channel\": \"nobody\"",
            "\"what\": \"report\", \"channel\": \"%s\"".formatted(slack))) {
      HttpResponse<String> answer = enter("Wrong", wrong);
      assertThat(answer.statusCode()).as(wrong + answer.body()).isEqualTo(400);
    }
    String _ = entered("Twice", "\"what\": \"report\", " + toChannel());
    assertThat(enter("Twice", "\"what\": \"report\", " + toChannel()).statusCode()).isEqualTo(400);
    assertThat(json(server.get(SCHEDULES)).get("schedules")).hasSize(1);
  }

  @Test
  void areListedAndDeletedAndTheTrailTells() throws Exception {
    String id =
        entered("Weekly", "\"what\": \"report\", \"group_by\": [\"region\"], " + toChannel());
    JsonNode shown = json(server.get(SCHEDULES)).get("schedules").get(0);
    assertThat(shown.get("id").stringValue()).isEqualTo(id);
    assertThat(shown.get("windows").toString()).isEqualTo("[\"PT1H\",\"P1D\",\"P7D\"]");
    assertThat(shown.get("last").isNull()).isTrue();
    Instant next = Instant.parse(shown.get("next").stringValue());
    assertThat(next).isAfter(Instant.now());

    assertThat(send("DELETE", SCHEDULES + "/" + id, "").statusCode()).isEqualTo(204);
    assertThat(send("DELETE", SCHEDULES + "/" + id, "").statusCode()).isEqualTo(404);
    assertThat(send("POST", SCHEDULES + "/" + id + "/run", "").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/audit").body())
        .contains("report-schedule.enter", "report-schedule.delete");
  }

  @Test
  void areDueForTheNewestTimeOrForWhoeverAsks() {
    LocalTimes daily = LocalTimes.parse("day", null, "06:00", "UTC");
    Instant first = LocalDate.of(2026, 3, 1).atTime(LocalTime.of(6, 0)).toInstant(ZoneOffset.UTC);
    long next = Micros.of(first);

    assertThat(due(daily, next, null, next)).isEqualTo(next);
    assertThat(due(daily, next, null, next + 3 * Micros.DAY + 5)).isEqualTo(next + 3 * Micros.DAY);
    // Somebody asks in between: it is for then, and not for a time that has not come.
    assertThat(due(daily, next, next - Micros.HOUR, next - Micros.HOUR + 5))
        .isEqualTo(next - Micros.HOUR);
    // What is tried again stays for its time, until the next one has come.
    assertThat(due(daily, next, next, next + Micros.HOUR)).isEqualTo(next);
    assertThat(due(daily, next, next, next + Micros.DAY + 5)).isEqualTo(next + Micros.DAY);
  }

  private static long due(LocalTimes times, long next, @Nullable Long asked, long now) {
    Wanted wanted = new Wanted(false, List.of("P1D"), null, List.of(), List.of(), "csv");
    return ScheduleQueue.due(
        new ReportSchedule(
            "id", "name", times, wanted, null, "folder", 0, null, next, asked, 0, null),
        now);
  }
}
