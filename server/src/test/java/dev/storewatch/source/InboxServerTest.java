package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import dev.storewatch.database.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The watched folder of a server, with the real queue of imports. */
@AnyDatabase
final class InboxServerTest {
  private static final String ZONES = "store_id,timezone_str\n42,America/Denver\n";
  private static final String TAKEN =
      "20261101T000000Z-11111111-2222-4333-8444-555555555555-zones.csv";

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void importsWhatIsMovedIn(@TempDir Path path) throws Exception {
    String yaml =
        """
        storewatch.inbox:
          folder: %s
          settled: 1s
          reading:
            columns: store_id=Shop
        """
            .formatted(path.resolve("from-the-chain"));
    try (TestServer server = TestServer.startWith(path, yaml)) {
      Path inbox = path.resolve("from-the-chain");
      Path part = Files.writeString(inbox.resolve("z.part"), ZONES.replace("store_id", "Shop"));
      Files.move(part, inbox.resolve("zones.csv"));
      Eventually.until("the end of the file", () -> names(inbox.resolve("done")).size() == 2);

      JsonNode run = TestServer.json(server.get("/api/v1/imports")).at("/imports/0");
      assertThat(run.get("source").stringValue()).isEqualTo("inbox/zones.csv");
      assertThat(run.get("state").stringValue()).isEqualTo("complete");
      assertThat(run.get("added").asLong()).isEqualTo(1);
      assertThat(server.get("/actuator/prometheus").body())
          .contains("storewatch_inbox_files_total{outcome=\"done\"} 1.0")
          .contains("storewatch_inbox_waiting 0.0");
    }
  }

  /** The queue keeps options alone, so what is advised must not hang on them. */
  @Test
  void advisesSettingsOfTheFolderInRejects(@TempDir Path path) throws Exception {
    try (TestServer server = TestServer.startWith(path, "storewatch.inbox.settled: 1s")) {
      Path inbox = path.resolve("data").resolve("inbox");
      Path part =
          Files.writeString(
              inbox.resolve("z.part"),
              """
              store_id,status,timestamp_utc
              42,perhaps,2023-01-25T11:30:00Z
              42,active,1674646200
              """);
      Files.move(part, inbox.resolve("polls.csv"));
      Eventually.until("the end of the file", () -> names(inbox.resolve("done")).size() == 2);
      String id = TestServer.json(server.get("/api/v1/imports")).at("/imports/0/id").stringValue();
      assertThat(server.get("/api/v1/imports/%s/rejects".formatted(id)).body())
          .contains("the setting storewatch.inbox.reading.statuses: active=OK")
          .contains("the setting storewatch.inbox.reading.time: epoch-seconds")
          .doesNotContain("--");
    }
  }

  @Test
  void goesOnWhereTheServerEnded(@TempDir Path path) throws Exception {
    Path inbox = path.resolve("inbox");
    Files.createDirectories(inbox.resolve(".taken"));
    Files.writeString(inbox.resolve(".taken").resolve(TAKEN), ZONES);
    try (TestServer server = TestServer.start(path)) {
      Eventually.until("the end of the file", () -> names(inbox.resolve("done")).size() == 2);
      assertThat(names(inbox.resolve("done")))
          .first()
          .isEqualTo("20261101T000000Z-11111111-zones.csv");
      assertThat(server.get("/api/v1/imports/11111111-2222-4333-8444-555555555555").statusCode())
          .isEqualTo(200);
    }
    // As if the server had ended before the last step.
    Files.writeString(inbox.resolve(".taken").resolve(TAKEN), ZONES);
    try (TestServer server = TestServer.start(DataFolder.take(path, "serve"))) {
      Eventually.until("the end of the file", () -> names(inbox.resolve(".taken")).isEmpty());
      assertThat(TestServer.json(server.get("/api/v1/imports")).get("imports")).hasSize(1);
    }
  }
}
