package dev.storewatch.lake;

import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollPart;
import dev.storewatch.uptime.PackedPoll;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.duckdb.DuckDBDataChunkReader;

/** The polls of a database with their revisions, by the date in UTC. */
final class PollSource {
  /** Before the first revision: what was there before changes were counted has the revision 0. */
  static final int BEFORE_ALL = -1;

  private final Database database;

  PollSource(Database database) {
    this.database = database;
  }

  /** Whoever receives polls, in no particular order. */
  interface Receiver {
    void take(int store, long poll, int revision);
  }

  /**
   * The polls of a date.
   *
   * @param all how many there are
   * @param fresh how many of them came after a revision, or got their status after it
   */
  record Count(long all, long fresh) {
    static final Count NONE = new Count(0, 0);
  }

  /**
   * What became of the polls of a date that were there at a revision.
   *
   * @param changed how many got another status or went
   * @param gone how many of these are not there any more
   */
  record Past(long changed, long gone) {
    static final Past NONE = new Past(0, 0);
  }

  /** Returns the time of a date in UTC. */
  static Span time(LocalDate date) {
    long start = date.toEpochDay() * Micros.DAY;
    return new Span(start, start + Micros.DAY);
  }

  /** Returns how many polls there are of each date in a period that has any. */
  SortedMap<LocalDate, Count> counts(int afterRevision, Span period) {
    SortedMap<LocalDate, Count> counts = new TreeMap<>();
    for (Span part : parts(period)) {
      database.call(
          () -> {
            database
                .jdbc()
                .sql(
                    """
                    SELECT polled_at - polled_at %% %1$d AS midnight, count(*),
                      count(*) FILTER (WHERE revision > ?)
                    FROM poll WHERE polled_at >= ? AND polled_at < ? GROUP BY midnight\
                    """
                        .formatted(Micros.DAY))
                .params(afterRevision, part.start(), part.end())
                .query(
                    row -> {
                      counts.put(date(row.getLong(1)), new Count(row.getLong(2), row.getLong(3)));
                    });
            return counts;
          });
    }
    return counts;
  }

  /**
   * Returns the parts of a period that are asked for by one query each: of PostgreSQL, which would
   * be taken for one that does not answer if it counted for too long. No part divides a date.
   */
  private List<Span> parts(Span period) {
    return database.isShared()
        ? PollPart.of(database).stream()
            .map(PollPart::time)
            .filter(period::overlaps)
            .map(
                time ->
                    new Span(
                        Math.max(time.start(), period.start()), Math.min(time.end(), period.end())))
            .toList()
        : List.of(period);
  }

  /** Returns what became of polls of a period since a revision, by their dates. */
  SortedMap<LocalDate, Past> past(int afterRevision, Span period) {
    SortedMap<LocalDate, Past> past = new TreeMap<>();
    database.call(
        () -> {
          database
              .jdbc()
              .sql(
                  """
                  SELECT b.polled_at - b.polled_at %% %1$d AS midnight, count(*),
                    count(*) FILTER (WHERE p.store_key IS NULL)
                  FROM poll_past b LEFT JOIN poll p ON p.store_key = b.store_key
                    AND p.polled_at = b.polled_at AND p.polled_at >= ? AND p.polled_at < ?
                  WHERE b.until_revision > ? AND b.revision <= ?
                    AND b.polled_at >= ? AND b.polled_at < ?
                  GROUP BY midnight\
                  """
                      .formatted(Micros.DAY))
              .params(
                  period.start(),
                  period.end(),
                  afterRevision,
                  afterRevision,
                  period.start(),
                  period.end())
              .query(
                  row -> {
                    past.put(date(row.getLong(1)), new Past(row.getLong(2), row.getLong(3)));
                  });
          return past;
        });
    return past;
  }

  private static LocalDate date(long midnight) {
    return LocalDate.ofEpochDay(midnight / Micros.DAY);
  }

  /** Gives the polls of a period that came, or got their status, after a revision. */
  void read(int afterRevision, Span period, Receiver receiver) {
    String query =
        """
        SELECT store_key, polled_at, active, revision FROM poll
        WHERE polled_at >= %d AND polled_at < %d AND revision > %d\
        """
            .formatted(period.start(), period.end(), afterRevision);
    switch (database) {
      case DuckDbDatabase duckDb -> duckDb.read(query, chunk -> give(chunk, receiver));
      case PostgresDatabase postgres ->
          postgres.copyOut(
              "COPY (%s) TO STDOUT (FORMAT binary)".formatted(query),
              row -> receiver.take(row.int4(), PackedPoll.of(row.int8(), row.bool()), row.int4()));
    }
  }

  private static void give(DuckDBDataChunkReader chunk, Receiver receiver) {
    var stores = chunk.vector(0);
    var instants = chunk.vector(1);
    var statuses = chunk.vector(2);
    var revisions = chunk.vector(3);
    for (int i = 0; i < chunk.rowCount(); i++) {
      receiver.take(
          stores.getInt(i),
          PackedPoll.of(instants.getLong(i), statuses.getBoolean(i)),
          revisions.getInt(i));
    }
  }
}
