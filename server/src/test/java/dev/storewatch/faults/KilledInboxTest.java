package dev.storewatch.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.Seeds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files that appear in the watched folder of a real server, which is killed at any moment and
 * started again. Each file is put away once, and each of its polls is there once.
 */
@ParameterizedClass
@Seeds
@Tag("long")
final class KilledInboxTest {
  private static final int ROUNDS = 6;
  private static final int FILES_OF_A_ROUND = 8;
  private static final int ROWS = 3_000;
  private static final Instant START = Instant.parse("2023-01-18T00:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();

  private final Random random;
  private final List<String> good = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  @TempDir private Path folder;

  KilledInboxTest(long seed) {
    this.random = new Random(seed);
  }

  @Test
  void losesNoFileAndImportsNoneTwiceIntoAFolder() throws Exception {
    killAgainAndAgain(null);
    String database = "jdbc:duckdb:" + folder.resolve("data/storewatch.duckdb");
    try (Connection connection = DriverManager.getConnection(database)) {
      assertPolls(connection);
    }
  }

  @Test
  void losesNoFileAndImportsNoneTwiceIntoPostgres() throws Exception {
    try (PostgresServer postgres = new PostgresServer(folder.resolve("postgres"))) {
      String database = PostgresServer.url(postgres.port(), "postgres");
      killAgainAndAgain(database);
      try (Connection connection = DriverManager.getConnection(database)) {
        assertPolls(connection);
      }
    }
  }

  private void killAgainAndAgain(@Nullable String database) throws Exception {
    Files.createDirectories(inbox());
    for (int round = 0; round < ROUNDS; round++) {
      try (ServerProcess server = server(database)) {
        // Some of the moments are those in which a server starts.
        if (round % 3 > 0) {
          assertThat(server.url()).isNotEmpty();
        }
        for (int file = 0; file < FILES_OF_A_ROUND; file++) {
          put(round * FILES_OF_A_ROUND + file);
        }
        Thread.sleep(random.nextInt(6_000));
        server.kill();
      }
    }
    try (ServerProcess server = server(database)) {
      assertThat(server.url()).isNotEmpty();
      Eventually.until(
          "all files are put away", () -> names("").size() == 2 && names(".taken").isEmpty());
      assertFiles();
      int _ = server.stop();
    }
  }

  private ServerProcess server(@Nullable String database) throws IOException {
    return new ServerProcess(folder, database, "storewatch.inbox: { settled: 1s }\n");
  }

  private Path inbox() {
    return folder.resolve("data/inbox");
  }

  /** Puts a file there, in one of the ways in which files come. */
  private void put(int number) throws Exception {
    if (random.nextInt(8) == 0) {
      String name = "letter-%d.txt".formatted(number);
      bad.add(name);
      Files.writeString(inbox().resolve(name), "Dear all,\n");
      return;
    }
    byte[] text = polls(number).getBytes(StandardCharsets.UTF_8);
    String name = "polls-%d.csv%s".formatted(number, random.nextBoolean() ? "" : ".gz");
    good.add(name);
    Path partial = inbox().resolve(name + ".part");
    Path whole = inbox().resolve(name);
    if (name.endsWith(".gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(partial))) {
        out.write(text);
      }
      Files.move(partial, whole);
    } else {
      try (OutputStream out = Files.newOutputStream(whole)) {
        int half = random.nextInt(text.length);
        out.write(text, 0, half);
        Thread.sleep(random.nextInt(200));
        out.write(text, half, text.length - half);
      }
    }
  }

  /** The rows of a file, each of a poll that no other file has. */
  private static String polls(int number) {
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int row = 0; row < ROWS; row++) {
      Instant at = START.plusSeconds((long) number * ROWS + row);
      text.append("store %d,active,%s\n".formatted(row % 50, at));
    }
    return text.toString();
  }

  private List<String> names(String of) throws IOException {
    Path path = inbox().resolve(of);
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !(of.isEmpty() && name.equals(".taken")))
          .toList();
    }
  }

  /** Asserts that each file is put away once with its result, and nothing else is there. */
  private void assertFiles() throws IOException {
    assertPutAway("done", good);
    assertPutAway("failed", bad);
    for (String name : names("done")) {
      if (name.endsWith(".result.json")) {
        JsonNode result = JSON.readTree(Files.readString(inbox().resolve("done").resolve(name)));
        assertThat(result.get("added").asInt()).as(name).isEqualTo(ROWS);
        assertThat(result.get("read").asInt()).as(name).isEqualTo(ROWS);
      }
    }
  }

  private void assertPutAway(String where, List<String> files) throws IOException {
    List<String> expected = new ArrayList<>(files);
    files.forEach(name -> expected.add(name + ".result.json"));
    assertThat(names(where).stream().map(KilledInboxTest::withoutStamp))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String withoutStamp(String name) {
    return name.replaceFirst("^\\d{8}T\\d{6}Z-[0-9a-f]{8}-", "");
  }

  private void assertPolls(Connection connection) throws SQLException, IOException {
    long rows = (long) good.size() * ROWS;
    assertThat(query(connection, "SELECT count(*) FROM poll")).isEqualTo(rows);
    assertThat(query(connection, "SELECT count(DISTINCT polled_at) FROM poll")).isEqualTo(rows);
    assertThat(query(connection, "SELECT count(*) FROM import_run")).isEqualTo(good.size());
    assertThat(query(connection, "SELECT count(*) FROM import_run WHERE state = 'complete'"))
        .isEqualTo(good.size());
    assertThat(query(connection, "SELECT sum(added) FROM import_run")).isEqualTo(rows);
    assertThat(query(connection, "SELECT sum(repeated + replaced + rejected) FROM import_run"))
        .isZero();
    // What was copied for the queue is not left behind.
    for (String of : List.of("uploads", "tmp")) {
      Path path = folder.resolve("data").resolve(of);
      if (Files.exists(path)) {
        try (Stream<Path> left = Files.list(path)) {
          assertThat(left).as(of).isEmpty();
        }
      }
    }
  }

  private static long query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }
}
