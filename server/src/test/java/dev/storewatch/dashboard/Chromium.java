package dev.storewatch.dashboard;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.devtools.Command;
import org.openqa.selenium.devtools.Connection;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;

/**
 * The Chromium of this machine: one process for all tests of this one, started by the first that
 * needs it. A driver serves one thread at a time, so that classes of tests take turns ({@link
 * InChromium}).
 */
final class Chromium {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** It warns that it does not know the newest protocol, of which nothing is used here. */
  private static final Logger OF_SELENIUM = Logger.getLogger("org.openqa.selenium.devtools");

  private static @Nullable Chromium running;

  private final ChromeDriver driver;
  private final Connection tools;
  private final String first;

  private Chromium(Path browser, Path program) {
    OF_SELENIUM.setLevel(Level.OFF);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program.toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    driver = new ChromeDriver(service, options(browser));
    Runtime.getRuntime().addShutdownHook(new Thread(driver::quit, "end of Chromium"));
    first = driver.getWindowHandle();
    String address = (String) capability(driver.getCapabilities()::getCapability);
    ClientConfig config = ClientConfig.defaultConfig().baseUri(URI.create(address));
    tools =
        new Connection(HttpClient.Factory.createDefault().createClient(config), address, config);
  }

  private static Object capability(Function<String, @Nullable Object> capabilities) {
    return requireNonNull(capabilities.apply("se:cdp"), "the address of the DevTools");
  }

  private static ChromeOptions options(Path browser) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    // No sandbox, because root has none, and containers often; all pages are of our own server.
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--lang=en-US");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  /** Returns what the tests need and this machine lacks, if it lacks anything. */
  static Optional<String> lack() {
    if (browser().isEmpty()) {
      return Optional.of("no Chromium or Chrome is on the PATH");
    }
    return program("chromedriver").isEmpty()
        ? Optional.of("no chromedriver is on the PATH")
        : Optional.empty();
  }

  private static Optional<Path> browser() {
    return BROWSERS.stream().flatMap(name -> program(name).stream()).findFirst();
  }

  private static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(Pattern.quote(System.getProperty("path.separator"))))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns the one of this process. */
  static synchronized Chromium running() {
    Chromium one = running;
    if (one == null) {
      one =
          new Chromium(
              browser().orElseThrow(() -> new AssertionError(lack().orElse(""))),
              program("chromedriver").orElseThrow(() -> new AssertionError(lack().orElse(""))));
      running = one;
    }
    return one;
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens a window that shares nothing with others: no cookie, no cache. Returns its context. */
  String openContext() {
    String context = text(ask("Target.createBrowserContext", Map.of()), "browserContextId");
    Map<String, Object> window =
        ask("Target.createTarget", Map.of("url", "about:blank", "browserContextId", context));
    driver.switchTo().window(text(window, "targetId"));
    return context;
  }

  private static String text(Map<String, Object> answer, String name) {
    return (String) requireNonNull(answer.get(name), name);
  }

  void closeContext(String context) {
    var _ = ask("Target.disposeBrowserContext", Map.of("browserContextId", context));
    driver.switchTo().window(first);
  }

  /** Asks the browser, and not the page. */
  private Map<String, Object> ask(String what, Map<String, Object> how) {
    return requireNonNull(
        tools.sendAndWait(null, new Command<Map<String, Object>>(what, how, Map.class), PATIENCE));
  }
}
