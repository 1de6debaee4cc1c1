package dev.storewatch.quality;

import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.time.Clock;
import java.time.Duration;

/** The polls of the last whole hour, against those that were expected, as a job keeps them. */
public final class CoverageNow {
  private final Stores stores;
  private final Polls polls;
  private final LateClose lateClose;
  private final Clock clock;
  private volatile CoverageTotals last = CoverageTotals.NONE;

  CoverageNow(Stores stores, Polls polls, LateClose lateClose, Clock clock) {
    this.stores = stores;
    this.polls = polls;
    this.lateClose = lateClose;
    this.clock = clock;
  }

  /** Returns what was found at the last look; nothing before the first. */
  public CoverageTotals last() {
    return last;
  }

  void look() {
    long end = Math.floorDiv(Micros.of(clock.instant()), Micros.HOUR) * Micros.HOUR;
    CoverageRequest hour =
        new CoverageRequest(Span.endingAt(end, Micros.HOUR), Duration.ofHours(1));
    last = new PollCoverage(stores.registry(), polls, Scope.EVERYTHING, lateClose).totals(hour);
  }
}
