package dev.storewatch.journal;

import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollJournal;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.PollSpans;
import dev.storewatch.revision.StoreSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What imports changed, in a database. All is written and read within the transactions of the
 * callers that write stores and polls, so one at a time does.
 */
public final class Journal implements Entries {
  /** How long an import can be taken back. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final String ENTRIES =
      """
      SELECT import_id, number, set_id, kind, first_new_key, new_stores, stores, kept,
             written_from, written_to, knew, known_from, known_to, touched
      FROM import_journal
      """;

  private final Database database;

  /** When this process last forgot what is too old, in microseconds since the epoch. */
  private final AtomicLong forgotAt = new AtomicLong();

  /** The journal of a database. */
  public Journal(Database database) {
    this.database = database;
  }

  @Override
  public void save(JournalEntry entry, String polls, long now) {
    var _ =
        database
            .jdbc()
            .sql(
                """
                INSERT INTO import_journal
                  (import_id, number, set_id, kind, written_at, first_new_key, new_stores, stores,
                   kept, written_from, written_to, knew, known_from, known_to, touched, polls)
                VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM import_journal),
                  ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
            .param(entry.importId())
            .param(entry.setId())
            .param(entry.kind())
            .param(now)
            .param(entry.firstNewKey())
            .param(entry.newStores())
            .param(entry.stores().text())
            .param(entry.kept().text())
            .param(entry.written().start())
            .param(entry.written().end())
            .param(entry.knew().text())
            .param(entry.known().start())
            .param(entry.known().end())
            .param(entry.touched().text())
            .param(polls)
            .update();
  }

  @Override
  public boolean keepsAll() {
    return true;
  }

  @Override
  public void addPolls(String importId, int firstNumber, List<String> texts) {
    int count = texts.size();
    database.update(
        """
        INSERT INTO import_poll_change (import_id, number, polls)
        SELECT f.import_id, f.number, f.polls FROM :rows f\
        """,
        new Columns()
            .texts("import_id", Collections.nCopies(count, importId))
            .ints("number", IntStream.range(firstNumber, firstNumber + count).toArray())
            .texts("polls", texts));
  }

  @Override
  public void addStores(String importId, List<StoreChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    database.update(
        """
        INSERT INTO import_store_change
          (import_id, store_key, part, before, before_flagged_at, after, after_flagged_at)
        SELECT f.import_id, f.store_key, f.part, f.before, f.before_flagged_at, f.after,
          f.after_flagged_at
        FROM :rows f\
        """,
        new Columns()
            .texts("import_id", Collections.nCopies(changes.size(), importId))
            .ints("store_key", changes.stream().mapToInt(StoreChange::key).toArray())
            .texts("part", changes.stream().map(StoreChange::part).toList())
            .texts("before", changes.stream().map(change -> change.before().text()).toList())
            .longs(
                "before_flagged_at",
                changes.stream().mapToLong(change -> change.before().flaggedAt()).toArray())
            .texts("after", changes.stream().map(change -> change.after().text()).toList())
            .longs(
                "after_flagged_at",
                changes.stream().mapToLong(change -> change.after().flaggedAt()).toArray()));
  }

  /** Returns the entry of an import, if it is kept. */
  public Optional<JournalEntry> find(String importId) {
    return database
        .jdbc()
        .sql(ENTRIES + "WHERE import_id = ?")
        .param(importId)
        .query(Journal::entry)
        .optional();
  }

  /** Returns the entries of a kind of file that were written after another one, in order. */
  public List<JournalEntry> after(JournalEntry entry) {
    return database
        .jdbc()
        .sql(ENTRIES + "WHERE number > ? AND kind = ? ORDER BY number")
        .params(entry.number(), entry.kind())
        .query(Journal::entry)
        .list();
  }

  @Override
  public List<JournalEntry> ofSet(String setId, String kind) {
    return database
        .jdbc()
        .sql(ENTRIES + "WHERE set_id = ? AND kind = ? ORDER BY number")
        .params(setId, kind)
        .query(Journal::entry)
        .list();
  }

  private static JournalEntry entry(ResultSet row, int number) throws SQLException {
    return new JournalEntry(
        row.getString("import_id"),
        row.getLong("number"),
        row.getString("set_id"),
        row.getString("kind"),
        row.getInt("first_new_key"),
        row.getInt("new_stores"),
        StoreSet.parse(row.getString("stores")),
        StoreSet.parse(row.getString("kept")),
        new Span(row.getLong("written_from"), row.getLong("written_to")),
        StoreSet.parse(row.getString("knew")),
        new Span(row.getLong("known_from"), row.getLong("known_to")),
        StoreSet.parse(row.getString("touched")));
  }

  /** Whoever receives what an import wrote. */
  public interface Receiver {
    /**
     * Called with some of the polls.
     *
     * @param added polls that were added
     * @param replaced polls that had the other status before, as they were written
     * @param spans more polls that were added: all of a span
     */
    void take(PollRows added, PollRows replaced, PollSpans spans);
  }

  /** Passes on the polls that an import wrote, some at a time. */
  public void readPolls(String importId, Receiver receiver) {
    String next = "SELECT polls FROM import_journal WHERE import_id = ? AND ? = 0";
    for (int number = 0; ; number++) {
      Optional<String> text =
          database.jdbc().sql(next).params(importId, number).query(String.class).optional();
      if (text.isEmpty()) {
        return;
      }
      PackedChanges.Content content = PackedChanges.read(text.get());
      receiver.take(content.added(), content.replaced(), content.spans());
      next = "SELECT polls FROM import_poll_change WHERE import_id = ? AND number = ?";
    }
  }

  @Override
  public List<StoreChange> stores(String importId) {
    return database
        .jdbc()
        .sql(
            """
            SELECT store_key, part, before, before_flagged_at, after, after_flagged_at
            FROM import_store_change WHERE import_id = ? ORDER BY store_key, part
            """)
        .param(importId)
        .query(
            (row, n) ->
                new StoreChange(
                    row.getInt(1),
                    row.getString(2),
                    new StoreChange.Value(row.getString(3), row.getLong(4)),
                    new StoreChange.Value(row.getString(5), row.getLong(6))))
        .list();
  }

  /** Forgets an import: it cannot be taken back any more. */
  public void forget(String importId) {
    for (String table : List.of("import_journal", "import_poll_change", "import_store_change")) {
      var _ =
          database
              .jdbc()
              .sql("DELETE FROM %s WHERE import_id = ?".formatted(table))
              .param(importId)
              .update();
    }
  }

  private void forgetBefore(long instant) {
    database
        .jdbc()
        .sql("SELECT import_id FROM import_journal WHERE written_at < ?")
        .param(instant)
        .query(String.class)
        .list()
        .forEach(this::forget);
  }

  /**
   * Notes with the imports that wrote polls of some stores in a period that something rests on
   * these polls: they were pushed again, or deleted.
   */
  void touch(StoreSet stores, Span period) {
    List<JournalEntry> touched =
        database
            .jdbc()
            .sql(
                ENTRIES + "WHERE written_from < ? AND written_to > ? AND written_from < written_to")
            .params(period.end(), period.start())
            .query(Journal::entry)
            .list();
    for (JournalEntry entry : touched) {
      StoreSet all = entry.stores().and(stores);
      if (!all.isEmpty()) {
        all.addAll(entry.touched());
        var _ =
            database
                .jdbc()
                .sql("UPDATE import_journal SET touched = ? WHERE import_id = ?")
                .params(all.text(), entry.importId())
                .update();
      }
    }
  }

  /**
   * Begins the entry of an import, and forgets those that are too old to be taken back.
   *
   * @param set the files that it is brought together with; null for a file by itself
   * @param kind what the file holds
   * @param now the instant, in microseconds since the epoch
   */
  public OpenEntry begin(String importId, @Nullable FileSet set, String kind, long now) {
    if (now - forgotAt.getAndSet(now) >= Micros.DAY) {
      forgetBefore(now - KEPT.toMillis() * 1_000);
    }
    return new OpenEntry(this, importId, set, kind, now);
  }

  /**
   * Returns what notes the polls that are pushed though they are there already, or deleted, with
   * the imports that wrote them.
   */
  public PollJournal ofOthers() {
    return new TouchedByOthers(this);
  }
}
