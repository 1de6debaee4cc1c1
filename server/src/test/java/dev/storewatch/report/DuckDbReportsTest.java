package dev.storewatch.report;

import dev.storewatch.TestFleet;
import dev.storewatch.poll.DuckDbPolls;
import dev.storewatch.store.DuckDbStores;
import dev.storewatch.system.DataFolder;
import dev.storewatch.system.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class DuckDbReportsTest extends ReportsContract {
  @TempDir private Path path;
  private DataFolder folder;
  private Database database;
  private DuckDbStores stores;
  private DuckDbPolls polls;
  private Reports reports;

  @BeforeEach
  void open() {
    folder = DataFolder.take(path, "test");
    database = Database.open(folder);
    stores = new DuckDbStores(database);
    polls = new DuckDbPolls(database);
    reports = new DuckDbReports(database, stores);
  }

  @AfterEach
  void close() {
    database.close();
    folder.close();
  }

  @Override
  Reports reports() {
    return reports;
  }

  @Override
  void save(TestFleet fleet) {
    fleet.save(database, stores, polls);
  }

  @Override
  ReportTable compute(ReportSpec spec) {
    return new FleetReport(database, stores, polls).compute(spec, done -> {});
  }
}
