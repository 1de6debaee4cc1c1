package dev.storewatch.faults;

import dev.storewatch.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of its own that can crash and be started again on the same data and port. */
final class PostgresServer implements AutoCloseable {
  private final Path data;
  private final int port;
  private EmbeddedPostgres running;

  PostgresServer(Path data) throws IOException {
    this.data = data;
    this.port = freePort();
    this.running = start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setPGStartupWait(TestDatabase.LONGEST_START)
        .setServerConfig("max_connections", "100")
        // As a database is that is to keep what it has acknowledged, which those of tests need not.
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  int port() {
    return port;
  }

  /** Returns the address of a database through a port: the own one, or that of a proxy. */
  static String url(int port, String database) {
    return "jdbc:postgresql://localhost:%d/%s?user=postgres".formatted(port, database);
  }

  /** Ends as in a crash, with all connections, and comes back. */
  void crashAndRecover() throws IOException, InterruptedException {
    crash();
    recover();
  }

  /** Ends as in a crash, with all connections. */
  void crash() throws IOException, InterruptedException {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    new ProcessBuilder("kill", "-QUIT", String.valueOf(pid)).start().waitFor();
    server.onExit().join();
    running.close();
  }

  /** Comes back after a crash. */
  void recover() throws IOException {
    running = start();
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(port, database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long query(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(port, database));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
