package dev.storewatch.poll;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job that makes room for the polls to come, and deletes those that are too old to be kept. */
final class PollUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(PollUpkeep.class);

  private static final Duration AHEAD = Duration.ofDays(62);

  /** How long each change of polls is kept by itself. */
  private static final Duration IN_DETAIL = Duration.ofDays(35);

  private final Database database;
  private final Polls polls;
  private final Revisions revisions;
  private final Clock clock;
  private final @Nullable Duration kept;

  PollUpkeep(Database database, Polls polls, Clock clock, @Nullable Duration kept) {
    this.database = database;
    this.polls = polls;
    this.revisions = new Revisions(database);
    this.clock = clock;
    this.kept = kept;
  }

  void run() {
    Instant now = clock.instant();
    boolean deleted =
        database.inWriteTransaction(
            () -> {
              polls.makeRoomUntil(Micros.of(now.plus(AHEAD)));
              revisions.thinOut(Micros.of(now.minus(IN_DETAIL)));
              return kept != null && deleteBefore(startOfMonth(now.minus(kept)));
            });
    if (deleted) {
      LOG.info("deleted the polls of months that ended more than {} ago", kept);
    }
  }

  private boolean deleteBefore(long instant) {
    boolean deleted = polls.deleteBefore(instant);
    if (deleted) {
      Span gone = new Span(Change.ALWAYS.start(), instant);
      revisions.note(new Change(Kind.OLD_POLLS, null, gone, 1));
    }
    return deleted;
  }

  private static long startOfMonth(Instant instant) {
    return Micros.of(
        YearMonth.from(instant.atOffset(ZoneOffset.UTC))
            .atDay(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant());
  }
}
