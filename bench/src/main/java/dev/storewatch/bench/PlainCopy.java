package dev.storewatch.bench;

import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.uptime.PackedPoll;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * The same rows in and out of PostgreSQL without this product, by statements that a good
 * administrator would write: the rows are ready in memory, sorted, in the format of the server.
 */
final class PlainCopy {
  private static final Span ALWAYS = new Span(Long.MIN_VALUE / 4, Long.MAX_VALUE / 4);
  private static final int BLOCK = 64 * 1024;

  private final byte[] rows;

  private PlainCopy(byte[] rows) {
    this.rows = rows;
  }

  /** Returns the copy of all polls that were imported. */
  static PlainCopy of(Installed installed) throws IOException {
    int stores = installed.stores().registry().size();
    GroupedPolls polls = new GroupedPolls();
    polls.load(installed.polls(), ALWAYS, 1, stores);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
    out.writeLong(0);
    for (int key = 1; key <= stores; key++) {
      for (int i = polls.from(key); i < polls.to(key); i++) {
        write(key, polls.array()[i], out);
      }
    }
    out.writeShort(-1);
    return new PlainCopy(bytes.toByteArray());
  }

  private static void write(int key, long poll, DataOutputStream out) throws IOException {
    out.writeShort(3);
    out.writeInt(Integer.BYTES);
    out.writeInt(key);
    out.writeInt(Long.BYTES);
    out.writeLong(PackedPoll.at(poll));
    out.writeInt(1);
    out.writeBoolean(PackedPoll.isActive(poll));
  }

  /** Makes an empty table like that of the polls, with its partitions and its primary key. */
  static void makeTable(Installed installed, String name) {
    installed
        .database()
        .jdbc()
        .sql(
            """
            DO $$
            DECLARE each record;
            BEGIN
              CREATE TABLE %1$s (LIKE poll INCLUDING ALL) PARTITION BY RANGE (polled_at);
              FOR each IN SELECT * FROM poll_partition LOOP
                EXECUTE format('CREATE TABLE %1$s_%%s PARTITION OF %1$s FOR VALUES FROM (%%s) TO (%%s)',
                  each.name, each.starts_at, each.ends_at);
              END LOOP;
            END $$\
            """
                .formatted(name))
        .update();
  }

  /** Copies the rows into a table. */
  long in(Installed installed, String table) {
    return postgres(installed).withConnection(connection -> in(connection, table));
  }

  private long in(Connection connection, String table) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY %s (store_key, polled_at, active) FROM STDIN (FORMAT binary)"
                    .formatted(table));
    for (int from = 0; from < rows.length; from += BLOCK) {
      copy.writeToCopy(rows, from, Math.min(BLOCK, rows.length - from));
    }
    return copy.endCopy();
  }

  /**
   * Copies the rows into a table of the session, which has no log and no index, and merges that
   * into another by one statement.
   */
  void merge(Installed installed, String table) {
    installed
        .database()
        .inTransaction(
            () ->
                postgres(installed)
                    .withConnection(
                        connection -> {
                          execute(
                              connection, "CREATE TEMP TABLE staged (LIKE poll) ON COMMIT DROP");
                          in(connection, "staged");
                          return execute(connection, mergeInto(table));
                        }));
  }

  private static String mergeInto(String table) {
    return """
    INSERT INTO %1$s AS kept (store_key, polled_at, active)
    SELECT store_key, polled_at, active FROM staged
    ON CONFLICT (store_key, polled_at) DO UPDATE SET active = excluded.active
    WHERE kept.active <> excluded.active\
    """
        .formatted(table);
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  /** Copies all polls out without keeping them; returns their bytes. */
  static long out(Installed installed) {
    return postgres(installed)
        .withConnection(
            connection -> {
              CopyOut copy =
                  connection
                      .unwrap(PGConnection.class)
                      .getCopyAPI()
                      .copyOut(
                          "COPY (SELECT store_key, polled_at, active FROM poll) TO STDOUT (FORMAT"
                              + " binary)");
              long bytes = 0;
              for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                bytes += row.length;
              }
              return bytes;
            });
  }

  private static PostgresDatabase postgres(Installed installed) {
    return (PostgresDatabase) installed.database();
  }
}
