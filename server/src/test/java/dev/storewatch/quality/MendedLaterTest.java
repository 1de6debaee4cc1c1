package dev.storewatch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.interval.Micros;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.report.Reports;
import dev.storewatch.report.RequestOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found when a report was computed is told as long as the report is there. */
@AnyDatabase
final class MendedLaterTest {
  @TempDir private Path path;

  @Test
  void isStillToldBesideTheReport() throws IOException {
    long asOf = Micros.of(Instant.parse("2026-02-05T16:00:00Z"));
    ReportSpec spec = ReportSpec.standard(asOf);
    try (TestFolder folder = new TestFolder(path)) {
      var _ = folder.importText(SpoiledFleet.POLLS);
      var _ = folder.importText(SpoiledFleet.HOURS);
      var _ = folder.importText(SpoiledFleet.ZONES);
      FleetReport fleet = folder.parts().fleetReport();
      Reports reports = folder.parts().reports();
      Report report = reports.add(spec, OptionalLong.of(asOf), new RequestOrigin(1, null, null));
      assertThat(reports.start(report.number(), 2)).isTrue();
      ReportTable table = fleet.compute(spec, FleetReport.Progress.NONE);
      assertThat(reports.complete(report.number(), 3, table, "c")).isTrue();

      var _ = folder.importText(SpoiledFleet.MENDED_HOURS);

      assertThat(fleet.compute(spec, FleetReport.Progress.NONE).findings().header())
          .isEqualTo(SpoiledFleet.HEADER.replace("flagged-hours=1, ", ""));
      assertThat(reports.find(report.id()).orElseThrow().state().foundIn())
          .isEqualTo(table.findings());
      assertThat(table.findings().header()).isEqualTo(SpoiledFleet.HEADER);
    }
  }
}
