package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of several servers whose disk gets full, which shows at the commit. */
final class FullPostgresTest {
  @Test
  void storesNothingOfWhatItHasNoRoomFor(@TempDir Path path) throws Exception {
    try (TestDatabase database = TestDatabase.withTables();
        TestServer server = TestServer.startOn(database, path, "")) {
      database.execute(
          """
          CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
          CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT ON store DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION no_room()\
          """);

      for (int i = 0; i < 5; i++) {
        HttpResponse<String> answer = push(server, i);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
        assertThat(answer.body()).contains("nothing of this was stored");
      }
      assertThat(server.get("/api/v1/stores").body()).doesNotContain("new ");

      database.execute("DROP TRIGGER full_disk ON store");
      for (int i = 0; i < 5; i++) {
        assertThat(push(server, i).statusCode()).isEqualTo(200);
      }
      assertThat(server.get("/api/v1/stores").body()).contains("new 0", "new 4");
      assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> push(TestServer server, int number) throws Exception {
    String poll =
        "{\"store_id\":\"new %d\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T11:00:00Z\"}"
            .formatted(number);
    return server.post("/api/v1/polls", poll, "application/json");
  }
}
