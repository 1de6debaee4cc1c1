package dev.storewatch.importing;

import dev.storewatch.database.BinaryCopyWriter;
import dev.storewatch.database.PostgresDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;

/** Uploaded files in PostgreSQL, in pieces, so that any server can import them. */
final class PostgresUploads implements Uploads {
  private static final int PIECE = 256 * 1024;

  private static final byte[] END = {};

  private final PostgresDatabase database;

  PostgresUploads(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public boolean holds(String importId) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT EXISTS (SELECT 1 FROM upload_piece WHERE import_id = ?)")
                .param(importId)
                .query(Boolean.class)
                .single());
  }

  @Override
  public InputStream open(String importId) {
    return new Pieces(importId, length(importId));
  }

  /** Returns how many bytes a file should have; 0 if that was not recorded. */
  private long length(String importId) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT bytes FROM import_run WHERE id = ? AND bytes IS NOT NULL")
                .param(importId)
                .query(Long.class)
                .optional()
                .orElse(0L));
  }

  /** The bytes of a file, one piece after the other; a file that ends too early is an error. */
  private final class Pieces extends InputStream {
    private final String importId;
    private long left;
    private byte[] piece = {};
    private int next;
    private int number;

    Pieces(String importId, long length) {
      this.importId = importId;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      return hasMore() ? piece[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!hasMore()) {
        return -1;
      }
      int count = Math.min(length, piece.length - next);
      System.arraycopy(piece, next, bytes, offset, count);
      next += count;
      return count;
    }

    private boolean hasMore() throws IOException {
      if (next == piece.length) {
        piece = piece(importId, number++);
        next = 0;
        left -= piece.length;
        if (piece.length == 0 && left > 0) {
          throw new IOException(
              "%d bytes of the uploaded file are not there: upload it again".formatted(left));
        }
      }
      return piece.length > 0;
    }
  }

  /** Returns a piece of a file, an empty one after its end. */
  private byte[] piece(String importId, int number) {
    return database.withConnection(
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  "SELECT bytes FROM upload_piece WHERE import_id = ? AND number = ?")) {
            statement.setString(1, importId);
            statement.setInt(2, number);
            try (var found = statement.executeQuery()) {
              return found.next() ? found.getBytes(1) : END;
            }
          }
        });
  }

  @Override
  public void keep(Path received, String importId) throws IOException {
    try (InputStream file = Files.newInputStream(received)) {
      database.copyIn(
          "COPY upload_piece (import_id, number, bytes) FROM STDIN (FORMAT binary)",
          out -> write(importId, file, out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(String importId, InputStream file, BinaryCopyWriter out)
      throws SQLException {
    try {
      byte[] piece = new byte[PIECE];
      int number = 0;
      for (int size = file.readNBytes(piece, 0, PIECE);
          size > 0;
          size = file.readNBytes(piece, 0, PIECE)) {
        out.row(3).text(importId).int4(number++).bytea(Arrays.copyOf(piece, size));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a file that is still to be imported, because another server may be working on it. */
  @Override
  public void delete(String importId) {
    database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    DELETE FROM upload_piece WHERE import_id = ? AND NOT EXISTS (
                      SELECT 1 FROM import_run WHERE id = ? AND state IN ('queued', 'running'))\
                    """)
                .params(importId, importId)
                .update());
  }

  @Override
  public Stream<String> importIds() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT DISTINCT import_id FROM upload_piece")
                .query(String.class)
                .list()
                .stream());
  }
}
