package dev.storewatch.bench;

import dev.storewatch.Parts;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.importing.ImportProgress;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.report.RowWriters;
import dev.storewatch.store.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A data folder, or a database of PostgreSQL, and the product's own parts on it. */
final class Installed implements AutoCloseable {
  private final Path path;
  private final DataFolder folder;
  private final Database database;
  private final Parts parts;

  /** Opens what is in a folder. */
  Installed(Path path) {
    this(path, DatabaseSettings.inDataFolder());
  }

  /** Opens what is in the database that the settings name, with a folder for temporary files. */
  Installed(Path path, DatabaseSettings settings) {
    this.path = path;
    folder = DataFolder.take(path, "bench");
    database = Database.open(folder, settings);
    parts = new Parts(folder, database, database.clock());
  }

  RowCounts importFile(Path file) throws IOException {
    return importBytes(Files.newInputStream(file), file.getFileName().toString());
  }

  RowCounts importBytes(byte[] file) throws IOException {
    return importBytes(new ByteArrayInputStream(file), "bytes");
  }

  private RowCounts importBytes(InputStream file, String name) throws IOException {
    return parts
        .importer()
        .run(UUID.randomUUID().toString(), file, name, ImportProgress.NONE)
        .counts();
  }

  /** Adds the stores of a made-up fleet, which are open all the time. */
  void importStores(int stores) throws IOException {
    StringBuilder file = new StringBuilder("store_id,timezone_str\n");
    for (int store = 0; store < stores; store++) {
      file.append("store-").append(store).append(",America/Chicago\n");
    }
    var _ = importBytes(file.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds polls of stores that are there, as an import would.
   *
   * @param isLast whether the first poll of each store is to be found now: no more polls come
   */
  void addPolls(PollRows rows, boolean isLast) {
    boolean _ =
        parts
            .intake()
            .write(
                in -> {
                  polls().add(rows);
                  if (isLast) {
                    in.findFirstPolls(stores().registry().keysById());
                  }
                  return true;
                });
  }

  void importHoursAndZones(Inputs inputs) throws IOException {
    importFile(inputs.hours());
    importFile(inputs.zones());
  }

  /** Computes the standard report as of the newest poll and writes it as CSV. */
  ReportTable report(OutputStream out) {
    ReportSpec spec = ReportSpec.standard(newest());
    return report(spec, out);
  }

  ReportTable report(ReportSpec spec, OutputStream out) {
    ReportTable table = parts.fleetReport().compute(spec, FleetReport.Progress.NONE);
    table.writeTo(RowWriters.of(spec, RowWriters.Detail.STANDARD, RowWriters.Format.CSV, out));
    return table;
  }

  long newest() {
    return parts.polls().newest().orElseThrow();
  }

  Database database() {
    return database;
  }

  Stores stores() {
    return parts.stores();
  }

  Polls polls() {
    return parts.polls();
  }

  Parts parts() {
    return parts;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
