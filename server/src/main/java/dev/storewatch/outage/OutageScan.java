package dev.storewatch.outage;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The outages of many stores in a database, as sums and calendars need them. */
final class OutageScan {
  private final Database database;

  OutageScan(Database database) {
    this.database = database;
  }

  /**
   * Returns outages that overlap a period, in the order of stores and of time.
   *
   * @param last only those after this one in that order; null for all
   * @param keys the stores, in order; null for all
   * @param limit the most to return
   */
  List<KeptOutage> byStore(
      @Nullable KeptOutage last, Span period, int @Nullable [] keys, int limit) {
    int store = last == null ? 0 : last.store();
    long start = last == null ? Long.MIN_VALUE : last.start();
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT %s FROM outage
                    WHERE store_key >= ? AND (store_key > ? OR started_at > ?)
                      AND started_at < ? AND (ended_at IS NULL OR ended_at > ?)%s
                    ORDER BY store_key, started_at LIMIT ?\
                    """
                        .formatted(
                            Outages.COLUMNS, keys == null ? "" : " AND " + Outages.isOneOf(keys)))
                .params(store, store, start, period.end(), period.start(), limit)
                .query(Outages::read)
                .list());
  }

  /**
   * How often an outage was corrected, and when the last time.
   *
   * @param last in microseconds since the epoch
   */
  record Corrections(int count, long last) {
    Instant lastAt() {
      return Micros.toInstant(last);
    }
  }

  /** Returns the corrections of outages, by their ids; nothing of those without any. */
  Map<Long, Corrections> corrections(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    String some = ids.stream().map(Object::toString).collect(Collectors.joining(","));
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT id, count(*) AS corrections, max(said_until) AS corrected FROM outage_past
                    WHERE id IN (%s) GROUP BY id\
                    """
                        .formatted(some))
                .query(
                    (row, number) ->
                        Map.entry(
                            row.getLong("id"),
                            new Corrections(row.getInt("corrections"), row.getLong("corrected"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
