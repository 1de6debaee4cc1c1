package dev.storewatch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.session.ManagerBase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/** Those who try to make the server keep more and more sessions. */
@Tag("long")
final class StrangersTest {
  @ParameterizedTest
  @CsvSource({
    "/sign-in, Accept, text/html",
    "/sign-in, X-API-Key, x",
    "/api/v1/reports, Cookie, storewatch=made-up",
  })
  void areSlowedDown(String call, String header, String value, @TempDir Path path)
      throws Exception {
    try (TestServer server = TestServer.start(path)) {
      String key = server.key("viewer");
      HttpResponse<String> answer = server.send("POST", call, "", header, value);
      for (int i = 0; i < 2_000 && answer.statusCode() != 429; i++) {
        answer = server.send("POST", call, "", header, value);
      }

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(200);
    }
  }

  /** The context of the server, by which its sessions are found. */
  record Inside(ApplicationContext context) {
    ManagerBase sessions() {
      TomcatWebServer web =
          (TomcatWebServer) ((WebServerApplicationContext) context).getWebServer();
      Context first = (Context) Objects.requireNonNull(web).getTomcat().getHost().findChildren()[0];
      return (ManagerBase) first.getManager();
    }
  }

  @Test
  void beginNoMoreSessionsThanThereMayBe(@TempDir Path path) throws Exception {
    try (TestServer server = TestServer.startWith(path, Inside.class)) {
      String key = server.key("viewer");
      ManagerBase sessions = server.bean(Inside.class).sessions();
      assertThat(sessions.getMaxActiveSessions()).isEqualTo(100_000);
      sessions.setMaxActiveSessions(1);
      assertThat(server.get("/sign-in").statusCode()).isEqualTo(200);

      HttpResponse<String> answer = server.get("/sign-in");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(200);
    }
  }
}
