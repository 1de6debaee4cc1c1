package dev.storewatch.importing;

import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was rejected of polls that come in an endless row and not in files. It is kept and shown
 * where the rejects of files are: as an import for each place that they come from and each day of
 * UTC, which has these rejects and nothing else.
 */
public final class StreamRejects {
  /** How many are kept of a place and a day; all are counted. */
  static final int MOST_KEPT = 10_000;

  private final Database database;

  /** The rejects of a database. */
  public StreamRejects(Database database) {
    this.database = database;
  }

  /**
   * Keeps rejects, within the caller's transaction.
   *
   * @param source where they come from, which is what the import is called
   * @param note what the import says of itself, a sentence without a full stop
   * @param rejects what was rejected; the line is its number at the source
   */
  public void add(String source, String note, List<Reject> rejects, Instant now) {
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    String id = id(source, day);
    long all = count(id, rejects.size(), now).orElse(0L);
    if (all == 0) {
      insert(id, source, note, rejects.size(), now);
      all = rejects.size();
    }
    long before = all - rejects.size();
    int room = Math.clamp(MOST_KEPT - before, 0, rejects.size());
    if (room > 0) {
      keep(id, rejects.subList(0, room));
    }
  }

  /** Returns the id of the import of a place and a day. */
  static String id(String source, LocalDate day) {
    return UUID.nameUUIDFromBytes("%s %s".formatted(source, day).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private Optional<Long> count(String id, int more, Instant now) {
    return database
        .jdbc()
        .sql(
            """
            UPDATE import_run SET rows_read = rows_read + ?, rejected = rejected + ?, ended_at = ?
            WHERE id = ? RETURNING rejected\
            """)
        .params(more, more, Micros.of(now), id)
        .query(Long.class)
        .optional();
  }

  private void insert(String id, String source, String note, int rejected, Instant now) {
    long at = Micros.of(now);
    var _ =
        database
            .jdbc()
            .sql(
                """
                INSERT INTO import_run
                  (id, source, kind, state, rows_read, added, repeated, replaced, rejected, started_at,
                   ended_at, notes, set_more)
                VALUES (?, ?, 'polls', 'complete', ?, 0, 0, 0, ?, ?, ?, ?, false)\
                """)
            .params(id, source, rejected, rejected, at, at, note)
            .update();
  }

  private void keep(String id, List<Reject> rejects) {
    var _ =
        database.update(
            """
            INSERT INTO import_reject (import_id, line, reason, text)
            SELECT f.import_id, f.line, f.reason, f.text FROM :rows f\
            """,
            new Columns()
                .texts("import_id", Collections.nCopies(rejects.size(), id))
                .longs("line", rejects.stream().mapToLong(Reject::line).toArray())
                .texts("reason", rejects.stream().map(Reject::reason).toList())
                .texts("text", rejects.stream().map(Reject::text).toList()));
  }
}
