package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of keys and people. */
@SuppressWarnings("NullAway.Init") // a server is started before each test
final class SettingsPageTest {
  private TestServer server;
  private String admin;

  @BeforeEach
  void start(@TempDir Path path) {
    server = TestServer.start(path);
    admin = server.key("admin");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> submit(String path, String form) throws Exception {
    return server.send(
        "POST",
        path,
        form,
        "X-API-Key",
        admin,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Accept",
        "text/html");
  }

  private String page(String key) throws Exception {
    return server
        .get("/settings", "X-API-Key", key, "Accept", "text/html")
        .body()
        .replaceAll("\\s+", " ");
  }

  @Test
  void showsANewKeyOnceAndTakesItBack() throws Exception {
    HttpResponse<String> made =
        submit("/settings/keys", "name=till+gateway&role=viewer&tags=&expires=P30D");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    String key = made.body().replaceAll("(?s).*<code class=\"secret\">([^<]+)</code>.*", "$1");
    assertThat(server.get("/api/v1/stores", "X-API-Key", key).statusCode()).isEqualTo(200);

    String page = page(admin);
    assertThat(page).contains("till gateway").doesNotContain(key).contains("key.create");
    String row = page.substring(page.indexOf("till gateway"));
    String id = row.replaceAll(".*?/settings/keys/([^/]+)/revoke.*", "$1");
    assertThat(submit("/settings/keys/" + id + "/revoke", "").statusCode()).isEqualTo(303);
    assertThat(server.get("/api/v1/stores", "X-API-Key", key).statusCode()).isEqualTo(401);
  }

  @Test
  void addsAndRemovesAPerson() throws Exception {
    HttpResponse<String> added =
        submit("/settings/people", "name=ann&password=correct+horse+battery&role=operator");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(303);
    assertThat(page(admin)).contains("<th scope=\"row\">ann</th> <td>operator</td>");
    assertThat(page(admin)).doesNotContain("correct horse");

    assertThat(submit("/settings/people", "name=ann&password=correct+horse+battery&role=viewer"))
        .returns(409, HttpResponse::statusCode);
    assertThat(submit("/settings/people/ann/remove", "").statusCode()).isEqualTo(303);
    assertThat(page(admin)).doesNotContain("<th scope=\"row\">ann</th>");
  }

  @Test
  void isForAdminsAlone() throws Exception {
    String operator = server.key("operator");
    assertThat(page(operator)).contains("this needs the role admin");
    assertThat(server.get("/fleet", "X-API-Key", operator, "Accept", "text/html").body())
        .contains("/imports")
        .doesNotContain("/settings");
    assertThat(
            server.get("/fleet", "X-API-Key", server.key("viewer"), "Accept", "text/html").body())
        .doesNotContain("\"/imports\"")
        .doesNotContain("/alerts");
  }
}
