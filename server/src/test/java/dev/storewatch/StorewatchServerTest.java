package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.http.Caller;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.ReportRequest;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorewatchServerTest {
  @TempDir private Path path;

  @Test
  void announcesWhereItAnswersWhileItDoes() throws Exception {
    DataFolder folder = DataFolder.take(path, "serve");
    try (TestServer server = TestServer.start(folder)) {
      assertThat(holderUrl()).isEqualTo(server.url());
      HttpResponse<String> health = server.get("/actuator/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(TestServer.json(health).at("/components/database/status").stringValue())
          .isEqualTo("UP");
    }

    try (DataFolder again = DataFolder.take(path, "report")) {
      assertThat(again.path()).isEqualTo(path);
      assertThat(holderUrl()).isNull();
    }
  }

  private @Nullable String holderUrl() {
    try (DataFolder unexpected = DataFolder.take(path, "test")) {
      throw new AssertionError("nobody holds " + unexpected.path());
    } catch (DataFolder.InUse e) {
      return e.holder().url();
    }
  }

  @Test
  void isUnhealthyWhenTheDatabaseDoesNotAnswer() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      server.loseDatabase();

      HttpResponse<String> health = server.get("/actuator/health");

      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(TestServer.json(health).at("/components/database/status").stringValue())
          .isEqualTo("DOWN");
    }
  }

  @Test
  void finishesAfterARestartWhatWasAskedBefore() throws Exception {
    String id;
    try (TestServer server = TestServer.start(path)) {
      server.bean(ReportQueue.class).close();
      id =
          server
              .bean(ReportQueue.class)
              .submit(ReportRequest.standard(Scope.EVERYTHING), new Caller("test", "127.0.0.1"))
              .id();
    }

    try (TestServer server = TestServer.start(DataFolder.take(path, "serve"))) {
      assertThat(server.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
      assertThat(server.get("/download_report/" + id).body()).isEqualTo(TestServer.CSV);
    }
  }

  @Test
  void saysInOneSentenceThatThePortIsInUse() throws Exception {
    try (DataFolder folder = DataFolder.take(path, "serve");
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StorewatchServer.Settings settings =
          new StorewatchServer.Settings("127.0.0.1", other.getLocalPort(), false);

      assertThatThrownBy(() -> StorewatchServer.start(folder, settings))
          .isInstanceOf(StorewatchServer.PortInUse.class)
          .hasMessage(
              "port %d of 127.0.0.1 is in use: stop the program that listens there, or choose"
                  + " another port with --port",
              other.getLocalPort());
      Database.open(folder).close();
    }
  }

  @Test
  void answersWhatIsNotHttpWithAProblemToo() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      assertThat(raw(server, "GET /a|b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400")
          .contains("Content-Type: application/problem+json")
          .contains("\"status\":400")
          .doesNotContain("<html");
    }
  }

  private static String raw(TestServer server, String request) throws IOException {
    int port = Integer.parseInt(server.url().substring(server.url().lastIndexOf(':') + 1));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
