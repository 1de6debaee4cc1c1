package dev.storewatch.report;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import dev.storewatch.database.Database;
import dev.storewatch.work.Job;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of reports: computed, given up, failed and deleted. */
@AnyDatabase
final class ReportLifeTest {
  private static final String REPORTS = "/api/v1/reports";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void open() {
    server.polls().open();
  }

  private static String ask() throws Exception {
    HttpResponse<String> answer = server.post(REPORTS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).get("id").stringValue();
  }

  private static JsonNode report(String id) throws Exception {
    return json(server.get(REPORTS + "/" + id));
  }

  private static void awaitComplete(String id) throws Exception {
    assertThat(server.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
  }

  /** Asks for reports until one waits. */
  private static List<String> askUntilOneWaits() throws Exception {
    server.polls().shut();
    List<String> asked = new ArrayList<>(List.of(ask(), ask()));
    for (String id : asked) {
      Eventually.until(
          "report " + id + " runs", () -> report(id).get("state").stringValue().equals("running"));
    }
    asked.add(ask());
    assertThat(report(asked.getLast()).get("state").stringValue()).isEqualTo("queued");
    return asked;
  }

  private static void delete(String id) throws Exception {
    assertThat(server.send("DELETE", REPORTS + "/" + id, "").statusCode()).isEqualTo(204);
    assertThat(server.get(REPORTS + "/" + id).statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", REPORTS + "/" + id, "").statusCode()).isEqualTo(404);
  }

  private static int blocks(int number) {
    return server
        .bean(Database.class)
        .jdbc()
        .sql("SELECT count(*) FROM report_block WHERE report_number = ?")
        .params(number)
        .query(Integer.class)
        .single();
  }

  @Test
  void givesUpWhatWaitsAndWhatRuns() throws Exception {
    List<String> asked = askUntilOneWaits();
    int running = report(asked.getFirst()).get("number").intValue();
    int queued = report(asked.getLast()).get("number").intValue();

    delete(asked.getLast());
    delete(asked.getFirst());
    server.polls().open();
    awaitComplete(asked.get(1));
    awaitComplete(ask());

    assertThat(server.get(REPORTS + "/" + asked.getFirst()).statusCode()).isEqualTo(404);
    assertThat(blocks(running)).isZero();
    assertThat(blocks(queued)).isZero();
  }

  @Test
  void deletesTheRowsOfACompleteReport() throws Exception {
    String id = ask();
    awaitComplete(id);
    int number = report(id).get("number").intValue();
    assertThat(blocks(number)).isOne();

    delete(id);

    assertThat(blocks(number)).isZero();
    assertThat(server.get("/get_report/" + id).statusCode()).isEqualTo(404);
    assertThat(server.get("/store/download_report/" + number).statusCode()).isEqualTo(404);
  }

  @Test
  void deletesWhatEndedLongAgoAlone() throws Exception {
    List<String> old = List.of(ask(), server.addFailedReport("long ago"));
    String young = ask();
    awaitComplete(old.getFirst());
    awaitComplete(young);
    age(old.getFirst(), 31);
    age(old.getLast(), 31);
    age(young, 29);
    int number = report(old.getFirst()).get("number").intValue();

    server.bean("reportRetention", Job.class).work().run();

    for (String id : old) {
      assertThat(server.get(REPORTS + "/" + id).statusCode()).isEqualTo(404);
    }
    assertThat(blocks(number)).isZero();
    assertThat(server.get(REPORTS + "/" + young + ".csv").body()).isEqualTo(TestServer.CSV);
  }

  private static void age(String id, int days) {
    int changed =
        server
            .bean(Database.class)
            .jdbc()
            .sql("UPDATE report SET ended_at = ended_at - ? WHERE id = ?")
            .params(days * 86_400_000_000L, id)
            .update();
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void tellsInEveryDialectThatAReportFailed() throws Exception {
    String id = server.addFailedReport("the disk is \"full\"");
    int number = report(id).get("number").intValue();
    String failed = "{\"status\":\"Failed\",\"error\":\"the disk is \\\"full\\\"\"}";

    HttpResponse<String> ofA = server.get("/api/get_report/" + id + "/");
    assertThat(ofA.statusCode()).isEqualTo(404);
    assertThat(ofA.body())
        .isEqualTo("{\"error\":\"Report not found\",\"detail\":\"Report not found\"}");
    HttpResponse<String> ofE = server.get("/get_report/" + id, "Accept", "text/csv");
    assertThat(ofE.headers().firstValue("X-Report-Status")).contains("Failed");
    for (HttpResponse<String> answer :
        List.of(
            server.get("/get_report?report_id=" + id),
            server.post("/store/get_report/", "{\"report_id\":" + number + "}", "text/plain"),
            server.get("/get_report/" + id),
            ofE)) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.body()).isEqualTo(failed);
    }
    for (String file :
        List.of(
            "/reports/" + id + ".csv",
            "/download_report/" + id,
            "/store/download_report/" + number)) {
      assertThat(server.get(file).statusCode()).as(file).isEqualTo(404);
    }
  }

  @Tag("long")
  @Test
  void takesTwoHundredRequestsThatComeAtOnce() throws Exception {
    List<String> ids = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> asked = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        asked.add(clients.submit(ReportLifeTest::ask));
      }
      for (Future<String> id : asked) {
        ids.add(id.get());
      }
    }

    assertThat(ids).doesNotHaveDuplicates();
    for (String id : ids) {
      awaitComplete(id);
    }
    assertThat(server.get(REPORTS + "/" + ids.getLast() + ".csv").body()).isEqualTo(TestServer.CSV);
  }
}
