package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a data folder that a server holds, whose keys and people count at once. */
final class RemoteAccessTest extends AccessContract {
  @TempDir private static Path path;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  Path folder() {
    return path;
  }

  @Override
  void writeAll() {
    server.writeAllIntoFiles();
  }

  @Override
  int refused() {
    return 1;
  }

  @Test
  void countAtOnce() throws Exception {
    String key = done("", "add-key", "--name", "at once", "--role", "viewer").strip();
    assertThat(server.get("/api/v1/me", "X-API-Key", key).body()).contains("key:at once");

    String id = key.split("_", 3)[1];
    assertThat(done("", "revoke-key", id)).contains(id);

    assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(401);
    assertThat(done("", "audit", "--limit", "1")).contains("command-line from 127.0.0.1");
  }
}
