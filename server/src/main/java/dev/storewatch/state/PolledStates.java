package dev.storewatch.state;

import dev.storewatch.database.Database;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.States;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.Rule;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The states of stores by the default carry limit. No rule is chosen, because {@code nearest} and
 * {@code previous} agree about the instant after which nothing is known.
 *
 * <p>What was found is kept until a poll or a store changes: for the instant of the newest poll,
 * which answers for every later instant too, and for the earlier instants that were asked about
 * last. The newest poll of those who may see some stores alone is one of the earlier ones.
 */
final class PolledStates implements States {
  private static final long CARRY = Micros.of(Rule.DEFAULT_CARRY);

  /** The most stores for which a single look-up is kept; when there are more, all are dropped. */
  private static final int MOST_KEPT = 100_000;

  /** The most earlier instants for which what was found is kept. */
  private static final int MOST_EARLIER = 4;

  /** The most scopes whose newest poll is kept; when there are more, all are dropped. */
  private static final int MOST_SCOPES = 1_000;

  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final Clock clock;
  private final LateClose lateClose;
  private final AtomicReference<@Nullable Known> latest = new AtomicReference<>();

  /** By their instant, the one that was asked about the longest ago first. */
  private final LinkedHashMap<Long, Known> earlier = new LinkedHashMap<>(8, 0.75f, true);

  private final ReentrantLock keeping = new ReentrantLock();

  PolledStates(Database database, Stores stores, Polls polls, Clock clock, LateClose lateClose) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.clock = clock;
    this.lateClose = lateClose;
  }

  @Override
  public Moment at(Scope scope, String asOf) {
    AsOf asked = AsOf.parse(asOf);
    long now = Micros.of(clock.instant());
    Known newest = newest(now);
    long instant =
        switch (asked) {
          case AsOf.Latest _ -> newest.ofScope(scope).orElse(now);
          case AsOf.Now _ -> now;
          case AsOf.At at -> at.notAfter(now);
        };
    return new At(instant >= newest.upTo ? newest : earlier(newest, instant), instant);
  }

  /**
   * Returns what is known of the polls up to the newest that is not after the clock. While there
   * are polls after it, each call asks for that one, because the clock reaches one after the other.
   */
  private Known newest(long now) {
    // The version is read first: a poll that is added from here on changes it, and so is not
    // missed.
    long version = polls.version();
    Registry registry = stores.registry();
    Known known = latest.get();
    if (known != null && !known.isOf(version, registry)) {
      known = null;
    }
    if (known != null && known.allPolls <= now) {
      return known;
    }
    long all = polls.newest().orElse(Long.MIN_VALUE);
    long upTo = all <= now ? all : polls.newest(now).orElse(Long.MIN_VALUE);
    if (known == null || known.upTo != upTo) {
      known = new Known(version, registry, upTo > Long.MIN_VALUE, upTo, all);
      // A transaction sees what there was when it began, which a later commit may have changed.
      if (!TransactionSynchronizationManager.isActualTransactionActive()) {
        latest.set(known);
      }
    }
    return known;
  }

  private Known earlier(Known newest, long instant) {
    keeping.lock();
    try {
      Known known = earlier.get(instant);
      if (known == null || !known.isOf(newest.version, newest.registry)) {
        known = new Known(newest.version, newest.registry, true, instant, newest.allPolls);
        var _ = earlier.put(instant, known);
        if (earlier.size() > MOST_EARLIER) {
          var _ = earlier.pollFirstEntry();
        }
      }
      return known;
    } finally {
      keeping.unlock();
    }
  }

  private static Clocks clocksAt(long instant) {
    return new Clocks(new Span(instant, instant + 1));
  }

  /** The last in-hours polls at or before an instant, as far as somebody asked for them. */
  private final class Known {
    private final long version;
    private final Registry registry;
    private final boolean hasPolls;
    private final long upTo;

    /** The newest poll of all, which may be after the clock. */
    private final long allPolls;

    /** The clocks at the instant, which most ask about. */
    private final Clocks clocks;

    private final Map<Integer, Long> some = new ConcurrentHashMap<>();
    private final AtomicReference<long @Nullable []> all = new AtomicReference<>();
    private final Map<Scope, OptionalLong> ofScopes = new ConcurrentHashMap<>();
    private final ReentrantLock finding = new ReentrantLock();

    Known(long version, Registry registry, boolean hasPolls, long upTo, long allPolls) {
      this.version = version;
      this.registry = registry;
      this.hasPolls = hasPolls;
      this.upTo = upTo;
      this.allPolls = allPolls;
      this.clocks = clocksAt(upTo);
    }

    /** Returns the newest poll of the stores of a scope, if there is one up to the instant. */
    OptionalLong ofScope(Scope scope) {
      if (!hasPolls || scope.isEverything()) {
        return hasPolls ? OptionalLong.of(upTo) : OptionalLong.empty();
      }
      OptionalLong known = ofScopes.get(scope);
      if (known == null) {
        known = polls.newest(registry, scope, upTo);
        if (ofScopes.size() >= MOST_SCOPES) {
          ofScopes.clear();
        }
        ofScopes.put(scope, known);
      }
      return known;
    }

    boolean isOf(long otherVersion, Registry other) {
      return version == otherVersion && registry == other;
    }

    long lastPoll(int key) {
      if (!registry.hasPollBy(key, upTo)) {
        return LastPolls.NONE;
      }
      long[] fleet = all.get();
      if (fleet != null) {
        return fleet[key];
      }
      Long known = some.get(key);
      if (known != null) {
        return known;
      }
      long found = lastPolls().of(key);
      if (some.size() >= MOST_KEPT) {
        some.clear();
      }
      some.put(key, found);
      return found;
    }

    /** Finds the last polls of all stores, unless another thread did while this one waited. */
    void findAll() {
      finding.lock();
      try {
        if (hasPolls && all.get() == null) {
          all.set(database.inSnapshot(() -> lastPolls().ofAll()));
          some.clear();
        }
      } finally {
        finding.unlock();
      }
    }

    private LastPolls lastPolls() {
      return new LastPolls(registry, polls, lateClose, upTo, CARRY);
    }
  }

  /** A moment, with what is known of the polls up to it. */
  private final class At implements Moment {
    private final Known known;
    private final long instant;
    private final Clocks clocks;

    At(Known known, long instant) {
      this.known = known;
      this.instant = instant;
      this.clocks = instant == known.upTo ? known.clocks : clocksAt(instant);
    }

    @Override
    public Registry registry() {
      return known.registry;
    }

    @Override
    public long instant() {
      return instant;
    }

    @Override
    public IntFunction<StoreState> ofAll() {
      known.findAll();
      return this::of;
    }

    @Override
    public StoreState of(int key) {
      if (!isOpen(known.registry.schedule(key, lateClose))) {
        return new StoreState(State.CLOSED, OptionalLong.empty());
      }
      long poll = known.lastPoll(key);
      if (poll == LastPolls.NONE || PackedPoll.at(poll) <= instant - CARRY) {
        return new StoreState(State.UNKNOWN, OptionalLong.empty());
      }
      return new StoreState(
          PackedPoll.isActive(poll) ? State.UP : State.DOWN, OptionalLong.of(PackedPoll.at(poll)));
    }

    private boolean isOpen(Schedule schedule) {
      return schedule.inHours(clocks).contains(instant);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof At at && known == at.known && instant == at.instant;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(instant);
    }
  }
}
