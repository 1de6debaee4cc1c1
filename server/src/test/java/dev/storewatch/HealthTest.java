package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.hours.ZoneTable;
import dev.storewatch.metrics.Inquiry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** What the server says of its health. */
final class HealthTest {
  private static final String LIVENESS = "/actuator/health/liveness";
  private static final String READINESS = "/actuator/health/readiness";
  private static final String ALL = "/actuator/health";

  @TempDir private Path path;

  /** A database that hangs from when it is told to until it is let go. */
  static final class Hanging {
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Bean
    @Primary
    Inquiry<Duration> slowRoundTrip() {
      return new Inquiry<>("hanging-database", Duration.ofMillis(300), this::pass);
    }

    private Duration pass() {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Duration.ofMillis(1);
    }
  }

  @Test
  void tellsWhatTheProgramIsToThoseWhoMayRead() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      assertThat(server.get("/actuator/info").body())
          .isEqualTo(
              "{\"version\":\"(not packaged)\",\"zone_rules\":\"%s\"}"
                  .formatted(ZoneTable.inUse().version()));
      String limited = server.key("viewer", "region:west");

      assertThat(server.get("/actuator/info").statusCode()).isEqualTo(401);
      assertThat(server.get("/actuator/info", "X-API-Key", limited).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void isGoodOnceTheServerAnswers() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      for (String health : new String[] {ALL, LIVENESS, READINESS}) {
        assertThat(status(server, health)).as(health).isEqualTo("200 UP");
      }
      assertThat(components(server, LIVENESS)).containsExactly("livenessState");
      assertThat(components(server, READINESS))
          .containsExactlyInAnyOrder("readinessState", "database", "room");
    }
  }

  @Test
  void isOpenToStrangers() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      String key = server.key("viewer");

      assertThat(server.get("/api/v1/me").statusCode()).isEqualTo(401);
      assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(200);
      for (String health : new String[] {ALL, LIVENESS, READINESS, ALL + "/database"}) {
        assertThat(server.get(health).statusCode()).as(health).isEqualTo(200);
      }
    }
  }

  @Test
  void isNotReadyButAliveWhenTheDatabaseFails() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      server.loseDatabase();

      assertThat(status(server, READINESS)).isEqualTo("503 DOWN");
      assertThat(status(server, ALL)).isEqualTo("503 DOWN");
      assertThat(status(server, LIVENESS)).isEqualTo("200 UP");
    }
  }

  @Test
  void isToldInTimeWhileTheDatabaseHangsAndAgainWhenItAnswers() throws Exception {
    try (TestServer server = TestServer.startWith(path, Hanging.class)) {
      Hanging database = server.bean(Hanging.class);
      database.gate = new CountDownLatch(1);
      assertThat(status(server, READINESS)).isEqualTo("503 DOWN");

      long begin = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(status(server, READINESS)).isEqualTo("503 DOWN");
        assertThat(status(server, LIVENESS)).isEqualTo("200 UP");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));

      database.gate.countDown();
      Eventually.until("readiness", () -> status(server, READINESS).equals("200 UP"));
    }
  }

  @Test
  void isNotReadyWhileTheServerRefusesRequestsOrIsBroken() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      server.becomes(ReadinessState.REFUSING_TRAFFIC);
      assertThat(status(server, READINESS)).isEqualTo("503 OUT_OF_SERVICE");
      assertThat(status(server, LIVENESS)).isEqualTo("200 UP");

      server.becomes(LivenessState.BROKEN);
      assertThat(status(server, LIVENESS)).isEqualTo("503 DOWN");
    }
  }

  /** Looks at the health when the server has begun to shut down and still answers. */
  static final class LastLook implements SmartLifecycle {
    private final Environment environment;
    private volatile String seen = "";
    private volatile boolean running;

    LastLook(Environment environment) {
      this.environment = environment;
    }

    @Override
    public void start() {
      running = true;
    }

    @Override
    public void stop() {
      running = false;
      String port = environment.getRequiredProperty("local.server.port");
      try (HttpClient client = HttpClient.newHttpClient()) {
        URI address = URI.create("http://127.0.0.1:" + port + READINESS);
        seen = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
      } catch (IOException | InterruptedException e) {
        seen = e.toString();
      }
    }

    @Override
    public boolean isRunning() {
      return running;
    }
  }

  @Test
  void isNotReadyOnceTheServerIsBeingShutDown() throws Exception {
    LastLook last;
    try (TestServer server = TestServer.startWith(path, LastLook.class)) {
      last = server.bean(LastLook.class);
      assertThat(status(server, READINESS)).isEqualTo("200 UP");
    }

    assertThat(last.seen).contains("\"status\":\"OUT_OF_SERVICE\"");
  }

  private static String status(TestServer server, String path) throws Exception {
    HttpResponse<String> answer = server.get(path);
    return answer.statusCode() + " " + TestServer.json(answer).get("status").stringValue();
  }

  private static Collection<String> components(TestServer server, String path) throws Exception {
    return TestServer.json(server.get(path)).get("components").propertyNames();
  }
}
