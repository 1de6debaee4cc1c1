package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an outage costs, as people and programs see it. */
final class CostPageTest {
  @Test
  void isShownWithItsBoundsAndHowItIsCounted(@TempDir Path path) throws Exception {
    String settings =
        """
        storewatch:
          cost:
            currency: EUR
            rates:
              - "store 42: 12 x 18.50"
        """;
    try (TestServer server = TestServer.startWith(path, settings)) {
      String page = server.get("/stores/42", "Accept", "text/html").body().replaceAll("\\s+", " ");
      // Half an hour down in the last day.
      assertThat(page)
          .contains("Orders lost, EUR")
          .contains("<td class=\"n\">111.00<br>")
          .contains("times 12 orders an open hour, times 18.50 EUR an order");
      assertThat(server.get("/stores/quiet", "Accept", "text/html").body())
          .doesNotContain("Orders lost");

      JsonNode day =
          TestServer.json(server.get("/api/v1/stores/42/uptime?windows=P1D")).get("windows").get(0);
      assertThat(day.get("cost").get("lost").decimalValue()).isEqualByComparingTo("111.00");
      assertThat(day.get("cost").get("currency").stringValue()).isEqualTo("EUR");

      assertThat(server.get("/groups", "Accept", "text/html").body())
          .contains("Orders lost, EUR")
          .contains("Stores without these count for nothing");
    }
  }
}
