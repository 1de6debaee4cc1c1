package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who has just started a server. */
final class FirstRunTest {
  @Test
  void leadsFromNothingToAFleet(@TempDir Path path) throws Exception {
    try (TestServer server = TestServer.start(path, new TestFleet())) {
      assertThat(server.get("/fleet", "Accept", "text/html").body())
          .contains("Nothing is known yet")
          .contains("action=\"/imports/made-up\"");

      HttpResponse<String> made =
          server.post("/imports/made-up", "", "application/x-www-form-urlencoded");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(303);

      String fleet =
          Eventually.until(
              "the fleet is there",
              () -> server.get("/fleet", "Accept", "text/html").body(),
              page -> page.contains("As of the newest poll, Tue 10 Mar 2026"));
      assertThat(fleet).doesNotContain("Nothing is known yet").contains("300 stores");
      try (Stream<Path> left = Files.walk(path)) {
        assertThat(left.filter(file -> file.getFileName().toString().startsWith("fleet")))
            .isEmpty();
      }
      HttpResponse<String> again =
          server.post("/imports/made-up", "", "application/x-www-form-urlencoded");
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(again.body()).contains("there are stores already");
    }
  }
}
