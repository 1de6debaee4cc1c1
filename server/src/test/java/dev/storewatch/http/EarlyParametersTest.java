package dev.storewatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes before anybody is known: queries and forms. */
final class EarlyParametersTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> form(String method, String path, String body)
      throws Exception {
    return server.send(method, path, body, "Content-Type", FORM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void refusesAFormThatIsTooLarge(String method) throws Exception {
    for (String path : new String[] {"/sign-in", "/sign-out", "/store/get_report", "/nothing"}) {
      HttpResponse<String> answer = form(method, path, "username=" + "x".repeat(9_000));

      assertThat(answer.statusCode()).as(path).isEqualTo(413);
      assertThat(answer.body()).contains("the form is larger than 8 KB");
    }
  }

  @Test
  void refusesAFormThatCannotBeRead() throws Exception {
    assertThat(form("POST", "/sign-in", "username=%ff").statusCode()).isEqualTo(400);
    assertThat(form("POST", "/sign-in", "a&".repeat(2_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void takesAFileForNoForm() throws Exception {
    String zones = "store_id,timezone_str\n" + "42,America/Denver\n".repeat(1_000) + "43,%ff\n";

    HttpResponse<String> answer = form("POST", "/api/v1/imports?kind=zones", zones);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void leavesTheBytesToWhoeverReadsThem() throws Exception {
    HttpResponse<String> answer = form("POST", "/store/", "{\"store_id\": \"100 %\"}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("100 %");
  }
}
