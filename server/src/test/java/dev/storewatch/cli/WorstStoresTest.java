package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.file.ReadOptions;
import dev.storewatch.hours.LateClose;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorstStoresTest {
  @TempDir private Path path;

  @Test
  void printsEveryFigureWithTwoDecimals() throws IOException {
    Path polls =
        Files.writeString(
            path.resolve("polls.csv"),
            """
            store_id,status,timestamp_utc
            half,active,2023-01-20 12:00:00 UTC
            half,inactive,2023-01-20 14:00:00 UTC
            never,inactive,2023-01-20 12:00:00 UTC
            always,active,2023-01-20 12:00:00 UTC
            third,active,2023-01-20 12:00:00 UTC
            third,inactive,2023-01-21 20:00:00 UTC
            third,inactive,2023-01-23 02:48:00 UTC
            unknown,active,2022-01-20 12:00:00 UTC
            """);
    StringWriter text = new StringWriter();
    try (Installation installation = Installation.open(path.resolve("data"), "test")) {
      installation.importFile(
          polls,
          ReadOptions.NONE,
          null,
          new ImportDisplay("polls.csv", 1, false, new PrintWriter(text)));
      ReportOptions request =
          new ReportOptions(
              "latest",
              Rule.standard(),
              Window.STANDARD,
              null,
              LateClose.AS_GIVEN,
              Detail.FULL,
              Format.JSON);
      PrintWriter out = new PrintWriter(text);
      WorstStores.of(installation, request).print(out);
      out.flush();
    }

    assertThat(text)
        .hasToString(
            """
            The stores with the lowest uptime in the last week (hours of business time):
              store                     uptime %        up      down   unknown
              never                         0.00      0.00     48.00    120.00
              third                        46.08     40.00     46.80     81.20
              half                         50.00     25.00     25.00    118.00
              always                      100.00     48.00      0.00    120.00
            """);
  }
}
