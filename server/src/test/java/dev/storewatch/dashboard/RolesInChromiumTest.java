package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import dev.storewatch.access.AccessBook;
import dev.storewatch.access.Grant;
import dev.storewatch.access.Role;
import dev.storewatch.store.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each role sees, signed in as a person does it. */
@InChromium
@Tag("long")
@SuppressWarnings("NullAway.Init") // a window is opened before each test
final class RolesInChromiumTest {
  private static final String PASSWORD = "correct horse battery";

  private static TestServer server;
  private Window window;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = ShownFleet.start(path);
    AccessBook book = server.bean(AccessBook.class);
    for (Role role : Role.values()) {
      var _ = book.addUser(role.word(), PASSWORD, new Grant(role, Scope.EVERYTHING));
    }
    Grant west = new Grant(Role.VIEWER, Scope.of(Set.of("region:west")));
    var _ = book.addUser("west", PASSWORD, west);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    window = new Window(server.url());
  }

  @AfterEach
  void close() {
    window.close();
  }

  private void signIn(String name) {
    window.open("/").fill("Name", name).fill("Password", PASSWORD).click("button", "Sign in");
    assertThat(window.path()).isEqualTo("/fleet");
  }

  private List<String> navigation() {
    return window.texts("header nav a");
  }

  @Test
  void letsAViewerLook() {
    signIn("viewer");
    assertThat(navigation())
        .contains("Fleet", "Outages", "Incidents", "Hours", "Quality")
        .doesNotContain("Imports", "Alerts", "Settings");
    window.open("/hours");
    assertThat(window.all("button", "See what it changes")).isEmpty();
    window.open("/incidents");
    assertThat(window.texts("tbody th")).anyMatch(about -> about.startsWith("mill"));
    assertThat(window.all("button", "Say that you know of mill")).isEmpty();
    window.isInOrder();
    for (String path : List.of("/imports", "/alerts", "/settings")) {
      assertThat(window.open(path).text()).contains("this needs the role");
    }
  }

  @Test
  void letsAnOperatorWork() {
    signIn("operator");
    assertThat(navigation()).contains("Imports", "Alerts").doesNotContain("Settings");
    window.open("/incidents").click("button", "Say that you know of mill");
    window.awaitText("operator");
    window.open("/hours");
    assertThat(window.all("button", "See what it changes")).hasSize(2);
    window.open("/alerts");
    assertThat(window.all("button", "Show its fields")).isEmpty();
    window.isInOrder();
    assertThat(window.open("/settings").text()).contains("this needs the role admin");
  }

  @Test
  void letsAnAdminMakeAKeyThatIsShownOnce() throws Exception {
    signIn("admin");
    assertThat(navigation()).contains("Imports", "Alerts", "Settings");
    window.click("link", "Settings");
    window.find("field", "Name").sendKeys("till gateway");
    window.choose("Role", "operator").click("button", "Make a key");
    String key = window.texts("code.secret").getFirst();
    assertThat(server.get("/api/v1/stores", "X-API-Key", key).statusCode()).isEqualTo(200);
    window.open("/settings");
    assertThat(window.text()).contains("till gateway").doesNotContain(key);

    window.click("button", "Revoke the key till gateway");

    assertThat(server.get("/api/v1/stores", "X-API-Key", key).statusCode()).isEqualTo(401);
    window.isInOrder();
  }

  @Test
  void showsSomebodyTheirStoresAlone() {
    signIn("west");
    assertThat(window.texts("#stores tbody th a")).containsOnly("harbour", "mill");
    assertThat(window.open("/stores/station").heading()).isEqualTo("This page cannot be shown");
  }

  @Test
  void refusesAWrongPasswordAndPassesAxe() {
    window.open("/");
    assertThat(window.path()).isEqualTo("/sign-in");
    assertThat(window.axe()).isEmpty();
    window.fill("Name", "admin").fill("Password", "wrong").click("button", "Sign in");
    assertThat(window.text()).contains("The name or the password is wrong.");
    assertThat(window.axe()).isEmpty();
    assertThat(window.dark(true).axe()).isEmpty();
    assertThat(window.width(Window.PHONE).axe()).isEmpty();
    window.isInOrder();
  }

  @Test
  void endsASession() {
    signIn("viewer");
    window.click("button", "Sign out");
    assertThat(window.open("/fleet").path()).isEqualTo("/sign-in");
    window.isInOrder();
  }
}
