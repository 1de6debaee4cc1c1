package dev.storewatch.lake;

import dev.storewatch.TestFolder;
import dev.storewatch.importing.ImportOrder;
import dev.storewatch.importing.ImportProgress;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A lake of a test: exported, imported, and looked at. */
record Lake(Path path) {
  ExportResult export(TestFolder folder, ExportOptions options) {
    return export(folder, options, step -> {});
  }

  ExportResult export(TestFolder folder, ExportOptions options, Consumer<String> beforeStep) {
    try {
      return new LakeExport(
              folder.database(),
              folder.stores(),
              folder.folder().temporary(),
              folder.clock(),
              beforeStep)
          .run(path, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<ImportRun> importInto(TestFolder folder) {
    List<ImportRun> runs = new ArrayList<>();
    try (LakeImport lake = LakeImport.open(path, folder.folder().temporary())) {
      for (RowSource source : lake.sources()) {
        runs.add(folder.importer().run(ImportOrder.of("lake"), source, ImportProgress.NONE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return runs;
  }

  Manifest manifest() {
    Manifest manifest = LakeFolder.manifest(path);
    if (manifest == null) {
      throw new AssertionError("there is no manifest in " + path);
    }
    return manifest;
  }

  /** Returns all files but the lock, each with its checksum. */
  Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(path)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = path.relativize(file).toString();
        if (!name.equals(".lock")) {
          files.put(name, LakeFolder.sha256(file));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the rows of a query of DuckDB, in which {@code DIR} stands for the folder. */
  List<String> query(String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("SET TimeZone = 'UTC'");
      List<String> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(sql.replace("DIR", path.toString()))) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int column : IntStream.rangeClosed(1, columns).toArray()) {
            row.add(String.valueOf(result.getObject(column)));
          }
          rows.add(String.join("|", row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
