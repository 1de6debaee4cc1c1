package dev.storewatch.gate;

import dev.storewatch.audit.AuditTrail;
import dev.storewatch.http.Caller;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The requests with keys that open nothing, counted for the audit trail: an entry now and then for
 * each address and key of this installation that it named. Beyond {@value #MOST} of them one entry
 * has all others, so strangers fill neither the memory nor the trail.
 */
final class WrongKeys implements AutoCloseable {
  /** The most addresses and keys that are told apart between two times of writing. */
  static final int MOST = 20;

  private static final From OTHERS = new From("other addresses", null);

  private final AuditTrail trail;
  private final Clock clock;
  private final Map<From, Long> counts = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Where they came from, and which key they named, if there is or was one. */
  private record From(String address, @Nullable String key) {}

  WrongKeys(AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Counts a request.
   *
   * @param key the key that it named, and why it opens nothing; null if there was none such
   */
  void count(String address, @Nullable String key) {
    From from = new From(address, key);
    lock.lock();
    try {
      From counted = counts.size() < MOST || counts.containsKey(from) ? from : OTHERS;
      counts.merge(counted, 1L, Long::sum);
    } finally {
      lock.unlock();
    }
  }

  /** Writes down what was counted since the last time. */
  void write() {
    taken()
        .forEach(
            (from, count) ->
                trail.write(
                    new Caller("unknown", from.address),
                    clock.instant(),
                    "key.use",
                    from.key,
                    "refused, " + count + (count == 1 ? " request" : " requests")));
  }

  private Map<From, Long> taken() {
    lock.lock();
    try {
      Map<From, Long> all = Map.copyOf(counts);
      counts.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    write();
  }
}
