package dev.storewatch.report;

import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class DuckDbReportsTest extends ReportsContract {
  @TempDir private Path path;

  private TestFolder folder;
  private Reports reports;

  @BeforeEach
  void open() throws IOException {

    begin();
  }

  private void begin() throws IOException {
    folder = new TestFolder(path);
    reports = Reports.open(folder.database(), folder.stores());
  }

  @Override
  void restart() throws IOException {
    folder.close();
    begin();
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Override
  Reports reports() {
    return reports;
  }

  @Override
  void save(TestFleet fleet) {
    fleet.save(folder.database(), folder.stores(), folder.polls());
  }

  @Override
  Database database() {
    return folder.database();
  }

  @Override
  ReportTable compute(ReportSpec spec) {
    return new FleetReport(folder.database(), folder.stores(), folder.polls())
        .compute(spec, done -> {});
  }
}
