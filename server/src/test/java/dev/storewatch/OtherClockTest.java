package dev.storewatch;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storewatch.database.Database;
import dev.storewatch.signin.Browser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A server whose machine has another time than the database, as those of several servers have among
 * each other: the time of the database counts alone.
 */
final class OtherClockTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String ME = "/api/v1/me";

  @ParameterizedTest
  @ValueSource(strings = {"P2D", "-P2D"})
  void doesNotMatter(Duration ahead, @TempDir Path path) throws Exception {
    try (TestDatabase database = TestDatabase.withTables()) {
      database.setClockAhead(ahead);
      try (TestServer server = TestServer.startOn(database, path, "")) {
        staysSignedIn(server);
        signsOutWhoDoesNothing(server);
        reports(server, ahead);
        keysHoldAsLongAsTheyShould(server);
      }
    }
  }

  private static Browser signedIn(TestServer server) throws Exception {
    Browser browser = new Browser(server.url());
    assertThat(browser.signIn("ann", PASSWORD).uri().getPath()).isEqualTo("/");
    return browser;
  }

  private static JdbcClient jdbc(TestServer server) {
    return server.bean(Database.class).jdbc();
  }

  private static void staysSignedIn(TestServer server) throws Exception {
    String person = "{\"name\":\"ann\",\"password\":\"%s\",\"role\":\"admin\"}".formatted(PASSWORD);
    assertThat(
            server
                .send("POST", "/api/v1/users", person, "Content-Type", "application/json")
                .statusCode())
        .isEqualTo(201);

    Browser browser = signedIn(server);

    assertThat(browser.script("GET", ME, "").statusCode()).isEqualTo(200);
    assertThat(
            jdbc(server)
                .sql(
                    """
                    SELECT count(*) FROM access_session
                    WHERE abs(extract(epoch FROM clock_timestamp()) * 1000 - creation_time) < 60000
                      AND abs(creation_time - last_access_time) < 60000
                      AND expiry_time = last_access_time + 1000 * max_inactive_interval\
                    """)
                .query(Integer.class)
                .single())
        .isEqualTo(
            jdbc(server).sql("SELECT count(*) FROM access_session").query(Integer.class).single())
        .isPositive();
  }

  private static void signsOutWhoDoesNothing(TestServer server) throws Exception {
    Browser browser = signedIn(server);
    jdbc(server)
        .sql(
            "UPDATE access_session SET expiry_time = extract(epoch FROM clock_timestamp()) * 1000 -"
                + " 1")
        .update();

    assertThat(browser.script("GET", ME, "").statusCode()).isEqualTo(401);
  }

  private static void reports(TestServer server, Duration ahead) throws Exception {
    Browser browser = signedIn(server);
    String poll =
        "{\"store_id\":\"s\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T11:00:00Z\"}";
    String token = browser.token();
    assertThat(browser.script("POST", "/api/v1/polls", poll, "X-CSRF-TOKEN", token).statusCode())
        .isEqualTo(200);

    JsonNode asked = json(browser.script("POST", "/api/v1/reports", "{}", "X-CSRF-TOKEN", token));
    String path = "/api/v1/reports/" + asked.get("id").stringValue();
    JsonNode report =
        Eventually.until(
            "the end of the report",
            () -> json(browser.script("GET", path, "")),
            now -> !now.get("ended_at").isNull());

    assertThat(report.get("state").stringValue()).isEqualTo("complete");
    assertThat(Instant.parse(report.get("ended_at").stringValue()).minus(ahead))
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }

  private static void keysHoldAsLongAsTheyShould(TestServer server) throws Exception {
    Browser browser = signedIn(server);
    String order = "{\"name\":\"gateway\",\"role\":\"viewer\",\"expires_in\":\"P1D\"}";
    JsonNode made =
        json(browser.script("POST", "/api/v1/keys", order, "X-CSRF-TOKEN", browser.token()));
    String key = made.get("key").stringValue();
    assertThat(server.get(ME, "X-API-Key", key).statusCode()).isEqualTo(200);
  }
}
