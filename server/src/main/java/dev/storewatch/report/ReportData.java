package dev.storewatch.report;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollScan;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Stores;
import java.util.function.Supplier;

/**
 * All that reports are computed from: usually a database, but for a report on files alone what was
 * read of them is in memory.
 */
public interface ReportData {
  /** Returns the stores. */
  Stores stores();

  /** Returns the polls as they are now. */
  PollScan polls();

  /** Returns the polls as they were known at a revision. */
  PollScan polls(int revision);

  /** Returns a number that is different after any change of the polls. */
  long pollsVersion();

  /** Returns the latest revision of the data. */
  int latestRevision();

  /** Returns whether polls of a time were deleted for their age after a revision. */
  boolean hasLostPolls(int revision, Span time);

  /** Does work that reads with several statements, all of which see one state. */
  <T> T inSnapshot(Supplier<T> work);

  /** Returns work for another thread that sees the state that this thread sees. */
  Runnable sharingSnapshot(Runnable work);

  /** Returns the data of a database. */
  static ReportData of(Database database, Stores stores, Polls polls) {
    return new OfDatabase(database, stores, polls, new Revisions(database));
  }

  /** The data of a database. */
  record OfDatabase(Database database, Stores stores, Polls polls, Revisions revisions)
      implements ReportData {
    @Override
    public PollScan polls(int revision) {
      return polls.knownAt(revision);
    }

    @Override
    public long pollsVersion() {
      return polls.version();
    }

    @Override
    public int latestRevision() {
      return revisions.latest();
    }

    @Override
    public boolean hasLostPolls(int revision, Span time) {
      return revisions.hasChange(Kind.OLD_POLLS, revision, time);
    }

    @Override
    public <T> T inSnapshot(Supplier<T> work) {
      return database.inSnapshot(work);
    }

    @Override
    public Runnable sharingSnapshot(Runnable work) {
      return database.sharingSnapshot(work);
    }
  }
}
