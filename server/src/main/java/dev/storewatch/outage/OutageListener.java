package dev.storewatch.outage;

import java.util.List;

/** Whoever is told what becomes of outages. */
public interface OutageListener {
  /**
   * Called within the transaction that writes the outages: what the listener writes into the
   * database is kept with them, or not at all. What it throws takes the outages back, to be found
   * again.
   *
   * @param changes what has become of outages, at least one
   * @param now the instant up to which polls count, in microseconds since the epoch
   */
  void changed(List<OutageChange> changes, long now);
}
