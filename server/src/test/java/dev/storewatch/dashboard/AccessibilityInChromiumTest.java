package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is true of every page, whoever looks at it and in whatever window. */
@InChromium
@Tag("long")
@SuppressWarnings("NullAway.Init") // a window is opened before each test
final class AccessibilityInChromiumTest {
  /** Pages that no link leads to. */
  private static final List<String> MORE =
      List.of(
          "/fleet?search=nothing+is+like+that",
          "/groups?tag=region:west",
          "/hours?kind=closure&of=all&name=&from=2031-07-04&to=2031-07-04&reason=works",
          "/alerts?kind=webhook");

  /** The texts of charts with a contrast below that of WCAG to what their section stands on. */
  private static final String FAINT =
      """
      function light(color) {
        const parts = color.match(/^rgb\\((\\d+), (\\d+), (\\d+)\\)$/).slice(1).map(part => {
          const share = part / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      }
      return [...document.querySelectorAll('svg text')].flatMap(text => {
        const ground = getComputedStyle(text.closest('section')).backgroundColor;
        const fill = getComputedStyle(text).fill;
        const [dark, bright] = [light(ground), light(fill)].sort((a, b) => a - b);
        const contrast = (bright + 0.05) / (dark + 0.05);
        return contrast >= 4.5 ? [] : [text.textContent + ': ' + fill + ' on ' + ground];
      });
      """;

  private static TestServer server;
  private static List<String> pages;
  private Window window;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = ShownFleet.start(path);
    ShownFleet.bring(
        server, "store_id,status,timestamp_utc\nharbour,asleep,2023-01-20 11:00:00 UTC\n");
    try (Window window = new Window(server.url())) {
      pages = new ArrayList<>(linked(window));
    }
    pages.addAll(MORE);
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

  /**
   * Returns a page of each kind that links lead to from the first one on. Pages are of one kind
   * when their paths differ in ids alone. The interface for programs is not a page of ours.
   */
  private static List<String> linked(Window window) {
    Map<String, String> found = new LinkedHashMap<>(Map.of("/fleet", "/fleet"));
    Deque<String> next = new ArrayDeque<>(List.of("/fleet"));
    while (!next.isEmpty()) {
      window.open(next.remove());
      for (String link :
          window.list(
              """
              return [...document.querySelectorAll('main a[href], header a[href]')]
                .map(each => new URL(each.href).pathname)
                .filter(path => !/^\\/(api|docs|$)/.test(path) && !/\\.(csv|ics|pdf)$/.test(path));
              """)) {
        String kind = link.replaceFirst("^(/[^/]+/)[^/]+", "$1*");
        if (found.putIfAbsent(kind, link) == null) {
          next.add(link);
        }
      }
    }
    return List.copyOf(found.values());
  }

  @Test
  void areAllFound() {
    assertThat(pages)
        .contains("/fleet", "/groups", "/outages", "/incidents", "/hours", "/quality")
        .contains("/imports", "/alerts", "/settings")
        .anyMatch(path -> path.startsWith("/stores/"))
        .anyMatch(path -> path.startsWith("/imports/"));
  }

  @Test
  void passAxeInLightAndDark() {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    for (String page : pages) {
      window.dark(false).open(page);
      wrong.put(page, window.axe());
      window.dark(true);
      wrong.put(page + " in the dark", window.axe());
    }
    window.isInOrder();
    assertThat(wrong).allSatisfy((page, found) -> assertThat(found).as(page).isEmpty());
  }

  /** What moves while a page is loaded is hit by a finger that meant something else. */
  @Test
  void doNotMoveWhileTheyAreLoaded() {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    for (int width : new int[] {Window.PHONE, 1280}) {
      window.width(width);
      for (String page : pages) {
        wrong.put(page + " at " + width, window.open(page).moved());
      }
    }
    assertThat(wrong).allSatisfy((page, moved) -> assertThat(moved).as(page).isEmpty());
  }

