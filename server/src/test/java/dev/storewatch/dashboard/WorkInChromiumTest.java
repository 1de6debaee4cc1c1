package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import dev.storewatch.channel.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages on which people enter and end things, as a person uses them. */
@InChromium
@Tag("long")
@SuppressWarnings("NullAway.Init") // a window is opened before each test
final class WorkInChromiumTest {
  private static TestServer server;

  @TempDir private Path files;
  private Window window;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = ShownFleet.start(path);
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

  @Test
  void saysThatSomebodyKnowsOfAnIncident() {
    window.open("/incidents");
    assertThat(window.all("button", "Say that you know of mill")).hasSize(1);

    window.fill("Note on mill", "the router is on its way");
    window.click("button", "Say that you know of mill");

    window.awaitText("the router is on its way");
    assertThat(window.all("button", "Say that you know of mill")).isEmpty();
    window.isInOrder();
  }

  @Test
  void showsWhatAClosureChangesAndEntersIt() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).plusYears(1);
    window.open("/hours");
    window.choose("Of", "the store").fill("Id or tag", "harbour");
    window.fill("From, on the clocks of each store", day.toString()).fill("To", day.toString());
    window.fill("Because", "a new kitchen").click("button", "See what it changes");

    window.awaitText("What this would change");
    assertThat(window.text()).contains("It is of 1 store.");
    assertThat(window.texts("#preview tbody th")).containsExactly(day.toString());
    assertThat(window.texts("#closures tbody td")).doesNotContain("a new kitchen");
    window.click("button", "Enter it");

    assertThat(window.texts("#closures tbody td")).contains("a new kitchen");
    window.click("button", "Delete a new kitchen of harbour");
    assertThat(window.texts("#closures tbody td")).doesNotContain("a new kitchen");
    window.isInOrder();
  }

  @Test
  void bringsAFileAndShowsItsRejects() throws Exception {
    Path file =
        Files.writeString(
            files.resolve("night.csv"),
            """
            store_id,status,timestamp_utc
            harbour,active,2023-01-20 10:00:00 UTC
            harbour,asleep,2023-01-20 11:00:00 UTC
            """);
    window.open("/imports");
    window.find("field", "Choose files, or drop them here").sendKeys(file.toString());

    window.awaitText("night.csv: received, and in the list below");
    window.await(
        "the end of the import",
        () -> window.texts("#imports tbody tr").getFirst().matches("(?s)night.csv.*complete.*"));
    window.click("link", "night.csv");

    assertThat(window.heading()).startsWith("night.csv");
    assertThat(window.text()).contains("2: 1 new, 0 replaced, 0 known, 1 rejected");
    assertThat(window.texts("td code")).containsExactly("harbour,asleep,2023-01-20 11:00:00 UTC");
    assertThat(
            (String)
                window.run(
                    "return fetch(document.querySelector('a[href$=\".csv\"]').href)"
                        + ".then(answer => answer.text())"))
        .startsWith("store_id,status,timestamp_utc")
        .contains("harbour,asleep,");
    window.click("button", "Take all of it back");
    window.awaitText("undone");
    window.isInOrder();
  }

  @Test
  void changesWhatIsSaidOfAStoreAndSaysWhatIsWrong() {
    window.open("/stores/station").click("summary", "Change what is said of this store");
    window.fill("Zone", "Nowhere/Town").click("button", "Change it");
    window.awaitText("Nothing was changed");
    assertThat(window.find("field", "Zone").getDomAttribute("value")).isEqualTo("Nowhere/Town");
    assertThat(window.texts("#wrong-zone")).singleElement().asString().contains("Nowhere/Town");
    assertThat(window.axe()).isEmpty();
    assertThat(window.faults()).singleElement().asString().contains("status of 400");

    window.fill("Zone", "Asia/Seoul").click("button", "Change it");

    window.awaitText("Asia/Seoul, now UTC+09:00");
    window.isInOrder();
  }

  @Test
  void saysWhyAFileIsRefused() throws Exception {
    Path file = Files.writeString(files.resolve("odd.csv"), "a,b\n1,2\n");
    window.open("/imports");
    window.find("field", "Choose files, or drop them here").sendKeys(file.toString());
    window.awaitText("odd.csv: refused, because");
    assertThat(window.faults()).singleElement().asString().contains("status of 400");
  }

  @Test
  void entersAChannelAndSendsATest() throws Exception {
    try (Receiver receiver = new Receiver()) {
      window.open("/alerts").choose("A new channel", "webhook");
      window.click("button", "Show its fields");
      window.fill("Name", "till").fill("url", receiver.url("/hook"));
      window.click("button", "Enter the channel");
      assertThat(window.texts("#channels tbody th")).containsExactly("till");

      window.click("button", "Send a test to till");

      Eventually.until("the test is received", () -> !receiver.got().isEmpty());
      window.await(
          "it was delivered",
          () -> window.open("/alerts").texts("#deliveries td").contains("delivered"));
      window.click("button", "Delete till");
      assertThat(window.texts("#channels tbody th")).isEmpty();
    }
    window.isInOrder();
  }

  @Test
  void showsGroupsOfAPeriod() {
    window.open("/groups").choose("Period", "yesterday").click("button", "Show");
    assertThat(window.path()).contains("window=yesterday");
    window.click("link", "region:west");
    assertThat(window.heading()).startsWith("region:west");
    assertThat(window.text()).contains("When in the week it was down");
    window.isInOrder();
  }
}
