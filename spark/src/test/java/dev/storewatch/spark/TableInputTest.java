package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls in a table of PostgreSQL, on a machine in Chicago. */
@Tag("long")
final class TableInputTest {
  private static final Instant AS_OF = Instant.parse("2026-03-08T12:00:00Z");

  private static EmbeddedPostgres server;

  private final TimeZone before = TimeZone.getDefault();
  @TempDir private Path folder = Path.of("");
  private String url = "";

  @BeforeAll
  static void startServer() throws IOException {
    server = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void fill() throws IOException, SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("America/Chicago"));
    url = server.getJdbcUrl("postgres", "postgres");
    SplittableRandom random = new SplittableRandom(1);
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS shop_polls");
      statement.execute(
          "CREATE TABLE shop_polls (nr bigint, \"shop\" text, polled_at timestamptz, said text)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO shop_polls VALUES (?, ?, ?, ?)")) {
        for (int nr = 0; nr < 2_000; nr++) {
          String store = "s" + random.nextInt(20);
          // Around the ends of the last hour, day and week, to the microsecond; some polls twice.
          Instant at =
              AS_OF
                  .minus(Duration.ofHours(random.nextInt(200)))
                  .plusNanos(1_000L * random.nextInt(-1, 2));
          String said = random.nextInt(4) > 0 ? "active" : "inactive";
          insert.setLong(1, nr);
          insert.setString(2, store);
          insert.setObject(3, at.atOffset(ZoneOffset.UTC));
          insert.setString(4, said);
          insert.addBatch();
          lines.add("%s,%s,%s".formatted(store, said, at));
        }
        insert.executeBatch();
      }
    }
    Files.writeString(
        folder.resolve("polls.csv"),
        "store_id,status,timestamp_utc\n" + String.join("\n", lines) + "\n");
  }

  @AfterEach
  void isWhereItWas() {
    TimeZone.setDefault(before);
  }

  private Session.Run run(String out, String... input) {
    List<String> arguments = new ArrayList<>(List.of(input));
    arguments.addAll(
        List.of(
            "--as-of",
            AS_OF.toString(),
            "--detail",
            "full",
            "--out",
            folder.resolve(out).toString(),
            "--one-file"));
    return Session.run(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nr"})
  void givesTheSameBytesAsAFileWithThePollsOfTheTable(String splitBy) throws IOException {
    Session.Run ofFile = run("file.csv", "--polls", folder.resolve("polls.csv").toString());
    assertThat(ofFile.code()).as(ofFile.err()).isZero();
    List<String> input =
        new ArrayList<>(
            List.of(
                "--polls-jdbc",
                url,
                "--polls-table",
                "shop_polls",
                "--columns",
                "store_id=shop,at=polled_at,active=said,sequence=nr"));
    if (!splitBy.isEmpty()) {
      input.addAll(List.of("--split-by", splitBy));
    }

    Session.Run ofTable = run("table.csv", input.toArray(String[]::new));

    assertThat(ofTable.code()).as(ofTable.err()).isZero();
    assertThat(ofTable.err()).isEqualTo(ofFile.err());
    assertThat(Files.readString(folder.resolve("table.csv")))
        .isEqualTo(Files.readString(folder.resolve("file.csv")));
    assertThat(Files.readString(folder.resolve("table.csv")).lines()).hasSize(61);
  }

  @Test
  void saysWhatIsWrongWithATable() throws SQLException {
    Session.Run missing = run("out.csv", "--polls-jdbc", url, "--polls-table", "no_polls");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("relation \"no_polls\" does not exist");

    Session.Run columns = run("out.csv", "--polls-jdbc", url, "--polls-table", "shop_polls");
    assertThat(columns.code()).isEqualTo(2);
    assertThat(columns.err()).contains("has no column store_id (it has nr, shop, polled_at, said)");

    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM shop_polls");
    }
    Session.Run empty =
        run("out.csv", "--polls-jdbc", url, "--polls-table", "shop_polls", "--split-by", "nr");
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("the table shop_polls has no row");
    assertThat(folder.resolve("out.csv")).doesNotExist();
  }
}
