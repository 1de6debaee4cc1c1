package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresReportsTest extends ReportsContract {
  @TempDir private Path path;
  private TestDatabase database;
  private TestFolder folder;
  private Reports reports;

  @BeforeEach
  void open() throws IOException {
    database = TestDatabase.withTables();
    begin();
  }

  private void begin() throws IOException {
    folder = new TestFolder(path, database);
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
    database.close();
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

  @Test
  void leavesNoRowsOfAReportThatIsDeletedWhileTheyAreWritten() throws Exception {
    save(fleet());
    Report report = add();
    ReportTable rows = compute(STANDARD);
    reports.start(report.number(), 5);
    database.execute(
        """
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$;
        CREATE TRIGGER waits AFTER INSERT ON report_block FOR EACH STATEMENT EXECUTE FUNCTION wait()\
        """);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection held = DriverManager.getConnection(database.url())) {
      held.createStatement().execute("SELECT pg_advisory_lock(1)");
      Future<Boolean> completing =
          threads.submit(() -> reports.complete(report.number(), 8, rows, "abc"));
      awaitWaiting(1);
      Future<Boolean> deleting = threads.submit(() -> reports.delete(report.number()));
      awaitWaiting(2);
      held.createStatement().execute("SELECT pg_advisory_unlock(1)");

      assertThat(completing.get()).isTrue();
      assertThat(deleting.get()).isTrue();
    }
    assertThat(reports.find(report.number())).isEmpty();
    assertThat(
            folder
                .database()
                .jdbc()
                .sql("SELECT count(*) FROM report_block")
                .query(Long.class)
                .single())
        .isZero();
  }

  private void awaitWaiting(int count) {
    Eventually.until(count + " that wait for a lock", () -> database.countWaiting() >= count);
  }
}
