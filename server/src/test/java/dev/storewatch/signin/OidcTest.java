package dev.storewatch.signin;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestServer;
import dev.storewatch.access.AccessBook;
import dev.storewatch.setting.BadSetting;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People who sign in with a provider of OpenID Connect: a small one that this test runs. */
final class OidcTest {
  private static Issuer issuer;
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // the server is started before every test
  private Browser browser;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    issuer = new Issuer("storewatch", "a shared secret");
    server =
        TestServer.startWith(
            path,
            """
            storewatch.access.oidc:
              issuer: %s
              client-id: storewatch
              client-secret: a shared secret
              label: Example & Co
              role-claim: groups
              tag-claim: regions
              roles:
                store-managers: operator
                it: admin
            """
                .formatted(issuer.url()));
  }

  @BeforeEach
  void openBrowser() {
    browser = new Browser(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.close();
  }

  private HttpResponse<String> signIn() throws Exception {
    return browser.open("/oauth2/authorization/oidc");
  }

  @Test
  void asksEverybodyToSignInFromTheStartOn() throws Exception {
    assertThat(server.get("/api/v1/me").statusCode()).isEqualTo(401);
    assertThat(browser.open("/").body()).contains("Sign in with Example &amp; Co");
  }

  @Test
  void opensTheServerToWhomTheProviderKnows() throws Exception {
    issuer.person(
        Map.of(
            "sub",
            "1234",
            "email",
            "ann@example.com",
            "groups",
            List.of("staff", "store-managers"),
            "regions",
            List.of("west")));

    assertThat(signIn().body()).contains("oidc:ann@example.com");

    assertThat(json(browser.script("GET", "/api/v1/me", "")).toString())
        .isEqualTo("{\"name\":\"oidc:ann@example.com\",\"role\":\"operator\",\"tags\":[\"west\"]}");
    assertThat(server.bean(AccessBook.class).trail().list(1, Long.MAX_VALUE).getFirst().who())
        .isEqualTo("oidc:ann@example.com");
    assertThat(browser.signOut().uri().getPath()).isEqualTo("/sign-in");
    assertThat(browser.open("/").uri().getPath()).isEqualTo("/sign-in");
  }

  @Test
  void letsAnAdministratorSeeEveryStore() throws Exception {
    issuer.person(Map.of("sub", "7", "groups", "it", "regions", List.of("west")));

    var _ = signIn();

    assertThat(json(browser.script("GET", "/api/v1/me", "")).toString())
        .isEqualTo("{\"name\":\"oidc:7\",\"role\":\"admin\",\"tags\":null}");
  }

  @Test
  void signsInThoughTheProviderClosesConnectionsOfBefore() throws Exception {
    issuer.person(Map.of("sub", "7", "groups", "it"));
    issuer.hangUpOnSecondRequests(true);
    try {
      for (int person = 0; person < 3; person++) {
        openBrowser();

        assertThat(signIn().body()).contains("oidc:7");
      }
    } finally {
      issuer.hangUpOnSecondRequests(false);
    }
  }

  @Test
  void turnsAwayWhoeverHasNoRoleHere() throws Exception {
    for (Map<String, Object> claims :
        List.of(
            Map.<String, Object>of("sub", "8", "groups", List.of("staff")),
            Map.<String, Object>of("sub", "9"),
            Map.<String, Object>of("sub", "10", "groups", List.of("store-managers")))) {
      issuer.person(claims);

      HttpResponse<String> page = signIn();

      assertThat(page.uri().getPath()).isEqualTo("/sign-in");
      assertThat(page.body()).contains("You have no role here");
      assertThat(browser.script("GET", "/api/v1/me", "").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void believesNoTokenThatSomebodyElseSigned() throws Exception {
    issuer.person(Map.of("sub", "1", "groups", "it"));
    issuer.signWithAnotherKey(true);
    try {
      HttpResponse<String> page = signIn();

      assertThat(page.uri().getPath()).isEqualTo("/sign-in");
      assertThat(page.body()).contains("That did not work");
      assertThat(browser.script("GET", "/api/v1/me", "").statusCode()).isEqualTo(401);
    } finally {
      issuer.signWithAnotherKey(false);
    }
  }

  @Test
  void believesNoAnswerToAQuestionThatItNeverAsked() throws Exception {
    HttpResponse<String> page = browser.open("/login/oauth2/code/oidc?code=stolen&state=made-up");

    assertThat(page.uri().getPath()).isEqualTo("/sign-in");
    assertThat(browser.script("GET", "/api/v1/me", "").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "storewatch.access.oidc.issuer: http://sign-in.example.com | use an address with https",
        "storewatch.access.oidc.client-id: x | storewatch.access.oidc.issuer is missing: set for"
            + " example",
        "storewatch.access.oidc: {issuer: 'https://a.example', client-id: x} | client-secret is"
            + " missing",
        "storewatch.access.oidc: {issuer: 'https://a.example', client-id: x, client-secret: y,"
            + " roles: {a: boss}} | there is no role 'boss'",
        "storewatch.access.session-timeout: PT1S | use at least a minute, for example PT8H",
        "storewatch.access.session-timeout: soon | storewatch.access.session-timeout is 'soon'",
        "storewatch.access.requests-per-second: 0 | use a whole number from 1 to 1000000",
        "storewatch.access.request-per-second: 10 | there is no setting"
            + " storewatch.access.request-per-second",
      })
  void doesNotStartWithABadSetting(String yaml, String message, @TempDir Path path) {
    assertThatThrownBy(() -> TestServer.startWith(path, yaml))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining(message);
  }
}
