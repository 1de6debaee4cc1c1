package dev.storewatch.dashboard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A window of a browser that nobody has used before, on the pages of a server. */
final class Window implements AutoCloseable {
  static final int WIDE = 1280;
  static final int PHONE = 360;

  private static final JsonMapper JSON = new JsonMapper();

  /** The elements that may have a role. */
  private static final Map<String, String> ROLES =
      Map.of(
          "button", "button",
          "link", "a[href]",
          "field", "input:not([type=hidden]), select, textarea",
          "summary", "summary",
          "heading", "h1, h2, h3");

  /** Finds those of the elements that might have a name; the browser then says whether one does. */
  private static final String CANDIDATES =
      """
      const [elements, name] = arguments;
      return [...document.querySelectorAll(elements)].filter(each =>
        each.checkVisibility()
          && [each.getAttribute('aria-label') ?? '', each.textContent,
              ...[...(each.labels ?? [])].map(label => label.textContent)]
            .some(text => text.replace(/\\s+/g, ' ').includes(name)));
      """;

  /** Marks the page that a click leaves, and returns whether it does. */
  private static final String LEAVES =
      """
      const [element, hasScripts] = arguments;
      const isByScript = hasScripts && element.closest('a[hx-get], a[data-sort], form[hx-get]') !== null;
      const leaves = !isByScript && (element.tagName === 'A'
        ? element.href.split('#')[0] !== location.href.split('#')[0]
        : element.tagName === 'BUTTON' && element.form !== null);
      if (leaves) {
        window.stays = true;
      }
      return leaves;
      """;

  private final Chromium chromium = Chromium.running();
  private final ChromeDriver driver = chromium.driver();
  private final String url;
  private final String context;
  private boolean hasScripts = true;

  /** Opens a wide and light one on a server. */
  Window(String url) {
    this.url = url;
    context = chromium.openContext();
    var _ = messages(); // those of windows before it
    var _ = driver.manage().logs().get(LogType.PERFORMANCE);
    var _ =
        driver.executeCdpCommand(
            "Page.addScriptToEvaluateOnNewDocument",
            Map.of(
                "source",
                """
                document.addEventListener('securitypolicyviolation', event =>
                  console.error('against the policy: ' + event.violatedDirective + ' '
                    + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber));
                """));
    width(WIDE);
    dark(false);
  }

  @Override
  public void close() {
    chromium.closeContext(context);
  }

  /** Opens a page, and waits until its scripts have run: the driver alone may return before. */
  Window open(String path) {
    var _ = run("return window.stays = true");
    driver.get(url + path);
    awaitAnotherPage("the page " + path);
    return this;
  }

