package dev.storewatch.signin;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.SlowSender;
import dev.storewatch.TestDatabase;
import dev.storewatch.TestServer;
import dev.storewatch.access.AccessBook;
import dev.storewatch.access.Grant;
import dev.storewatch.access.Role;
import dev.storewatch.access.Secrets;
import dev.storewatch.database.Database;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.ErrorResponseException;

/** People at two servers with one database. */
@Tag("long")
final class SharedSessionsTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String ME = "/api/v1/me";

  @TempDir private static Path path;
  private static TestDatabase database;
  private static Issuer issuer;
  private static String settings;
  private static TestServer first;
  private static TestServer second;
  private static AccessBook book;
  private static JdbcClient jdbc;
  private static int people;

  @SuppressWarnings("NullAway.Init") // the servers are started before every test
  private Browser browser;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.withTables();
    issuer = new Issuer("storewatch", "a shared secret");
    settings =
        """
        storewatch.access.oidc:
          issuer: %s
          client-id: storewatch
          client-secret: a shared secret
        """
            .formatted(issuer.url());
    first = TestServer.startOn(database, path.resolve("first"), settings);
    second = TestServer.startOn(database, path.resolve("second"), settings);
    book = first.bean(AccessBook.class);
    jdbc = first.bean(Database.class).jdbc();
  }

  @BeforeEach
  void openBrowser() {
    browser = new Browser(first.url());
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
    issuer.close();
    database.close();
  }

  /** Adds a person whom no other test knows. */
  private static String person(Role role) {
    String name = "person-" + ++people;
    var _ = book.addUser(name, PASSWORD, new Grant(role, Scope.EVERYTHING));
    return name;
  }

  /** Signs somebody new in at the first server, and returns what the cookie holds. */
  private String signIn(Role role) throws Exception {
    assertThat(browser.signIn(person(role), PASSWORD).uri().getPath()).isEqualTo("/");
    return browser.cookie();
  }

  private static int answer(TestServer server, String cookie) throws Exception {
    return server.get(ME, "Cookie", "storewatch=" + cookie).statusCode();
  }

  private static String hash(String cookie) {
    return Secrets.hash(cookie);
  }

  private static boolean isKept(String cookie) {
    return jdbc.sql("SELECT count(*) FROM access_session WHERE session_id = ?")
            .param(hash(cookie))
            .query(Integer.class)
            .single()
        == 1;
  }

  private static void set(String column, String cookie, Object value) {
    assertThat(
            jdbc.sql("UPDATE access_session SET %s = ? WHERE session_id = ?".formatted(column))
                .params(value, hash(cookie))
                .update())
        .isEqualTo(1);
  }

  private static long millisAgo(Duration time) {
    return System.currentTimeMillis() - time.toMillis();
  }

  @Test
  void goOnWithTheOtherServer() throws Exception {
    String name = person(Role.ADMIN);
    String form = browser.open("/sign-in").body();

    var _ = browser.at(second.url()).fillIn(form, name, PASSWORD);
    assertThat(browser.open("/").body()).contains("user:" + name);

    String token = browser.token();
    assertThat(json(browser.at(first.url()).script("GET", ME, "")).get("name").stringValue())
        .isEqualTo("user:" + name);
    assertThat(
            browser
                .script(
                    "POST",
                    "/api/v1/stores",
                    "{\"store_id\":\"%s\"}".formatted(name),
                    "X-CSRF-TOKEN",
                    token)
                .statusCode())
        .isEqualTo(201);
    assertThat(browser.script("POST", "/api/v1/stores", "{\"store_id\":\"x\"}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void staySignedInWhenAServerIsStartedAnew() throws Exception {
    Path folder = path.resolve("third");
    String cookie;
    try (TestServer before = TestServer.startOn(database, folder, settings)) {
      browser.at(before.url());
      cookie = signIn(Role.VIEWER);
    }

    try (TestServer after = TestServer.startOn(database, folder, settings)) {
      assertThat(answer(after, cookie)).isEqualTo(200);
    }
  }

  @Test
  void haveACookieThatScriptsAndOtherSitesDoNotGet() throws Exception {
    HttpResponse<String> page = browser.open("/sign-in");

    assertThat(page.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("storewatch=")
        .contains("Path=/;", "HttpOnly", "SameSite=Lax")
        .doesNotContain("Secure", "Max-Age", "Expires");
  }

  @Test
  void haveACookieForHttpsAloneBehindAProxyThatSpeaksIt() throws Exception {
    String behindProxy = settings + "server.forward-headers-strategy: native\n";
    try (TestServer server = TestServer.startOn(database, path.resolve("tls"), behindProxy)) {
      assertThat(
              server
                  .get("/sign-in", "X-Forwarded-For", "192.0.2.1", "X-Forwarded-Proto", "https")
                  .headers()
                  .firstValue("Set-Cookie"))
          .get()
          .asString()
          .contains("Secure");
    }
  }

  @Test
  void areSignedOutEverywhereAtOnce() throws Exception {
    String cookie = signIn(Role.VIEWER);
    assertThat(answer(second, cookie)).isEqualTo(200);

    assertThat(browser.at(second.url()).signOut().uri().getPath()).isEqualTo("/sign-in");

    assertThat(answer(first, cookie)).isEqualTo(401);
    assertThat(answer(second, cookie)).isEqualTo(401);
    assertThat(isKept(cookie)).isFalse();
  }

  @Test
  void finishNothingThatTheyWereSendingWhenTheySignedOut() throws Exception {
    String cookie = signIn(Role.ADMIN);
    String token = browser.token();
    try (SlowSender inTime = sender(cookie, token);
        SlowSender late = sender(cookie, token)) {
      assertThat(inTime.finish("{\"store_id\":\"in time\"}").statusCode()).isEqualTo(201);

      var _ = browser.at(second.url()).signOut();

      HttpResponse<String> answer = late.finish("{\"store_id\":\"late\"}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
      assertThat(json(answer).get("detail").stringValue())
          .startsWith("what you may do was changed while the body was on its way");
    }
  }

  private static SlowSender sender(String cookie, String token) throws IOException {
    return new SlowSender(
        first,
        "/api/v1/stores",
        "Cookie",
        "storewatch=" + cookie,
        "X-CSRF-TOKEN",
        token,
        "Content-Type",
        "application/json",
        "Connection",
        "close");
  }

  @Test
  void areOutAtOnceWithAnotherPasswordOrWhenRemoved() throws Exception {
    AccessBook other = second.bean(AccessBook.class);
    for (boolean removed : List.of(false, true)) {
      String name = person(Role.VIEWER);
      var _ = browser.signIn(name, PASSWORD);
      assertThat(answer(first, browser.cookie())).isEqualTo(200);

      if (removed) {
        other.removeUser(name);
      } else {
        other.changePassword(name, "four random words here");
      }

      assertThat(answer(first, browser.cookie())).isEqualTo(401);
    }
  }

  @Test
  void getASessionThatNobodyKnewBefore() throws Exception {
    var _ = browser.open("/sign-in");
    String before = browser.cookie();
    assertThat(isKept(before)).isTrue();

    String after = signIn(Role.VIEWER);

    assertThat(after).isNotEqualTo(before);
    assertThat(isKept(before)).isFalse();
    assertThat(answer(second, before)).isEqualTo(401);
  }

  @Test
  void cannotBeFoundInTheDatabase() throws Exception {
    var _ = browser.open("/sign-in");
    String before = browser.cookie();
    String cookie = signIn(Role.ADMIN);

    assertThat(everythingKept()).isNotEmpty().noneMatch(text -> text.contains(cookie));
    assertThat(everythingKept()).noneMatch(text -> text.contains(before));
    List<String> ids =
        jdbc.sql(
                "SELECT session_id FROM access_session UNION ALL SELECT primary_id FROM"
                    + " access_session")
            .query((row, number) -> row.getString(1))
            .list();
    assertThat(ids).contains(hash(cookie));
    for (String id : ids) {
      assertThat(answer(first, id)).isEqualTo(401);
    }
    assertThat(answer(first, cookie)).isEqualTo(200);
  }

  /** Returns all that the database holds of sessions, as texts. */
  private static List<String> everythingKept() {
    return jdbc.sql(
            """
            SELECT concat_ws(' ', s.*, a.attribute_name, encode(a.attribute_bytes, 'escape'))
            FROM access_session s
            LEFT JOIN access_session_attributes a ON a.session_primary_id = s.primary_id\
            """)
        .query((row, number) -> row.getString(1))
        .list();
  }

  @Test
  void runNothingThatSomebodyWroteIntoTheDatabase() throws Exception {
    String cookie = signIn(Role.ADMIN);
    SessionBytesTest.RUN.set(false);
    jdbc.sql(
            """
            UPDATE access_session_attributes SET attribute_bytes = ?
            WHERE session_primary_id = (SELECT primary_id FROM access_session WHERE session_id = ?)\
            """)
        .params(SessionBytesTest.bytes(new SessionBytesTest.Trap()), hash(cookie))
        .update();

    assertThat(answer(first, cookie)).isEqualTo(401);
    assertThat(browser.open("/").uri().getPath()).isEqualTo("/sign-in");
    assertThat(SessionBytesTest.RUN).isFalse();
  }

  @Test
  void beginWithTheProviderAtOneServerAndEndAtTheOther() throws Exception {
    issuer.person(
        Map.of("sub", "1234", "email", "ann@example.com", "roles", "storewatch-operator"));

    URI provider = browser.step(URI.create(first.url() + "/oauth2/authorization/oidc"));
    String back = browser.step(provider).toString().replace(first.url(), "");
    HttpResponse<String> home = browser.at(second.url()).open(back);

    assertThat(home.body()).contains("oidc:ann@example.com");
    assertThat(answer(first, browser.cookie())).isEqualTo(200);
    assertThat(everythingKept())
        .noneMatch(text -> text.contains("a shared secret"))
        .noneMatch(text -> text.contains("opaque")) // the provider's access token
        .noneMatch(text -> text.contains("eyJ")); // its ID token
  }

  @Test
  void areAskedAgainByTheProviderHoweverMuchTheyDo() throws Exception {
    issuer.person(Map.of("sub", "1234", "roles", List.of("storewatch-viewer")));
    assertThat(browser.open("/oauth2/authorization/oidc").body()).contains("oidc:1234");
    String cookie = browser.cookie();
    set("creation_time", cookie, millisAgo(Duration.ofHours(7)));
    assertThat(answer(second, cookie)).isEqualTo(200);

    set("creation_time", cookie, millisAgo(Duration.ofHours(8).plusSeconds(1)));

    assertThat(answer(first, cookie)).isEqualTo(401);
    assertThat(answer(second, cookie)).isEqualTo(401);
  }

  @Test
  void areSignedOutWhenTheyDoNothing() throws Exception {
    String cookie = signIn(Role.VIEWER);
    assertThat(expiry(cookie)).isEqualTo(Duration.ofHours(8));
    set("expiry_time", cookie, millisAgo(Duration.ofMinutes(-1)));
    assertThat(answer(second, cookie)).isEqualTo(200);

    set("expiry_time", cookie, millisAgo(Duration.ofSeconds(1)));

    assertThat(answer(first, cookie)).isEqualTo(401);
    second.bean(SharedSessions.class).clearAway();
    assertThat(isKept(cookie)).isFalse();
  }

  /** Returns for how long after its last use a session is good. */
  private static Duration expiry(String cookie) {
    return Duration.ofMillis(
        jdbc.sql("SELECT expiry_time - last_access_time FROM access_session WHERE session_id = ?")
            .param(hash(cookie))
            .query(Long.class)
            .single());
  }

  @Test
  void areForgottenSoonWhenTheyDoNotSignIn() throws Exception {
    var _ = browser.open("/sign-in");
    String cookie = browser.cookie();
    assertThat(expiry(cookie)).isEqualTo(Duration.ofMinutes(10));
    set("expiry_time", cookie, millisAgo(Duration.ofSeconds(1)));

    var _ = browser.open("/sign-in");

    assertThat(browser.cookie()).isNotEqualTo(cookie);
    assertThat(isKept(browser.cookie())).isTrue();
  }

  @Test
  void areWrittenDownOnceInAWhileAlone() throws Exception {
    String cookie = signIn(Role.VIEWER);
    long before = millisAgo(Duration.ofSeconds(50));
    set("last_access_time", cookie, before);
    assertThat(answer(first, cookie)).isEqualTo(200);
    assertThat(lastAccess(cookie)).isEqualTo(before);

    set("last_access_time", cookie, millisAgo(Duration.ofSeconds(70)));
    assertThat(answer(first, cookie)).isEqualTo(200);

    assertThat(lastAccess(cookie)).isGreaterThan(before);
  }

  private static long lastAccess(String cookie) {
    return jdbc.sql("SELECT last_access_time FROM access_session WHERE session_id = ?")
        .param(hash(cookie))
        .query(Long.class)
        .single();
  }

  @Test
  void areNotLookedForInMoreThanAFewCookies() throws Exception {
    String cookie = "storewatch=" + signIn(Role.VIEWER);

    assertThat(first.get(ME, "Cookie", "storewatch=x; " + cookie).statusCode()).isEqualTo(200);
    assertThat(first.get(ME, "Cookie", "storewatch=x; ".repeat(100) + cookie).statusCode())
        .isEqualTo(401);
  }

  @Test
  void beginNoMoreSessionsThanThereMayBe() throws Exception {
    try (TestDatabase own = TestDatabase.withTables();
        TestServer server = TestServer.startOn(own, path.resolve("full"), "")) {
      PostgresDatabase opened = (PostgresDatabase) server.bean(Database.class);
      SharedSessions sessions = new SharedSessions(opened, Duration.ofMinutes(10), 2);
      begin(sessions);
      begin(sessions);

      assertThatThrownBy(sessions::createSession)
          .isInstanceOfSatisfying(
              ErrorResponseException.class,
              problem -> assertThat(problem.getStatusCode().value()).isEqualTo(429));

      sessions.clearAway();
      assertThatThrownBy(sessions::createSession).isInstanceOf(ErrorResponseException.class);
      assertThat(opened.jdbc().sql("UPDATE access_session SET expiry_time = 1").update())
          .isEqualTo(2);
      sessions.clearAway();
      begin(sessions);
      assertThat(
              opened
                  .jdbc()
                  .sql("SELECT count(*) FROM access_session")
                  .query(Integer.class)
                  .single())
          .isEqualTo(1);
    }
  }

  private static void begin(SharedSessions sessions) {
    SharedSession session = sessions.createSession();
    sessions.save(session);
    assertThat(sessions.findById(session.getId())).isNotNull();
  }

  @Test
  void fillNoTableFromOneAddress() throws Exception {
    try (TestDatabase own = TestDatabase.withTables();
        TestServer server =
            TestServer.startOn(
                own,
                path.resolve("flood"),
                settings + "storewatch.access.anonymous-requests-per-second: 4\n")) {
      long start = System.nanoTime();
      for (String[] call :
          new String[][] {
            {"/sign-in", "Accept", "text/html"},
            {"/api/v1/reports", "Cookie", "storewatch=" + Secrets.random()}
          }) {
        HttpResponse<String> answer = server.send("POST", call[0], "", call[1], call[2]);
        for (int i = 0; i < 2_000 && answer.statusCode() != 429; i++) {
          answer = server.send("POST", call[0], "", call[1], call[2]);
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      }
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
      assertThat(
              server
                  .bean(Database.class)
                  .jdbc()
                  .sql("SELECT count(*) FROM access_session")
                  .query(Long.class)
                  .single())
          .isBetween(1L, 20 + 4 * seconds);
    }
  }

  @Test
  void cannotUseAKeyThatWasTakenBackAtTheOther() throws Exception {
    String admin = first.key("admin");
    String key = first.key("viewer");
    assertThat(second.get(ME, "X-API-Key", key).statusCode()).isEqualTo(200);

    String id = key.split("_", 3)[1];
    assertThat(first.send("DELETE", "/api/v1/keys/" + id, "", "X-API-Key", admin).statusCode())
        .isEqualTo(204);

    assertThat(second.get(ME, "X-API-Key", key).statusCode()).isEqualTo(401);
  }

  @Test
  void areNoLongerLetInUnknownOnceTheOtherServerKnowsSomebody() throws Exception {
    try (TestDatabase own = TestDatabase.withTables();
        TestServer one = TestServer.startOn(own, path.resolve("open1"), "");
        TestServer other = TestServer.startOn(own, path.resolve("open2"), "")) {
      assertThat(other.get(ME).statusCode()).isEqualTo(200);

      String key = one.key("viewer");

      assertThat(other.get(ME).statusCode()).isEqualTo(401);
      assertThat(other.get(ME, "X-API-Key", key).statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Tag("long")
  void areToldToTryAgainWhileTheDatabaseDoesNotAnswer() throws Exception {
    String impatient = settings + "storewatch.database.timeout: 2s\n";
    try (TestServer server = TestServer.startOn(database, path.resolve("away"), impatient)) {
      String cookie = signIn(Role.VIEWER);
      String key = server.key("viewer");
      try (Connection connection = DriverManager.getConnection(database.url())) {
        connection.setAutoCommit(false);
        connection.createStatement().execute("LOCK TABLE access_session, change_count");

        assertAway(server.get(ME, "Cookie", "storewatch=" + cookie));
        assertAway(server.get(ME, "X-API-Key", key));
        assertAway(server.get("/sign-in", "Accept", "text/html"));
        assertAway(server.get("/oauth2/authorization/oidc", "Accept", "text/html"));
        connection.rollback();
      }
      assertThat(answer(server, cookie)).isEqualTo(200);
    }
  }

  private static void assertAway(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(answer.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("application/problem+json");
    assertThat(answer.body())
        .contains("the database does not answer at the moment")
        .doesNotContain("Exception");
  }
}
