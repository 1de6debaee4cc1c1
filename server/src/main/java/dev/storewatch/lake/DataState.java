package dev.storewatch.lake;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How far the data of an installation is.
 *
 * @param installation tells it from other installations, through copies of it too; 0 as long as
 *     nothing does
 * @param revision the latest revision
 * @param revisionMadeAt when it was made, in microseconds since the epoch
 * @param goneBefore the instant before which polls are not kept any more
 */
record DataState(
    Database database, long installation, int revision, long revisionMadeAt, long goneBefore) {
  /** No polls, in microseconds since the epoch. */
  private static final Span NONE = new Span(0, 0);

  static DataState of(Database database) {
    Revisions revisions = new Revisions(database);
    int latest = revisions.latest();
    return new DataState(
        database,
        firstStores(database),
        latest,
        revisions.madeAt(latest),
        revisions.pollsGoneBefore().orElse(Long.MIN_VALUE));
  }

  /**
   * Returns when the first stores came: no two installations have the same, and it goes with a
   * copy. Revisions of stores are never put together.
   */
  private static long firstStores(Database database) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT coalesce(min(made_at), 0) FROM revision WHERE kind = ?")
                .param(Kind.STORES.word())
                .query(Long.class)
                .single());
  }

  /**
   * Checks that a lake is of this installation.
   *
   * @throws BadLake if it is not
   */
  void requireSame(Manifest lake, Path folder) {
    if (lake.installation() != 0 && lake.installation() != installation) {
      throw new BadLake(
          "%s is the lake of another installation: name another folder, or the data that it was exported from"
              .formatted(folder));
    }
  }

  /**
   * Returns whether the data has gone on from what a lake has. It has not after an older copy of
   * the data was put back: then what was known since is in the lake alone.
   */
  boolean follows(Manifest lake) {
    return lake.revision() <= revision
        && madeAt(lake).orElse(lake.revisionMadeAt()) == lake.revisionMadeAt();
  }

  /** Returns when the revision of a lake was made; nothing if it was put together with others. */
  private Optional<Long> madeAt(Manifest lake) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT min(made_at) FROM revision WHERE number = ?")
                .param(lake.revision())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single());
  }

  /** Returns the dates, as a time, in which polls may have come or gone after a revision. */
  Span changedSince(int after) {
    long[] bounds =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        SELECT coalesce(min(from_at), 0), coalesce(max(to_at), 0) FROM revision
                        WHERE number > ? AND kind = ?\
                        """)
                    .params(after, Kind.POLLS.word())
                    .query((row, number) -> new long[] {row.getLong(1), row.getLong(2)})
                    .single());
    return bounds[1] <= bounds[0] ? NONE : wholeDates(bounds[0], bounds[1]);
  }

  private static Span wholeDates(long from, long to) {
    return new Span(
        Math.floorDiv(from, Micros.DAY) * Micros.DAY, -Math.floorDiv(-to, Micros.DAY) * Micros.DAY);
  }

  /** Returns whether polls of a date may be gone that a lake still has. */
  boolean mayBeGone(LocalDate date) {
    return PollSource.time(date).start() < goneBefore;
  }
}
