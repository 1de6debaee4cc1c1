package dev.storewatch.poll;

import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of time that is cheap to read by itself, with the number of polls in it.
 *
 * @param name what to call it
 * @param time its instants, in microseconds since the epoch
 * @param polls how many polls of all stores lie in it, at least one
 */
public record PollPart(String name, Span time, long polls) {
  private static final long DAY = 86_400_000_000L;

  /** Returns the parts in which all polls of a database lie, the earliest first. */
  public static List<PollPart> of(Database database) {
    return database.call(
        () ->
            switch (database) {
              case DuckDbDatabase duckDb -> ofDays(duckDb);
              case PostgresDatabase postgres -> ofPartitions(postgres);
            });
  }

  private static List<PollPart> ofDays(DuckDbDatabase database) {
    Map<PollPartition, Long> polls = new LinkedHashMap<>();
    database
        .jdbc()
        .sql(
            "SELECT polled_at // %d AS day, count(*) FROM poll GROUP BY day ORDER BY day"
                .formatted(DAY))
        .query(
            row -> {
              polls.merge(PollPartition.of(row.getLong(1) * DAY), row.getLong(2), Long::sum);
            });
    List<PollPart> parts = new ArrayList<>();
    polls.forEach((part, count) -> parts.add(new PollPart(part.name(), part.time(), count)));
    return parts;
  }

  private static List<PollPart> ofPartitions(PostgresDatabase database) {
    return database
        .jdbc()
        .sql(
            """
            SELECT name, starts_at, ends_at, polls FROM poll_partition
            WHERE polls > 0 ORDER BY starts_at\
            """)
        .query(
            (row, n) ->
                new PollPart(
                    row.getString(1), new Span(row.getLong(2), row.getLong(3)), row.getLong(4)))
        .list();
  }
}
