package dev.storewatch.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database whose connections hang, as they do when the network between drops what is sent. */
@Tag("long")
final class HangingDatabaseTest {
  private static final String LIVENESS = "/actuator/health/liveness";
  private static final String READINESS = "/actuator/health/readiness";

  /** Far less than what the connections themselves wait, on a machine with much else to do. */
  private static final Duration IN_TIME = Duration.ofSeconds(8);

  @Test
  void isToldInTimeByTheHealth(@TempDir Path folder) throws Exception {
    try (PostgresServer postgres = new PostgresServer(folder.resolve("postgres"));
        TcpProxy way = new TcpProxy(postgres.port());
        ServerProcess server =
            new ServerProcess(folder.resolve("data"), PostgresServer.url(way.port(), "postgres"))) {
      awaitReady(server);

      way.freeze();
      for (int i = 0; i < 5; i++) {
        assertThat(statusInTime(server, READINESS)).isEqualTo(503);
        assertThat(statusInTime(server, LIVENESS)).isEqualTo(200);
      }

      way.thaw();
      awaitReady(server);
    }
  }

  private static void awaitReady(ServerProcess server) {
    Eventually.until("readiness", () -> server.get(READINESS).statusCode() == 200);
  }

  private static int statusInTime(ServerProcess server, String path) throws Exception {
    long begin = System.nanoTime();
    int status = server.get(path).statusCode();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(path).isLessThan(IN_TIME);
    return status;
  }
}
