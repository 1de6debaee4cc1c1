package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain of 14,000 stores on the page of the fleet. */
@Tag("long")
@InChromium
final class ManyStoresInChromiumTest {
  private static final int STORES = 14_000;

  private static TestFleet fleet() {
    TestFleet fleet = new TestFleet();
    for (int store = 0; store < STORES; store++) {
      fleet.store("store-%05d".formatted(store));
      for (int hour = 0; hour < 24; hour++) {
        fleet.poll(
            "2026-01-14T%02d:%02d:00Z".formatted(hour, store % 60), store % 1000 != 7 || hour < 20);
      }
    }
    return fleet;
  }

  @Test
  void areFoundFilteredAndTurnedThePagesOf(@TempDir Path path) {
    try (TestServer server = TestServer.start(path, fleet());
        Window window = new Window(server.url())) {
      window.open("/fleet");
      assertThat(window.heading()).startsWith("Fleet").contains("14");
      window.choose("State", "down");
      window.await("those that are down", () -> rows(window).size() == STORES / 1000);
      assertThat(rows(window)).allMatch(id -> id.endsWith("007"));
      window.choose("State", "any").fill("Search", "store-13999");
      window.await("the one", () -> rows(window).equals(List.of("store-13999")));
      window.open("/fleet?sort=store").click("link", "Next page");
      assertThat(rows(window).getFirst()).isGreaterThan("store-00001");
      window.isInOrder();
    }
  }

  private static List<String> rows(Window window) {
    return window.texts("#stores tbody th a");
  }
}