  /** A browser draws what it has of a page; the rest must not make the first part another size. */
  @Test
  void doNotMoveWhenTheyComeInPieces() throws Exception {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    try (SlowNetwork network = SlowNetwork.to(server.url());
        Window slow = new Window(network.url())) {
      slow.width(Window.PHONE);
      for (String page : pages) {
        wrong.put(page, slow.open(page).moved());
      }
    }
    assertThat(wrong).allSatisfy((page, moved) -> assertThat(moved).as(page).isEmpty());
  }

  @Test
  void passAxeOnAPhoneAndDoNotScrollSideways() {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    window.width(Window.PHONE);
    for (String page : pages) {
      window.open(page);
      List<String> found = new ArrayList<>(window.axe());
      found.addAll(
          window.list(
              """
              const width = document.documentElement.scrollWidth;
              return width <= innerWidth ? [] : ['scrolls sideways: ' + width + ' px, as far as '
                + [...document.querySelectorAll('body *')]
                    .filter(each => each.getBoundingClientRect().right > innerWidth
                      && !each.closest('.scroll') && each.closest('svg') === null)
                    .map(each => each.outerHTML.slice(0, 80))];
              """));
      wrong.put(page, found);
    }
    window.isInOrder();
    assertThat(wrong).allSatisfy((page, found) -> assertThat(found).as(page).isEmpty());
  }

  /** Axe does not decide about the texts of charts: it does not see what is behind them. */
  @Test
  void writeTheTextsOfChartsSoThatTheyAreRead() {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    for (String page : pages) {
      window.dark(false).open(page);
      wrong.put(page, window.list(FAINT));
      wrong.put(page + " in the dark", window.dark(true).list(FAINT));
    }
    assertThat(window.open("/stores/mill").texts("svg text")).isNotEmpty();
    assertThat(wrong).allSatisfy((page, found) -> assertThat(found).as(page).isEmpty());
  }

  @Test
  void tellInATableWhatAChartShows() {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    for (String page : pages) {
      wrong.put(
          page,
          window
              .open(page)
              .list(
                  """
                  const faults = [];
                  for (const svg of document.querySelectorAll('svg')) {
                    if (svg.getAttribute('aria-hidden') === 'true') {
                      continue;
                    }
                    if (svg.getAttribute('role') !== 'img' || !svg.getAttribute('aria-label')?.trim()) {
                      faults.push('has no name: ' + svg.outerHTML.slice(0, 120));
                    }
                    if (svg.closest('section, table')?.querySelector('td') == null
                        && svg.closest('table') === null) {
                      faults.push('has no table: ' + svg.outerHTML.slice(0, 120));
                    }
                    if (svg.querySelector('[tabindex], a')) {
                      faults.push('has stops without names: ' + svg.outerHTML.slice(0, 120));
                    }
                  }
                  return faults;
                  """));
    }
    assertThat(wrong).allSatisfy((page, found) -> assertThat(found).as(page).isEmpty());
  }

  @Test
  void sortByLinksAndSayOfOneHeaderAtMostThatItSorts() {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    for (String page : pages) {
      wrong.put(
          page,
          window
              .open(page)
              .list(
                  """
                  return [...document.querySelectorAll('table')].flatMap(table => {
                    const sorted = [...table.querySelectorAll('[aria-sort]')];
                    return [
                      ...(sorted.length > 1 ? ['sorted by ' + sorted.map(each => each.innerText)] : []),
                      ...sorted.filter(each => !each.querySelector('a[href], button'))
                        .map(each => 'only a mouse sorts by ' + each.innerText)];
                  });
                  """));
    }
    assertThat(wrong).allSatisfy((page, found) -> assertThat(found).as(page).isEmpty());
  }

  @Test
  void passAxeWhereSomethingIsWrong() {
    for (String path : List.of("/stores/nobody", "/fleet?state=off")) {
      window.open(path);
      assertThat(window.heading()).isEqualTo("This page cannot be shown");
      assertThat(window.axe()).isEmpty();
    }
    assertThat(window.faults()).allMatch(fault -> fault.matches(".* status of 40[04] .*"));
  }
}
