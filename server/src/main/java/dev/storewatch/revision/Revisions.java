package dev.storewatch.revision;

import dev.storewatch.database.Database;
import dev.storewatch.database.Ending;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The revisions of a database: each transaction that changes something on which figures rest makes
 * one.
 */
public final class Revisions {
  private static final String COLUMNS =
      "number, kind, made_at, made_by, cause, stores, from_at, to_at, changes, zone_rules";

  /** How many changes are read at a time. */
  private static final int AT_A_TIME = 1_000;

  private final Database database;

  /** The revisions of a database. */
  public Revisions(Database database) {
    this.database = database;
  }

  /** Returns the number of the latest revision; 0 if nothing was changed since they are counted. */
  public int latest() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT coalesce(max(number), 0) FROM revision")
                .query(Integer.class)
                .single());
  }

  /**
   * Returns the revision that was the latest at an instant; 0 for before the first.
   *
   * @param instant microseconds since the epoch
   */
  public int at(long instant) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT coalesce(max(number), 0) FROM revision WHERE made_at <= ?")
                .param(instant)
                .query(Integer.class)
                .single());
  }

  /**
   * Checks that there is a revision.
   *
   * @throws WrongInput if there is none of the number yet
   */
  public int checked(int number) {
    int latest = latest();
    if (number < 0 || number > latest) {
      throw new WrongInput(
          "there is no revision %d: use a number from 0 to %d, the latest"
              .formatted(number, latest));
    }
    return number;
  }

  /**
   * Returns changes in the order of their revisions.
   *
   * @param after only those after this revision
   * @param limit the most to return
   */
  public List<Revision> after(int after, int limit) {
    return select("WHERE number > ? ORDER BY number, kind LIMIT ?", after, limit);
  }

  /**
   * Returns changes, the latest first.
   *
   * @param before only those before this revision
   * @param limit the most to return; more if the last of them has several kinds
   */
  public List<Revision> before(int before, int limit) {
    return select(
        """
        WHERE number IN (
          SELECT DISTINCT number FROM revision WHERE number < ? ORDER BY number DESC LIMIT ?)
        ORDER BY number DESC, kind\
        """,
        before,
        limit);
  }

  private List<Revision> select(String condition, Object... parameters) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT " + COLUMNS + " FROM revision " + condition)
                .params(parameters)
                .query(Revisions::read)
                .list());
  }

  private static Revision read(ResultSet row, int number) throws SQLException {
    String stores = row.getString("stores");
    return new Revision(
        row.getInt("number"),
        row.getLong("made_at"),
        row.getString("made_by"),
        row.getString("cause"),
        new Change(
            Kind.of(row.getString("kind")),
            stores == null ? null : StoreSet.parse(stores),
            new Span(row.getLong("from_at"), row.getLong("to_at")),
            row.getLong("changes")),
        row.getString("zone_rules"));
  }

  /** Returns whether a kind of change of a time was made after a revision. */
  public boolean hasChange(Kind kind, int after, Span time) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT count(*) > 0 FROM revision
                    WHERE number > ? AND kind = ? AND from_at < ? AND to_at > ?\
                    """)
                .params(after, kind.word(), time.end(), time.start())
                .query(Boolean.class)
                .single());
  }

  /**
   * Gives the changes after a revision, up to another one, to a receiver in the order of their
   * revisions.
   */
  public void forEach(int after, int last, Consumer<Change> receiver) {
    int reached = after;
    while (reached < last) {
      List<Revision> some = after(reached, AT_A_TIME);
      for (Revision revision : some) {
        if (revision.number() <= last) {
          receiver.accept(revision.change());
        }
      }
      // A revision may have more changes than were read of it.
      reached = some.size() < AT_A_TIME ? last : some.getLast().number() - 1;
    }
  }

  /**
   * Returns the instant before which polls were deleted because they were older than is kept; empty
   * if none were.
   */
  public OptionalLong pollsGoneBefore() {
    return database
        .call(
            () ->
                database
                    .jdbc()
                    .sql("SELECT max(to_at) FROM revision WHERE kind = ?")
                    .param(Kind.OLD_POLLS.word())
                    .query(Long.class)
                    .optional())
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** Returns the changes after a revision that touch a time, those of polls left out. */
  public List<Revision> ofStoresSince(int after, Span time) {
    return select(
        """
        WHERE number > ? AND kind <> 'polls' AND from_at < ? AND to_at > ? ORDER BY number, kind\
        """,
        after,
        time.end(),
        time.start());
  }

  /**
   * Returns when a revision was made, in microseconds since the epoch; of one that was put together
   * with others, when the last of them was.
   */
  public long madeAt(int number) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT coalesce(min(made_at), 0) FROM revision WHERE number >= ?")
                .param(number)
                .query(Long.class)
                .single());
  }

  /**
   * Makes one of the changes of polls in each hour before an instant, so that a server to which
   * polls are pushed for years keeps some thousand rows a year.
   *
   * @param instant microseconds since the epoch
   */
  public void thinOut(long instant) {
    String old = "kind = 'polls' AND made_at < " + instant;
    String last =
        "SELECT max(number) FROM revision WHERE %s GROUP BY made_at - made_at %% %d"
            .formatted(old, Micros.HOUR);
    database
        .jdbc()
        .sql(
            """
            UPDATE revision SET from_at = h.from_at, to_at = h.to_at, changes = h.changes,
              made_by = h.made_by, cause = h.cause, stores = h.stores
            FROM (
              SELECT max(number) AS number, min(from_at) AS from_at, max(to_at) AS to_at,
                CAST(sum(changes) AS BIGINT) AS changes,
                CASE WHEN count(*) = 1 THEN max(made_by) END AS made_by,
                CASE WHEN count(*) = 1 THEN max(cause) END AS cause,
                CASE WHEN count(*) = 1 THEN max(stores) END AS stores
              FROM revision WHERE %s GROUP BY made_at - made_at %% %d) h
            WHERE revision.number = h.number AND revision.kind = 'polls'\
            """
                .formatted(old, Micros.HOUR))
        .update();
    database
        .jdbc()
        .sql("DELETE FROM revision WHERE %s AND number NOT IN (%s)".formatted(old, last))
        .update();
  }

  /** Says who makes the revision of the running transaction, and what it is part of. */
  public void by(@Nullable String who, @Nullable String cause) {
    Draft draft = draft();
    draft.madeBy = who;
    draft.cause = cause;
  }

  /**
   * Returns the number of the revision that the running transaction makes; it takes one if it has
   * none yet.
   *
   * @throws IllegalStateException if no transaction is running
   */
  public int here() {
    return draft().latest().number + 1;
  }

  /** Notes what the running transaction changes. */
  public void note(Change change) {
    int _ = here();
    draft().changes.merge(change.kind(), change, Change::and);
  }

  /**
   * Has something done when all of the running transaction's work is done.
   *
   * @param key what the same thing is known by: it is done once
   */
  public void whenDone(Object key, Runnable work) {
    draft().work.putIfAbsent(key, work);
  }

  /** Notes that the table of time zones is of another release than at the latest revision. */
  public void noteZoneRules() {
    if (rulesDiffer()) {
      database.inWriteTransaction(
          () -> {
            if (rulesDiffer()) {
              note(zoneRulesChanged());
            }
            return true;
          });
    }
  }

  private boolean rulesDiffer() {
    return lookUpLatest().hasOtherRules();
  }

  private static String rulesInUse() {
    return ZoneTable.inUse().version();
  }

  private static Change zoneRulesChanged() {
    return new Change(Kind.ZONE_RULES, null, Change.ALWAYS, 1);
  }

  /**
   * The latest revision.
   *
   * @param number its number; 0 for none
   * @param madeAt when it was made, and so no later one before
   * @param zoneRules the release of the table of time zones that was in use; null for none
   */
  private record Latest(int number, long madeAt, @Nullable String zoneRules) {
    boolean hasOtherRules() {
      return zoneRules != null && !zoneRules.equals(rulesInUse());
    }
  }

  /**
   * The greatest number is that of the table and not that of a row: with DuckDB, a commit that
   * failed because the disk was full leaves its number taken, though its row is gone.
   */
  private Latest lookUpLatest() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT l.number, coalesce(r.made_at, 0) AS made_at, r.zone_rules
                    FROM (SELECT coalesce(max(number), 0) AS number FROM revision) l
                    LEFT JOIN revision r ON r.number = l.number LIMIT 1\
                    """)
                .query(
                    (row, _) ->
                        new Latest(
                            row.getInt("number"),
                            row.getLong("made_at"),
                            row.getString("zone_rules")))
                .single());
  }

  private Draft draft() {
    return TransactionSynchronizationManager.getSynchronizations().stream()
        .filter(Draft.class::isInstance)
        .map(Draft.class::cast)
        .filter(draft -> draft.isOf(database))
        .findFirst()
        .orElseGet(() -> new Draft().begun());
  }

  /** The revision of a running transaction. */
  private final class Draft extends Ending {
    /** The one before this; null while nobody has asked. No other is made before this one is. */
    private @Nullable Latest latest;

    private @Nullable String madeBy;
    private @Nullable String cause;
    private final Map<Kind, Change> changes = new EnumMap<>(Kind.class);
    private final Map<Object, Runnable> work = new LinkedHashMap<>();

    Draft begun() {
      register();
      return this;
    }

    Latest latest() {
      Latest known = latest == null ? lookUpLatest() : latest;
      latest = known;
      return known;
    }

    boolean isOf(Database of) {
      return Objects.equals(of, database);
    }

    @Override
    protected void end() {
      work.values().forEach(Runnable::run);
      if (changes.isEmpty()) {
        return;
      }
      if (latest().hasOtherRules()) {
        changes.put(Kind.ZONE_RULES, zoneRulesChanged());
      }
      // Never before the revision before it, whatever the clock says.
      long madeAt = Math.max(Micros.of(database.clock().instant()), latest().madeAt);
      changes.values().forEach(change -> insert(change, madeAt));
    }

    private void insert(Change change, long madeAt) {
      StoreSet stores = change.stores();
      database
          .jdbc()
          .sql(
              """
              INSERT INTO revision (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
              """
                  .formatted(COLUMNS))
          .params(
              Arrays.asList(
                  here(),
                  change.kind().word(),
                  madeAt,
                  madeBy,
                  cause,
                  stores == null ? null : stores.shortText(),
                  change.time().start(),
                  change.time().end(),
                  change.count(),
                  rulesInUse()))
          .update();
    }
  }
}
