package dev.storewatch.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestDatabase;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.RowCallbackHandler;

/** A table or a column that is new in the databases has to be copied, or named here. */
final class TableTest {
  /**
   * What only runs one process or several, what is counted anew by whatever writes the others, and
   * what has a way of its own.
   */
  private static final Set<String> NOT_COPIED =
      Set.of(
          "flyway_schema_history",
          "change_count",
          "member",
          "job",
          "access_session",
          "access_session_attributes",
          "poll_partition",
          "upload_piece");

  @TempDir private Path path;

  @Test
  void knowsEveryColumnOfDuckDb() {
    assertThat(columns(DatabaseSettings.inDataFolder())).isEqualTo(known());
  }

  @Test
  void knowsEveryColumnOfPostgres() {
    try (TestDatabase postgres = new TestDatabase()) {
      assertThat(columns(postgres.settings())).isEqualTo(known());
    }
  }

  private static Map<String, Set<String>> known() {
    Map<String, Set<String>> columns = new TreeMap<>();
    Table.ALL.forEach(table -> add(table, columns));
    add(Table.POLL, columns);
    return columns;
  }

  private static void add(Table table, Map<String, Set<String>> columns) {
    Set<String> names = new TreeSet<>();
    table.columns().forEach(column -> names.add(column.name() + " " + column.type()));
    columns.put(table.name(), names);
  }

  private Map<String, Set<String>> columns(DatabaseSettings settings) {
    Map<String, Set<String>> columns = new TreeMap<>();
    try (DataFolder folder = DataFolder.take(path, "test");
        Database database = Database.open(folder, settings)) {
      database
          .jdbc()
          .sql(
              """
              SELECT table_name, column_name, upper(data_type) FROM information_schema.columns
              WHERE table_schema = current_schema()
              """)
          .query(
              (RowCallbackHandler)
                  row -> {
                    if (!NOT_COPIED.contains(row.getString(1))) {
                      columns
                          .computeIfAbsent(row.getString(1), unknown -> new TreeSet<>())
                          .add(row.getString(2) + " " + type(row.getString(3)));
                    }
                  });
    }
    return columns;
  }

  private static String type(String name) {
    return switch (name) {
      case "VARCHAR" -> "TEXT";
      case "TINYINT" -> "SMALLINT";
      default -> name;
    };
  }
}
