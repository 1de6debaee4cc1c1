package dev.storewatch.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFolder;
import dev.storewatch.importing.ImportRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of docs/lake.md, run as they stand there. */
final class LakeQueriesTest {
  private static final Path DOCS = Path.of("../docs/lake.md");
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path path;

  private static List<String> statements(String part) throws IOException {
    String text = Files.readString(DOCS);
    int from = text.indexOf("<!-- %s: begin -->".formatted(part));
    int to = text.indexOf("<!-- %s: end -->".formatted(part));
    assertThat(from).isBetween(0, to);
    List<String> statements = new ArrayList<>();
    Matcher block = SQL.matcher(text.substring(from, to));
    while (block.find()) {
      for (String statement : block.group(1).split(";\n", -1)) {
        if (!statement.isBlank()) {
          statements.add(statement);
        }
      }
    }
    return statements;
  }

  private void exportTwice() throws IOException {
    try (TestFolder folder = new TestFolder(path.resolve("data"))) {
      Lake lake = new Lake(path.resolve("lake"));
      importText(
          folder,
          """
          store_id,status,timestamp_utc
          0081,active,2026-03-01 10:00:00 UTC
          81,active,2026-03-01 10:00:00 UTC
          81,inactive,2026-03-01 23:00:00 UTC
          81,active,2026-03-02 00:30:00 UTC
          """);
      importText(folder, "store_id,tag\n0081,region:west\n81,region:east\n");
      importText(folder, "store_id,day,start_time_local,end_time_local\n81,0,09:00,17:00\n");
      ExportResult _ = lake.export(folder, ExportOptions.NONE);
      importText(
          folder,
          """
          store_id,status,timestamp_utc
          0081,inactive,2026-03-01 10:00:00 UTC
          0081,active,2026-03-02 09:00:00 UTC
          """);
      ExportResult result = lake.export(folder, ExportOptions.NONE);
      assertThat(result.files()).isGreaterThan(result.dates() + LakeTable.values().length - 1);
    }
  }

  private static void importText(TestFolder folder, String text) throws IOException {
    ImportRun run = folder.importText(text);
    assertThat(run.counts().rejected()).isZero();
  }

  @Test
  void giveWhatThePageSaysInDuckDb() throws IOException, SQLException {
    exportTwice();
    List<List<String>> answers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("SET TimeZone = 'UTC'");
      for (String sql : statements("duckdb")) {
        if (statement.execute(sql.replace("DIR", path.resolve("lake").toString()))) {
          try (ResultSet result = statement.getResultSet()) {
            answers.add(rows(result));
          }
        }
      }
    }

    assertThat(answers)
        .filteredOn(rows -> !rows.isEmpty())
        .containsExactly(
            List.of("2026-03-01|3|33.33", "2026-03-02|2|100.0"),
            List.of("0081|2026-03-02T09:00Z|true"),
            List.of("2"),
            List.of("0081"),
            List.of("5"));
  }

  private static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        row.add(String.valueOf(result.getObject(column)));
      }
      rows.add(String.join("|", row));
    }
    return rows;
  }
}
