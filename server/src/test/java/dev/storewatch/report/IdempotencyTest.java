package dev.storewatch.report;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import dev.storewatch.database.Database;
import dev.storewatch.http.Caller;
import dev.storewatch.store.Scope;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends requests for reports several times. */
@AnyDatabase
final class IdempotencyTest {
  private static final String REPORTS = "/api/v1/reports";
  private static final Caller ANN = new Caller("user:ann", "127.0.0.1");
  private static final Caller BOB = new Caller("user:bob", "127.0.0.1");

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> ask(String key, String body) throws Exception {
    return server.send(
        "POST", REPORTS, body, "Idempotency-Key", key, "Content-Type", "application/json");
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).get("id").stringValue();
  }

  @Test
  void givesTheSameReportForTheSameKeyAndOrder() throws Exception {
    HttpResponse<String> first = ask("a key", "{\"rule\":\"nearest\"}");
    String id = id(first);
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();

    HttpResponse<String> again = ask("a key", "");
    assertThat(id(again)).isEqualTo(id);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(again.headers().firstValue("Location")).contains(REPORTS + "/" + id);

    server.awaitEnd(id);
    HttpResponse<String> later = ask("a key", "{}");
    assertThat(id(later)).isEqualTo(id);
    assertThat(json(later).get("state").stringValue()).isEqualTo("complete");
    assertThat(id(ask("another key", "{}"))).isNotEqualTo(id);
  }

  @Test
  void refusesTheSameKeyWithAnotherOrder() throws Exception {
    id(ask("k-422", "{\"stores\":[\"42\"]}"));

    HttpResponse<String> other = ask("k-422", "{\"stores\":[\"42\",\"never polled\"]}");

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(other).get("detail").stringValue())
        .isEqualTo(
            "another report was asked for with the key 'k-422' before: choose a new key for each"
                + " report, for example a UUID");
    assertThat(ask("k-422", "{\"stores\":[\"42\"],\"as_of\":\"now\"}").statusCode()).isEqualTo(422);
    assertThat(ask("k-422", "{\"stores\":[\"unknown\"]}").statusCode()).isEqualTo(422);
  }

  @Test
  void makesANewReportWhenTheOldOneWasDeleted() throws Exception {
    String id = id(ask("k-deleted", "{}"));
    assertThat(server.send("DELETE", REPORTS + "/" + id, "").statusCode()).isEqualTo(204);

    HttpResponse<String> again = ask("k-deleted", "{\"rule\":\"ratio\"}");

    assertThat(id(again)).isNotEqualTo(id);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void forgetsAKeyAfterADay() throws Exception {
    String id = id(ask("k-old", "{}"));
    server.awaitEnd(id);
    age(id, 24 * 3600 - 60);
    assertThat(id(ask("k-old", "{}"))).isEqualTo(id);

    age(id, 120);

    assertThat(id(ask("k-old", "{}"))).isNotEqualTo(id);
  }

  private static void age(String id, long seconds) {
    int changed =
        server
            .bean(Database.class)
            .jdbc()
            .sql("UPDATE report SET asked_at = asked_at - ? WHERE id = ?")
            .params(seconds * 1_000_000, id)
            .update();
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void makesOneReportOfRequestsThatComeAtOnce() throws Exception {
    List<String> ids = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> request = () -> ask("k-at-once", "{}");
      List<Future<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sent.add(threads.submit(request));
      }
      for (Future<HttpResponse<String>> answer : sent) {
        ids.add(id(answer.get()));
      }
    }

    assertThat(ids).hasSize(50).containsOnly(ids.getFirst());
    int reports =
        server
            .bean(Database.class)
            .jdbc()
            .sql("SELECT count(*) FROM report WHERE idempotency_key = 'k-at-once'")
            .query(Integer.class)
            .single();
    assertThat(reports).isEqualTo(1);
  }

  @Test
  void keepsTheKeysOfCallersApart() {
    ReportQueue queue = server.bean(ReportQueue.class);
    ReportRequest request = ReportRequest.standard(Scope.EVERYTHING);
    IdempotencyKey key = new IdempotencyKey("shared");

    ReportQueue.Accepted ofAnn = queue.submit(request, ANN, key);
    ReportQueue.Accepted ofBob = queue.submit(request, BOB, key);

    assertThat(ofBob.again()).isFalse();
    assertThat(ofBob.report().id()).isNotEqualTo(ofAnn.report().id());
    assertThat(queue.submit(request, ANN, key).report().id()).isEqualTo(ofAnn.report().id());
    ReportRequest narrower = ReportRequest.standard(Scope.of(List.of("west")));
    assertThatThrownBy(() -> queue.submit(narrower, ANN, key))
        .isInstanceOf(ReportQueue.KeyTaken.class);
  }

  @Test
  void tellsOrdersApartWhoseStoresReadAlike() {
    ReportRequest request = ReportRequest.standard(Scope.EVERYTHING);

    assertThat(request.on(List.of("a", "b")).fingerprint())
        .isNotEqualTo(request.on(List.of("a, b")).fingerprint())
        .isNotEqualTo(request.on(List.of("a\",\"b")).fingerprint())
        .isEqualTo(ReportRequest.standard(Scope.EVERYTHING).on(List.of("a", "b")).fingerprint());
  }

  @Test
  void neverSharesAReportThatWasAskedForWithoutAKey() throws Exception {
    assertThat(id(server.post(REPORTS))).isNotEqualTo(id(server.post(REPORTS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "tab\there"})
  void refusesAKeyThatIsNone(String key) throws Exception {
    HttpResponse<String> answer = ask(key, "{}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).get("detail").stringValue())
        .contains("send 1 to 255 printable ASCII characters, for example");
  }

  @Test
  void takesAKeyOf255Characters() throws Exception {
    assertThat(ask("x".repeat(255), "{}").statusCode()).isEqualTo(202);
    assertThat(ask("x".repeat(256), "{}").statusCode()).isEqualTo(400);
  }
}