  Window width(int pixels) {
    var _ =
        driver.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  Window dark(boolean isDark) {
    var _ =
        driver.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features",
                List.of(
                    Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    return this;
  }

  Window withoutScripts() {
    var _ = driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    hasScripts = false;
    return this;
  }

  /** Returns the path and the query of the page. */
  String path() {
    return requireNonNull(driver.getCurrentUrl()).substring(url.length());
  }

  /** Returns what a person reads. */
  String text() {
    return (String) run("return document.body.innerText.replace(/\\s+/g, ' ')");
  }

  /** Returns the title of the page that it shows. */
  String heading() {
    return driver.findElement(By.tagName("h1")).getText();
  }

  /** Returns what moved by itself since the page was opened, once it is drawn. */
  List<String> moved() {
    return list(
        """
        return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
          const observer = new PerformanceObserver(() => {});
          observer.observe({type: 'layout-shift', buffered: true});
          done(observer.takeRecords()
            .filter(shift => !shift.hadRecentInput)
            .map(shift => shift.value + ': ' + shift.sources.map(source => source.node
              && (source.node.outerHTML || source.node.textContent || '').slice(0, 80))));
        })));
        """);
  }

  Object run(String script, Object... arguments) {
    return requireNonNull(driver.executeScript(script, arguments), script);
  }

  @SuppressWarnings("unchecked")
  List<String> list(String script, Object... arguments) {
    return (List<String>) run(script, arguments);
  }

  /** Waits until something is true of the page, which may change at any time. */
  void await(String awaited, Callable<Boolean> condition) {
    Eventually.until(
        awaited,
        () -> {
          try {
            return condition.call();
          } catch (StaleElementReferenceException e) {
            return false; // it was exchanged in between
          }
        });
  }

  void awaitText(String text) {
    await("the text " + text, () -> text().contains(text));
  }

  /** Returns all that have a role and a name, as the browser tells them to a screen reader. */
  List<WebElement> all(String role, String name) {
    List<WebElement> found = new ArrayList<>();
    for (Object each :
        (List<?>) run(CANDIDATES, requireNonNull(ROLES.get(role), "a role: " + role), name)) {
      WebElement element = (WebElement) each;
      String called = String.valueOf(element.getAccessibleName()).strip();
      if (called.equals(name) || (role.equals("field") && called.startsWith(name + " "))) {
        found.add(element);
      }
    }
    return found;
  }

  /** Returns the first that has a role and a name, once there is one. */
  WebElement find(String role, String name) {
    List<WebElement> found = new ArrayList<>();
    await(
        "a " + role + " called " + name,
        () -> {
          found.clear();
          found.addAll(all(role, name));
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  /** Clicks, and waits for the page that the click leads to, if it leads to another. */
  void click(String role, String name) {
    await(
        "a click on the " + role + " called " + name,
        () -> {
          WebElement element = find(role, name);
          boolean leaves = (Boolean) run(LEAVES, element, hasScripts);
          try {
            element.click();
          } catch (ElementNotInteractableException e) {
            return false; // something is over it still
          }
          if (leaves) {
            awaitAnotherPage("another page than " + path());
          }
          return true;
        });
  }

  private void awaitAnotherPage(String awaited) {
    Eventually.until(
        awaited,
        () ->
            (Boolean)
                run("return window.stays === undefined && document.readyState === 'complete'"));
  }

  Window fill(String name, String text) {
    WebElement field = find("field", name);
    field.clear();
    field.sendKeys(text);
    return this;
  }

  Window choose(String name, String option) {
    new Select(find("field", name)).selectByVisibleText(option);
    return this;
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Moves the pointer over an element, so far from its left edge to its right one. */
  void pointAt(String selector, double share) {
    WebElement element = driver.findElement(By.cssSelector(selector));
    int offset = (int) ((share - 0.5) * element.getRect().getWidth());
    new Actions(driver).moveToElement(element, offset, 0).perform();
  }

  /** Returns whatever has the focus. */
  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Returns the words of all elements that a selector finds. */
  List<String> texts(String selector) {
    return list(
        "return [...document.querySelectorAll(arguments[0])].map(each =>"
            + " (each.innerText ?? each.textContent).trim())",
        selector);
  }

  /**
   * Returns what went wrong since it was opened, or since this was asked last: errors of scripts,
   * what the policy of contents forbids, what could not be loaded, and requests to others.
   */
  List<String> faults() {
    List<String> faults = new ArrayList<>(messages());
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = JSON.readTree(entry.getMessage()).at("/message");
      String asked = message.at("/params/request/url").asString("");
      if (message.at("/method").asString("").equals("Network.requestWillBeSent")
          && !asked.startsWith(url + "/")
          && !asked.startsWith("data:")) {
        faults.add("asked for " + asked);
      }
    }
    return faults;
  }

  private List<String> messages() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Says that everything on the way here was in order. */
  void isInOrder() {
    assertThat(faults()).isEmpty();
  }

  /**
   * Returns what axe finds: violations, and what it cannot decide, by rule, with the elements and
   * the reasons. Two things are left out, because axe cannot know them: what is behind a text of an
   * SVG ("contains an image node"), which has a test of its own, and behind a cell that is scrolled
   * out of sight ("partially obscured", or "too short"), which it knows of the same cell in a wide
   * window.
   */
  List<String> axe() {
    if (run("return typeof axe").equals("undefined")) {
      driver.executeScript(Axe.SCRIPT);
    }
    return list(
        """
        const leftOut = (rule, node) => rule.id === 'color-contrast'
          && (/^<text /.test(node.html)
            || node.any.every(check =>
                ['elmPartiallyObscured', 'shortTextContent'].includes(check.data?.messageKey))
              && document.querySelector(node.target[0]).closest('.scroll') !== null);
        return axe.run(document, {
          resultTypes: ['violations', 'incomplete'],
          rules: {'target-size': {enabled: true}}
        }).then(found => ['violations', 'incomplete'].flatMap(kind =>
          found[kind].flatMap(rule => rule.nodes
            .filter(node => kind === 'violations' || !leftOut(rule, node))
            .map(node =>
              rule.id + (kind === 'incomplete' ? ' (undecided)' : '') + ': '
                + node.html.slice(0, 200) + ': '
                + [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ')))));
        """);
  }

  /** What axe is, read once. */
  private static final class Axe {
    static final String SCRIPT = read();

    private static String read() {
      try (InputStream script = Window.class.getResourceAsStream("/axe.min.js")) {
        return new String(
            requireNonNull(script, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new AssertionError("axe cannot be read", e);
      }
    }
  }
}
