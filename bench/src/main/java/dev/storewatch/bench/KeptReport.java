package dev.storewatch.bench;

import dev.storewatch.interval.Micros;
import dev.storewatch.report.ComparisonView;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.report.Reports;
import dev.storewatch.report.RequestOrigin;
import dev.storewatch.store.Scope;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;

/** A standard report that was kept, which is made again and compared after later changes. */
final class KeptReport {
  private static final int MOST_DIFFERENCES = 1_000;

  private final Installed installed;
  private final Report report;
  private final ReportSpec asKnownThen;
  private final byte[] csv;

  private KeptReport(Installed installed, Report report, ReportSpec asKnownThen, byte[] csv) {
    this.installed = installed;
    this.report = report;
    this.asKnownThen = asKnownThen;
    this.csv = csv;
  }

  /** Makes the report of now and keeps it, as the queue of a server does. */
  static KeptReport of(Installed installed) {
    ReportSpec spec = ReportSpec.standard(installed.newest());
    int revision = installed.parts().revisions().latest();
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    ReportTable table = installed.report(spec, csv);
    Report kept = keep(installed.parts().reports(), spec, table);
    return new KeptReport(installed, kept, spec.asKnownAt(revision), csv.toByteArray());
  }

  private static Report keep(Reports reports, ReportSpec spec, ReportTable table) {
    long now = Micros.of(Instant.now());
    int number =
        reports
            .add(spec, OptionalLong.of(spec.asOf()), new RequestOrigin(now, null, null))
            .number();
    if (!reports.start(number, now) || !reports.complete(number, now, table, "not asked for")) {
      throw new IllegalStateException("somebody else computes the report %d".formatted(number));
    }
    return reports.find(number).orElseThrow();
  }

  /** Makes the report again of what was known then; it must be the same to the byte. */
  void makeAgain() {
    ByteArrayOutputStream again = new ByteArrayOutputStream(csv.length);
    ReportTable _ = installed.report(asKnownThen, again);
    if (!Arrays.equals(again.toByteArray(), csv)) {
      throw new IllegalStateException("the report as it was known then is another one");
    }
  }

  /** Compares the report with the data of now, which must differ. */
  void compare() {
    ComparisonView now =
        installed.parts().comparison().compare(report, Scope.EVERYTHING, MOST_DIFFERENCES);
    if (now.figures() == 0) {
      throw new IllegalStateException("the later changes changed no figure of the report");
    }
  }
}
