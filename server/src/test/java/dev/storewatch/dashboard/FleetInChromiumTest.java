package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The fleet and its stores, as a person uses their pages. */
@InChromium
@SuppressWarnings("NullAway.Init") // a window is opened before each test
final class FleetInChromiumTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Tells a part of the page twice, at once, that something has changed. */
  private static final String NEWS =
      """
      document.body.addEventListener('htmx:beforeRequest', () => window.asked = performance.now());
      htmx.trigger(arguments[0], 'sse:news');
      htmx.trigger(arguments[0], 'sse:news');
      window.told = performance.now();
      return true;
      """;

  private static TestServer server;
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

  private List<String> rows() {
    return window.list(
        "return [...document.querySelectorAll('#stores tbody th a')].map(each => each.innerText)");
  }

  private void awaitRows(String... stores) {
    window.await("the rows " + List.of(stores), () -> rows().equals(List.of(stores)));
  }

  /** Returns the headers by which the table says that it is sorted. */
  private List<String> sorted() {
    return window.texts("#stores th[aria-sort] a");
  }

  @Test
  void findsStoresByWhatIsTypedAndChosen() {
    window.open("/fleet").fill("Search", "old harb");
    awaitRows("harbour");
    window.await("the address", () -> window.path().matches(".*search=old(\\+|%20)harb.*"));
    window.fill("Search", "").choose("State", "down");
    awaitRows("mill");
    window.choose("State", "any").choose("Tag", "region:east");
    awaitRows("station");
    window.choose("Tag", "any").choose("Zone", "Europe/Berlin");
    awaitRows("harbour");

    window.click("link", "harbour");

    assertThat(window.heading()).startsWith("harbour");
    window.isInOrder();
  }

  @Tag("long")
  @Test
  void sortsByTheHeadersAndSaysByWhich() {
    window.open("/fleet?zone=Europe%2FBerlin&tag=region:west");
    assertThat(sorted()).containsExactly("Week");
    window.open("/fleet");
    for (String header : List.of("Store", "Now", "Hour", "Day", "Week")) {
      window.click("link", header);
      window.await("sorted by " + header, () -> sorted().equals(List.of(header)));
    }
    window.click("link", "Now");
    window.await("those down first", () -> rows().getFirst().equals(ShownFleet.DOWN));
    window.isInOrder();
  }

  @Tag("long")
  @Test
  void keepsTheOrderAndTheBoundsWhileSearching() {
    window.open("/fleet").click("link", "Store");
    window.await("from the first", () -> directions().equals(List.of("ascending")));
    window.click("link", "Store");
    window.await("from the last", () -> directions().equals(List.of("descending")));
    window.click("field", "Show bounds");
    window.await("the address", () -> window.path().matches(".*sort=-store.*bounds=on.*"));
    window.awaitText("between what the true uptime lies");

    window.fill("Search", "region:west");

    awaitRows("mill", "harbour");
    assertThat(directions()).containsExactly("descending");
    assertThat(window.texts("#stores td.n small"))
        .hasSize(6)
        .allMatch(each -> each.matches("[0-9.]+ to [0-9.]+ %"));
    window.isInOrder();
  }

  private List<String> directions() {
    return window.list(
        "return [...document.querySelectorAll('#stores th[aria-sort]')].map(each =>"
            + " each.ariaSort)");
  }

  @Test
  void leadsFromWhatIsDownToTheStore() {
    window.open("/fleet").click("link", ShownFleet.DOWN);
    assertThat(window.path()).isEqualTo("/stores/mill");
    assertThat(window.heading()).contains("<script>alert(1)</script>");
    window.open("/fleet").click("link", ShownFleet.HOSTILE);
    assertThat(window.heading()).isEqualTo("a/<b>&");
    window.isInOrder();
  }

  @Tag("long")
  @Test
  void showsAnotherDayOfAStore() {
    LocalDate day = LocalDate.now(BERLIN).minusDays(3);
    String title = day.format(DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH));
    window.open("/stores/harbour");
    assertThat(window.texts("#day h2")).doesNotContain(title);

    window
        .find("field", "Another day")
        .sendKeys(day.format(DateTimeFormatter.ofPattern("MMdduuuu", Locale.ENGLISH)));
    window.click("button", "Show");

    window.awaitText(title);
    assertThat(window.path()).contains("date=" + day);
    window.isInOrder();
  }

  /** The store was down at one poll, thirty hours ago. */
  @Test
  void explainsTheStretchThatIsPointedAtOrSteppedTo() {
    OffsetDateTime poll =
        Instant.now().minus(Duration.ofMinutes(30 * 60 + 10)).atZone(BERLIN).toOffsetDateTime();
    boolean isEarly = poll.getHour() < 12;
    window.open("/stores/harbour?date=" + poll.toLocalDate());
    window.await("the stretch that is told first", () -> explained().startsWith("Down, "));
    assertThat(explained()).contains("Poll of ", "said inactive");

    String button = isEarly ? "Later stretch" : "Earlier stretch";
    window.find("button", button).sendKeys(Keys.ENTER);

    window.await("the stretch beside it", () -> explained().startsWith("Up, "));
    assertThat(window.texts("#day tr.picked td:first-child")).containsExactly("up");
    assertThat(window.focused().getText()).as("the focus stays").isEqualTo(button);
    String stepped = explained();

    window.pointAt("#day .timeline", isEarly ? 0.999 : 0.001);
    window.await("what is pointed at", () -> !explained().equals(stepped));
    assertThat(window.width(Window.PHONE).axe()).isEmpty();
    window.isInOrder();
  }

  private String explained() {
    return String.join(" ", window.texts("#why [role=status]"));
  }

  @Test
  void isBroughtUpToDateWhenAPollComes() throws Exception {
    window.open("/fleet?search=kiosk");
    assertThat(rows()).isEmpty();

    // The page may still be connecting: what it misses until then, it is told when it has done so.
    ShownFleet.push(server, "kiosk", "active", Instant.now());

    awaitRows("kiosk");
    window.isInOrder();
  }

  /** What somebody asks for is shown, whichever of the two requests is answered first. */
  @Tag("long")
  @Test
  void showsWhatIsChosenWhileItIsBroughtUpToDate() {
    window.open("/fleet");
    int all = rows().size();
    for (int round = 0; round < 10; round++) {
      boolean isDown = round % 2 == 0;
      var _ =
          window.run(
              """
              htmx.trigger('#stores', 'sse:news');
              const state = document.querySelector('select[name=state]');
              state.value = arguments[0];
              state.dispatchEvent(new Event('change', {bubbles: true}));
              return true;
              """,
              isDown ? "down" : "");
      window.await(
          "the rows of round " + round,
          () -> isDown ? rows().equals(List.of(ShownFleet.DOWN)) : rows().size() == all);
    }
    window.isInOrder();
  }

  /** The header knows of what was typed though the table does not show it yet. */
  @Tag("long")
  @Test
  void sortsWhatIsTypedThoughTheTableIsOlder() {
    window.open("/fleet");
    var _ =
        window.run(
            """
            const search = document.querySelector('input[name=search]');
            search.value = 'region:west';
            search.dispatchEvent(new Event('change', {bubbles: true}));
            document.getElementById('by-store').click();
            return true;
            """);
    awaitRows("harbour", "mill");
    window.await("sorted by store", () -> sorted().equals(List.of("Store")));
    assertThat(window.find("field", "Order").getAttribute("value")).isEqualTo("store");
    assertThat(window.path()).contains("sort=store");
  }

  /** The header goes with the table of the first news, before the second is asked for. */
  @Tag("long")
  @Test
  void sortsWhileItIsBroughtUpToDateTwice() {
    window.open("/fleet");
    for (String order : List.of("ascending", "descending", "ascending")) {
      var _ =
          window.run(
              """
              htmx.trigger('#stores', 'sse:news');
              htmx.trigger('#stores', 'sse:news');
              document.getElementById('by-store').click();
              return true;
              """);
      window.await(
          order, () -> sorted().equals(List.of("Store")) && directions().equals(List.of(order)));
    }
    window.isInOrder();
  }

  /** The second change comes while the answer to the first one is on its way. */
  @Tag("long")
  @Test
  void asksAgainForAChangeThatComesWhileItAsks() {
    window.open("/fleet?search=harbour");
    for (String part : List.of("#now", "#stores")) {
      var _ = window.run(NEWS, part);
      window.await(
          "another request than that of the first change",
          () -> (Boolean) window.run("return window.asked > window.told"));
    }
    assertThat(rows()).containsExactly("harbour");
    window.isInOrder();
  }

  @Test
  void isUsedByTheKeyboardAlone() {
    window.open("/fleet");
    window.press(Keys.TAB);
    assertThat(window.focused().getText()).isEqualTo("Skip to the content");
    seesTheFocus();
    window.press(Keys.ENTER);
    window.await("at the content", () -> window.path().endsWith("#content"));

    tabTo("Store");
    window.press(Keys.ENTER);

    window.await("sorted by store", () -> sorted().equals(List.of("Store")));
    window.await("the focus still at the header", () -> window.focused().getText().equals("Store"));
    tabTo("Now");
    window.press(Keys.ENTER);
    window.await("sorted by state", () -> sorted().equals(List.of("Now")));
    tabTo(ShownFleet.DOWN);
    window.press(Keys.ENTER);
    window.await("the store", () -> window.path().equals("/stores/mill"));
    window.isInOrder();
  }

  private void tabTo(String text) {
    for (int stop = 0; stop < 60; stop++) {
      window.press(Keys.TAB);
      seesTheFocus();
      if (window.focused().getText().equals(text)) {
        return;
      }
    }
    throw new AssertionError("no stop of the tabulator is " + text);
  }

  /** Says that whatever has the focus is in sight, and has an outline. */
  private void seesTheFocus() {
    WebElement focused = window.focused();
    assertThat(
            window.run(
                """
                const box = arguments[0].getBoundingClientRect();
                const style = getComputedStyle(arguments[0]);
                return [style.outlineStyle, parseFloat(style.outlineWidth) >= 2,
                  box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
                    && box.bottom > 0 && box.top < innerHeight].join(' ');
                """,
                focused))
        .as(focused.getText())
        .isEqualTo("solid true true");
  }

  @Test
  void isWholeWithoutScripts() {
    window.withoutScripts().open("/fleet").choose("State", "down").fill("Search", "mill");
    window.click("button", "Show");
    assertThat(window.path()).contains("state=down").contains("search=mill");
    assertThat(rows()).containsExactly("mill");
    window.click("link", "Store");
    assertThat(sorted()).containsExactly("Store");
    window.click("link", "mill");
    assertThat(window.heading()).startsWith("mill");
    assertThat(window.text()).contains("The day to scale").contains("Last days");
    window.open("/stores/harbour").click("link", "Fleet");
    assertThat(window.heading()).startsWith("Fleet");
    window.isInOrder();
  }
}
