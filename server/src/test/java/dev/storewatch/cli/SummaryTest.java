package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import dev.storewatch.hours.LateClose;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.Grouping;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Asked;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AnyDatabase
final class SummaryTest {
  @TempDir private Path path;

  /** Twelve stores, of which the last ones are down longest, and changed since the day before. */
  private static TestFleet fleet() {
    TestFleet fleet = new TestFleet();
    for (int i = 0; i < 12; i++) {
      fleet
          .store("s%02d".formatted(i))
          .zone("UTC")
          .poll("2023-01-23T00:00:00Z", true)
          .poll("2023-01-23T12:00:00Z", i % 2 == 0)
          .poll("2023-01-24T00:00:00Z", true)
          .poll("2023-01-24T06:00:00Z", i < 2)
          .poll("2023-01-24T%02d:00:00Z".formatted(7 + i), true)
          .poll("2023-01-25T00:00:00Z", true);
    }
    return fleet;
  }

  private static ReportOptions request(List<String> groupBy, String... windows) {
    return new ReportOptions(
        "latest",
        Rule.standard(),
        List.of(windows).stream().map(Asked::parse).toList(),
        null,
        LateClose.AS_GIVEN,
        Detail.FULL,
        Format.CSV,
        List.of(),
        null,
        null,
        null,
        Grouping.of(false, groupBy));
  }

  private static String print(Installation installation, ReportOptions request) throws IOException {
    StringWriter text = new StringWriter();
    var _ = new Summary(installation, request).print(new PrintWriter(text));
    return text.toString();
  }

  private static void tag(TestServer server, String store, String tag)
      throws IOException, InterruptedException {
    String path = "/api/v1/stores/" + store;
    String body = "{\"tags\":[\"" + tag + "\"]}";
    assertThat(server.send("PATCH", path, body, "Content-Type", "application/json").statusCode())
        .isEqualTo(200);
  }

  @Test
  void showsAllStoresGroupsTheWorstAndTheMostChanged() throws Exception {
    try (TestServer server = TestServer.start(path, fleet())) {
      tag(server, "s00", "region:east");
      tag(server, "s11", "region:west");
      try (Installation installation = Installation.open(path, "test")) {
        assertThat(print(installation, request(List.of("region"), "2023-01-24")))
            .isEqualTo(
                """
                2023-01-24: 2023-01-24T00:00:00Z to 2023-01-25T00:00:00Z; before: 2023-01-23 (times in hours of business time)
                                            stores uptime % at least  at most   before   change           up       down    unknown
                  all stores                    12    76.56    53.12   100.00    75.00    +1.56       220.50      67.50       0.00
                  region:east                    1   100.00   100.00   100.00   100.00    +0.00        24.00       0.00       0.00
                  region:west                    1    62.50    25.00   100.00    50.00   +12.50        15.00       9.00       0.00
                  none of region                10    75.62    51.25   100.00    75.00    +0.62       181.50      58.50       0.00

                  The lowest uptime                uptime % at least  at most   before   change           up       down    unknown
                  s11                                 62.50    25.00   100.00    50.00   +12.50        15.00       9.00       0.00
                  s10                                 64.58    29.16   100.00   100.00   -35.42        15.50       8.50       0.00
                  s09                                 66.66    33.33   100.00    50.00   +16.66        16.00       8.00       0.00
                  s08                                 68.75    37.50   100.00   100.00   -31.25        16.50       7.50       0.00
                  s07                                 70.83    41.66   100.00    50.00   +20.83        17.00       7.00       0.00
                  s06                                 72.91    45.83   100.00   100.00   -27.09        17.50       6.50       0.00
                  s05                                 75.00    50.00   100.00    50.00   +25.00        18.00       6.00       0.00
                  s04                                 77.08    54.16   100.00   100.00   -22.92        18.50       5.50       0.00
                  s03                                 79.16    58.33   100.00    50.00   +29.16        19.00       5.00       0.00
                  s02                                 81.25    62.50   100.00   100.00   -18.75        19.50       4.50       0.00

                  Changed most                     uptime % at least  at most   before   change           up       down    unknown
                  s01                                100.00   100.00   100.00    50.00   +50.00        24.00       0.00       0.00
                  s10                                 64.58    29.16   100.00   100.00   -35.42        15.50       8.50       0.00
                  s08                                 68.75    37.50   100.00   100.00   -31.25        16.50       7.50       0.00
                  s03                                 79.16    58.33   100.00    50.00   +29.16        19.00       5.00       0.00
                  s06                                 72.91    45.83   100.00   100.00   -27.09        17.50       6.50       0.00
                  s05                                 75.00    50.00   100.00    50.00   +25.00        18.00       6.00       0.00
                  s04                                 77.08    54.16   100.00   100.00   -22.92        18.50       5.50       0.00
                  s07                                 70.83    41.66   100.00    50.00   +20.83        17.00       7.00       0.00
                  s02                                 81.25    62.50   100.00   100.00   -18.75        19.50       4.50       0.00
                  s09                                 66.66    33.33   100.00    50.00   +16.66        16.00       8.00       0.00

                """);
      }
    }
  }

  @Test
  void showsATableForEachWindow() throws IOException {
    try (TestServer server = TestServer.start(path, fleet());
        Installation installation = Installation.open(path, "test")) {
      assertThat(server.url()).isNotEmpty();
      String text = print(installation, request(List.of(), "P1D", "yesterday"));

      assertThat(text)
          .contains("P1D: 2023-01-24T00:00:00Z to 2023-01-25T00:00:00Z; before: P1D-before (times")
          .contains(
              "2023-01-24: 2023-01-24T00:00:00Z to 2023-01-25T00:00:00Z; before: 2023-01-23 (");
      assertThat(text.lines().filter(line -> line.startsWith("  all stores"))).hasSize(2);
      assertThat(text.lines().filter(line -> line.startsWith("  s"))).hasSize(40);
    }
  }
}
