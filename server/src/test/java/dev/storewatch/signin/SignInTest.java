package dev.storewatch.signin;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import dev.storewatch.access.AccessBook;
import dev.storewatch.access.Grant;
import dev.storewatch.access.GrantChange;
import dev.storewatch.access.Role;
import dev.storewatch.access.Throttle;
import dev.storewatch.access.User;
import dev.storewatch.store.Scope;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who sign in with a password. */
@AnyDatabase
final class SignInTest {
  private static final String PASSWORD = "correct horse battery";
  private static TestServer server;
  private static AccessBook book;
  private static int people;

  @SuppressWarnings("NullAway.Init") // the server is started before every test
  private Browser browser;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
    book = server.bean(AccessBook.class);
  }

  @BeforeEach
  void openBrowser() {
    browser = new Browser(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Adds a person whom no other test knows. */
  private static String person(Role role) {
    String name = "person-" + ++people;
    var _ = book.addUser(name, PASSWORD, new Grant(role, Scope.EVERYTHING));
    return name;
  }

  @Test
  void opensTheServerToSomebodyWithAPassword() throws Exception {
    String name = person(Role.OPERATOR);
    assertThat(browser.open("/").uri().getPath()).isEqualTo("/sign-in");

    HttpResponse<String> home = browser.signInAsAPerson(name, PASSWORD);

    assertThat(home.uri().getPath()).isEqualTo("/fleet");
    assertThat(home.body()).contains("user:" + name).contains("operator");
    assertThat(json(browser.script("GET", "/api/v1/me", "")).get("name").stringValue())
        .isEqualTo("user:" + name);
    assertThat(browser.script("GET", "/api/v1/keys", "").statusCode()).isEqualTo(403);
    assertThat(book.users())
        .filteredOn(user -> user.name().equals(name))
        .extracting(User::lastSignInAt)
        .doesNotContainNull();
  }

  @Test
  void givesACookieThatScriptsAndOtherSitesDoNotGet() throws Exception {
    var _ = browser.signIn(person(Role.VIEWER), PASSWORD);

    assertThat(browser.cookies())
        .singleElement()
        .satisfies(
            cookie -> {
              assertThat(cookie.getName()).isEqualTo("storewatch");
              assertThat(cookie.isHttpOnly()).isTrue();
            });
    assertThat(new Browser(server.url()).open("/sign-in").headers().firstValue("Set-Cookie"))
        .get()
        .asString()
        .contains("SameSite=Lax")
        .contains("HttpOnly");
  }

  @Test
  void beginsANewSessionForWhoeverSignsIn() throws Exception {
    String name = person(Role.VIEWER);
    var _ = browser.open("/sign-in");
    String before = browser.cookies().getFirst().getValue();

    var _ = browser.signIn(name, PASSWORD);

    assertThat(browser.cookies()).extracting(cookie -> cookie.getValue()).doesNotContain(before);
  }

  @Test
  void saysTheSameOfAWrongNameAndAWrongPassword() throws Exception {
    String name = person(Role.VIEWER);

    for (String tried : List.of(name, "nobody at all")) {
      HttpResponse<String> page = browser.signIn(tried, "not the password");
      assertThat(page.uri().getPath()).isEqualTo("/sign-in");
      assertThat(page.body()).contains("The name or the password is wrong.");
      assertThat(page.body()).doesNotContain("not the password");
    }
    assertThat(browser.open("/sign-in").body()).doesNotContain("is wrong");
    assertThat(book.trail().list(1, Long.MAX_VALUE).getFirst())
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("sign-in");
              assertThat(entry.target()).isEqualTo("nobody at all");
              assertThat(entry.outcome()).isEqualTo("refused");
            });
  }

  @Test
  void asksForTheTokenOfItsOwnPagesWhereASessionChangesSomething() throws Exception {
    var _ = browser.signIn(person(Role.OPERATOR), PASSWORD);

    assertThat(browser.script("POST", "/api/v1/reports", "{}").statusCode()).isEqualTo(403);
    assertThat(
            browser
                .script("POST", "/api/v1/reports", "{}", "X-CSRF-TOKEN", browser.token())
                .statusCode())
        .isEqualTo(202);
    assertThat(
            server
                .send(
                    "POST",
                    "/sign-in",
                    "username=a&password=b",
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void startsNoReportByALinkThatSomebodyWhoSignedInFollows() throws Exception {
    var _ = browser.signIn(person(Role.OPERATOR), PASSWORD);

    for (String path : List.of("/trigger_report", "/store/42/trigger_report/")) {
      HttpResponse<String> answer = browser.script("GET", path, "");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(json(answer).get("detail").stringValue()).contains("POST /api/v1/reports");
    }
    assertThat(server.get("/trigger_report", "X-API-Key", server.key("operator")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void letsThePageOfTheInterfaceTryCallsWithTheToken() throws Exception {
    var _ = browser.signIn(person(Role.OPERATOR), PASSWORD);

    String page = browser.open("/docs").body();

    Matcher token = Pattern.compile("data-csrf=\"(.+?)\" data-csrf-header=\"(.+?)\"").matcher(page);
    assertThat(token.find()).isTrue();
    assertThat(
            browser
                .script("POST", "/api/v1/reports", "{}", token.group(2), token.group(1))
                .statusCode())
        .isEqualTo(202);
    for (Matcher file = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"").matcher(page);
        file.find(); ) {
      assertThat(browser.script("GET", file.group(1), "").statusCode())
          .as(file.group(1))
          .isEqualTo(200);
    }
  }

  @Test
  void sendsAPersonWhosePageWasTooOldBackToIt() throws Exception {
    for (String path : List.of("/sign-in", "/sign-out")) {
      HttpResponse<String> answer =
          server.send(
              "POST",
              path,
              "username=a&password=b",
              "Content-Type",
              "application/x-www-form-urlencoded",
              "Accept",
              "text/html",
              "Cookie",
              "storewatch=of-a-server-that-ended");

      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location"))
          .hasValue(path.equals("/sign-in") ? "/sign-in" : "/");
    }
  }

  @Test
  void endsASessionWhenThePersonSignsOut() throws Exception {
    var _ = browser.signIn(person(Role.VIEWER), PASSWORD);

    assertThat(browser.signOut().uri().getPath()).isEqualTo("/sign-in");

    assertThat(browser.open("/").uri().getPath()).isEqualTo("/sign-in");
  }

  @Test
  void tellsNothingMoreToAListenerWhoSignsOut() throws Exception {
    var _ = browser.signIn(person(Role.OPERATOR), PASSWORD);
    server.polls().shut();
    HttpResponse<String> asked =
        browser.script("POST", "/api/v1/reports", "{}", "X-CSRF-TOKEN", browser.token());
    String id = json(asked).get("id").stringValue();
    server.polls().awaitScan();
    try (InputStream events = browser.listen("/api/v1/reports/" + id + "/events")) {
      assertThat(new String(events.readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("event: state");

      var _ = browser.signOut();
      server.polls().open();

      assertThat(new String(events.readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("event:", "complete");
    }
    server.awaitEndAs(server.key("viewer"), id);
  }

  @Test
  void endsTheSessionsOfAPersonWhoIsRemoved() throws Exception {
    String name = person(Role.VIEWER);
    var _ = browser.signIn(name, PASSWORD);
    assertThat(browser.script("GET", "/api/v1/me", "").statusCode()).isEqualTo(200);

    book.removeUser(name);

    assertThat(browser.script("GET", "/api/v1/me", "").statusCode()).isEqualTo(401);
  }

  @Test
  void endsTheSessionsThatBeganWithAnOlderPassword() throws Exception {
    String name = person(Role.VIEWER);
    var _ = browser.signIn(name, PASSWORD);
    String body =
        "{\"old_password\":\"%s\",\"new_password\":\"%s\"}".formatted(PASSWORD, PASSWORD + " 2");
    assertThat(
            browser
                .script(
                    "PUT",
                    "/api/v1/me/password",
                    body.replace("old_password\":\"c", "old_password\":\"x"),
                    "X-CSRF-TOKEN",
                    browser.token())
                .body())
        .contains("the old password is wrong");

    assertThat(
            browser
                .script("PUT", "/api/v1/me/password", body, "X-CSRF-TOKEN", browser.token())
                .statusCode())
        .isEqualTo(204);

    assertThat(browser.script("GET", "/api/v1/me", "").statusCode()).isEqualTo(401);
    assertThat(browser.signIn(name, PASSWORD + " 2").uri().getPath()).isEqualTo("/");
  }

  @Test
  void seesAtOnceThatAPersonMayDoMoreOrLess() throws Exception {
    String name = person(Role.VIEWER);
    var _ = browser.signIn(name, PASSWORD);

    var _ = book.changeUser(name, new GrantChange(Role.OPERATOR, Scope.of(Set.of("west"))), null);

    assertThat(browser.script("GET", "/api/v1/me", "").body())
        .contains("\"role\":\"operator\",\"tags\":[\"west\"]");
  }

  @Test
  void slowsDownWhoeverGuessesAPassword() throws Exception {
    String name = person(Role.VIEWER);
    HttpResponse<String> answer = browser.signIn(name, "guess");
    for (int i = 0; i < 10 && answer.statusCode() != 429; i++) {
      answer = browser.signIn(name, "guess " + i);
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    waitLonger(name);
    assertThat(browser.signIn(name, PASSWORD).statusCode()).isEqualTo(429);
    assertThat(browser.signInAsAPerson(name, PASSWORD).body())
        .contains("Too many failed attempts: wait ");
  }

  @Test
  void locksNobodyOutFromWhereTheySignedInBefore() throws Exception {
    String name = person(Role.VIEWER);
    String other = person(Role.VIEWER);
    assertThat(browser.signIn(name, PASSWORD).uri().getPath()).isEqualTo("/");
    Throttle throttle = server.bean(Throttle.class);
    for (int i = 0; i < 200; i++) {
      throttle.failed(Throttle.NAME, name);
      throttle.failed(Throttle.ADDRESS, "127.0.0.1");
    }
    try {
      assertThat(new Browser(server.url()).signIn(other, PASSWORD).statusCode()).isEqualTo(429);
      assertThat(new Browser(server.url()).signIn(name, PASSWORD).uri().getPath()).isEqualTo("/");
    } finally {
      throttle.succeeded(Throttle.ADDRESS, "127.0.0.1");
    }
  }

  @Test
  void keepsNothingOfANameThatNobodyCanHave() throws Exception {
    String huge = "x".repeat(4_000);
    String pair = huge + " 127.0.0.1";

    HttpResponse<String> answer = browser.signIn(huge, PASSWORD);

    assertThat(answer.uri().getPath()).isEqualTo("/sign-in");
    assertThat(answer.body()).contains("The name or the password is wrong.");
    Throttle throttle = server.bean(Throttle.class);
    for (int i = 1; i < Throttle.SIGN_IN.free(); i++) {
      throttle.failed(Throttle.SIGN_IN, pair);
    }
    assertThat(throttle.wait(Throttle.SIGN_IN, pair)).isZero();
    assertThat(book.trail().list(1, Long.MAX_VALUE).getFirst().target()).hasSize(100);
  }

  /** Counts more guesses: the first wait, of a second, may end before the next request comes. */
  private static void waitLonger(String name) {
    for (int i = 0; i < 10; i++) {
      server.bean(Throttle.class).failed(Throttle.SIGN_IN, name + " 127.0.0.1");
    }
  }

  @Test
  void slowsDownWhoeverGuessesKeysButNobodyWhoHasOne() throws Exception {
    String key = server.key("viewer");
    HttpResponse<String> answer = server.get("/api/v1/me", "X-API-Key", "sw_guess");
    for (int i = 0; i < 40 && answer.statusCode() != 429; i++) {
      answer = server.get("/api/v1/me", "X-API-Key", "sw_guess" + i);
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("too many wrong keys came from this address");
    assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(200);
  }
}
