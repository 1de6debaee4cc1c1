package dev.storewatch;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.database.Database;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk is full for a while, without any limit that would have kept some free. */
@Tag("long")
final class FullDiskTest {
  private static final String POLLS = "/api/v1/polls";
  private static final String READINESS = "/actuator/health/readiness";
  private static final String LINES = "application/x-ndjson";

  @SuppressWarnings("NullAway.Init") // it is mounted before every test
  private SmallDisk disk;

  @SuppressWarnings("NullAway.Init") // it is started before every test
  private TestServer server;

  private long pushed;

  @BeforeEach
  void start(@TempDir Path path) throws Exception {
    disk = SmallDisk.mount(path.resolve("disk"), 32);
    server = TestServer.startWith(disk.path(), "storewatch.limits.free-disk-bytes: 0MB");
    pushed = polls();
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private long polls() {
    return server
        .bean(Database.class)
        .jdbc()
        .sql("SELECT count(*) FROM poll")
        .query(Long.class)
        .single();
  }

  /** Pushes polls that are new: some thousand of one store. */
  private HttpResponse<String> push(int batch, int polls) throws Exception {
    String body =
        IntStream.range(0, polls)
            .mapToObj(
                poll ->
                    "{\"store_id\":\"store %d\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-%02dT%02d:%02d:%02dZ\"}"
                        .formatted(
                            batch, 1 + poll / 86_400, poll / 3_600 % 24, poll / 60 % 60, poll % 60))
            .collect(Collectors.joining("\n"));
    HttpResponse<String> answer = server.post(POLLS, body, LINES);
    if (answer.statusCode() == 200) {
      pushed += polls;
    }
    return answer;
  }

  /**
   * Asks for reports until the answer is that there is no room, and returns how many were accepted:
   * the last page of a file may have room for the rows of some.
   */
  private int acceptedReports() throws Exception {
    for (int accepted = 0; accepted < 100; accepted++) {
      HttpResponse<String> answer = server.post("/api/v1/reports");
      if (answer.statusCode() != 202) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
        return accepted;
      }
    }
    throw new AssertionError("a full disk takes any number of reports");
  }

  private int readiness() throws Exception {
    return server.get(READINESS).statusCode();
  }

  @Test
  void storesNothingWhileItIsFullAndEverythingAfterwards() throws Exception {
    disk.fillUpTo(0);

    for (int i = 0; i < 10; i++) {
      HttpResponse<String> answer = push(i, 1_000);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
      assertThat(answer.body()).contains("nothing of this was stored");
    }
    assertThat(readiness()).isEqualTo(503);
    assertThat(server.get("/api/v1/stores").statusCode()).isEqualTo(200);
    int accepted = acceptedReports();
    assertThat(polls()).isEqualTo(pushed);

    disk.empty();
    assertThat(json(server.get("/api/v1/reports?limit=1000")).get("reports")).hasSize(accepted);
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> answer = push(i, 1_000);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    assertThat(readiness()).isEqualTo(200);
    assertThat(polls()).isEqualTo(pushed);
  }

  @Test
  void isOpenedAnewWhenItGotFullInTheMiddleOfTidyingUp() throws Exception {
    int _ = server.bean(Database.class).jdbc().sql("SET checkpoint_threshold = '256KB'").update();
    disk.fillUpTo(3 << 20);
    HttpResponse<String> answer = push(0, 9_000);
    for (int i = 1; i < 200 && answer.statusCode() == 200; i++) {
      answer = push(i, 9_000);
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
    disk.fillUpTo(0);
    // What the server writes by itself may have had room before the disk was full to the end.
    assertThat(push(2_000, 9_000).statusCode()).isIn(503, 507);
    assertThat(readiness()).isEqualTo(503);

    disk.empty();
    Eventually.until("readiness", () -> readiness() == 200);
    Eventually.until("a push", () -> push(1_000, 1_000).statusCode() == 200);

    assertThat(polls()).isEqualTo(pushed);
    assertThat(push(1_001, 9_000).statusCode()).isEqualTo(200);
    assertThat(polls()).isEqualTo(pushed);
  }
}
