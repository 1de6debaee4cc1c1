package dev.storewatch.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Places for what is done at the same time, of which no caller gets all: one who has as many as are
 * free gets no more. So a single caller has half of them at most, and there is one left for whoever
 * comes next.
 */
public final class Places {
  private final int most;
  private final Semaphore free;
  private final Map<String, Integer> held = new ConcurrentHashMap<>();

  /** A number of places. */
  public Places(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** A place that is taken until it is closed. */
  public final class Place implements AutoCloseable {
    private final String who;

    private Place(String who) {
      this.who = who;
    }

    @Override
    public void close() {
      giveBack(who);
    }
  }

  /**
   * Takes a place.
   *
   * @param who the name of the caller
   * @return null if there is none for this caller
   */
  public @Nullable Place take(String who) {
    if (!free.tryAcquire()) {
      return null;
    }
    int before = held.merge(who, 1, Integer::sum) - 1;
    if (before > free.availablePermits()) {
      giveBack(who);
      return null;
    }
    return new Place(who);
  }

  private void giveBack(String who) {
    held.computeIfPresent(who, (name, count) -> count == 1 ? null : count - 1);
    free.release();
  }

  /**
   * Returns why a caller gets no place, without what to do.
   *
   * @param what what the places are for, in the plural
   */
  public String refusal(String who, String what) {
    return "%d of the %d places for %s are taken, %d of them by this caller, and a caller gets no more than it leaves free"
        .formatted(most - free.availablePermits(), most, what, held.getOrDefault(who, 0));
  }
}
