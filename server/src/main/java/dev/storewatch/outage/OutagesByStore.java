package dev.storewatch.outage;

import dev.storewatch.database.Database;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.store.Registry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The outages of a period, counted for each store in one pass over them.
 *
 * <p>The pass reads them in the order of stores, so that the open hours of one store at a time are
 * in memory. They are needed only for outages that reach over an edge of the period or go on, and
 * for the time between two outages; of all others the open time is kept with them. What stays in
 * memory is one tally for each store that had an outage.
 */
final class OutagesByStore {
  /** How many outages are read at a time. */
  private static final int AT_A_TIME = 20_000;

  private final Database database;
  private final OutageScan outages;
  private final Registry registry;
  private final LateClose lateClose;
  private final Span period;
  private final long now;
  private final Clocks clocks;

  OutagesByStore(Database database, Registry registry, LateClose lateClose, Span period, long now) {
    this.database = database;
    this.outages = new OutageScan(database);
    this.registry = registry;
    this.lateClose = lateClose;
    this.period = period;
    this.now = now;
    this.clocks = new Clocks(period);
  }

  /**
   * Counts the outages of stores that lasted in the period, in whole or in part.
   *
   * @param keys the stores to look at; null to look at all
   * @param includes whether a store that is looked at counts
   * @return the tally of each store that had one, by its key
   */
  Map<Integer, OutageTally> tallies(int @Nullable [] keys, IntPredicate includes) {
    return database.inSnapshot(
        () -> {
          Pass pass = new Pass();
          KeptOutage last = null;
          List<KeptOutage> some;
          do {
            some = outages.byStore(last, period, keys, AT_A_TIME);
            for (KeptOutage outage : some) {
              last = outage;
              if (includes.test(outage.store())) {
                pass.add(outage);
              }
            }
          } while (some.size() == AT_A_TIME);
          return pass.tallies;
        });
  }

  /** The stores one after the other, each with its outages in order. */
  private final class Pass {
    private final Map<Integer, OutageTally> tallies = new HashMap<>();
    private OutageTally tally = new OutageTally();
    private @Nullable KeptOutage before;

    /** When the store should be online, within the period; null until somebody needs it. */
    private @Nullable SpanSet inHours;

    void add(KeptOutage outage) {
      if (before == null || before.store() != outage.store()) {
        begin(outage.store());
      }
      tally.add(outage, lost(outage));
      if (hasRecovered(outage) && outage.end().orElseThrow() <= period.end()) {
        tally.addRecovery(outage.openMicros());
      }
      if (before != null && hasRecovered(before)) {
        // After silence nobody knows whether the store was up in between.
        tally.addInterval(
            open(outage.store(), new Span(before.end().orElseThrow(), outage.start())));
      }
      before = outage;
    }

    private void begin(int store) {
      tally = new OutageTally();
      tallies.put(store, tally);
      before = null;
      inHours = null;
    }

    private static boolean hasRecovered(KeptOutage outage) {
      return outage.endedBy() == KeptOutage.EndedBy.RECOVERY;
    }

    private long lost(KeptOutage outage) {
      long end = outage.end().orElse(Math.max(outage.start(), now));
      boolean isWithin = outage.start() >= period.start() && end <= period.end();
      return isWithin && !outage.isOngoing()
          ? outage.openMicros()
          : open(outage.store(), new Span(outage.start(), end));
    }

    /** Returns the open time of a span within the period. */
    private long open(int store, Span span) {
      if (inHours == null) {
        inHours = registry.schedule(store, lateClose).inHours(clocks).intersection(period);
      }
      return inHours.intersection(span).length();
    }
  }
}
