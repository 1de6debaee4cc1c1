package dev.storewatch.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Objects;

/**
 * A program of its own that makes the report of three CSV files with DuckDB and nothing else: what
 * somebody who knows SQL would run instead of Storewatch.
 */
public final class DuckDbScript {
  private DuckDbScript() {}

  /** Writes a report; the arguments are the files of polls, hours and zones, and the output. */
  public static void main(String[] files) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          text("files.sql")
              .replace("$polls", quoted(files[0]))
              .replace("$hours", quoted(files[1]))
              .replace("$zones", quoted(files[2])));
      statement.execute(
          """
          COPY (SELECT store_id, %s, %s, %s, %s, %s, %s FROM (%s)) TO '%s' (HEADER, DELIMITER ',')
          """
              .formatted(
                  hundredths("up_hour", "uptime_last_hour", 600_000),
                  hundredths("up_day", "uptime_last_day", 36_000_000),
                  hundredths("up_week", "uptime_last_week", 36_000_000),
                  hundredths("down_hour", "downtime_last_hour", 600_000),
                  hundredths("down_day", "downtime_last_day", 36_000_000),
                  hundredths("down_week", "downtime_last_week", 36_000_000),
                  text("report.sql"),
                  quoted(files[3])));
    }
  }

  /** Returns a time as a column with two decimals, rounded half up. */
  private static String hundredths(String micros, String name, int hundredth) {
    String rounded = "CAST((%s + %d) // %d AS BIGINT)".formatted(micros, hundredth / 2, hundredth);
    return "printf('%%d.%%02d', %1$s // 100, %1$s %% 100) AS %2$s".formatted(rounded, name);
  }

  private static String quoted(String file) {
    return file.replace("'", "''");
  }

  private static String text(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(DuckDbScript.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
