package dev.storewatch.source;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollBatch;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asking of stores whether they are online, each at a time of its own, spread over the time
 * between two of its turns. A store that fails is asked again some times; only then a poll says
 * that it is inactive, and only if the network of the prober is there.
 */
final class Prober implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

  /** What became due longer ago waits for its next turn: another server may have asked it. */
  private static final long LONGEST_LOOK_BACK = 60 * Micros.SECOND;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SENDER = "prober";

  private final Stores stores;
  private final SqlProbes probes;
  private final ProbeCall call;
  private final OwnNetwork network;
  private final PollWriter writer;
  private final ProberSettings settings;
  private final LateClose lateClose;
  private final Clock clock;
  private final List<ProbeListener> listeners;
  private final Timing timing;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places;

  /** One for each host that is asked at the moment or was: one request at a time. */
  private final ConcurrentHashMap<String, Semaphore> hosts = new ConcurrentHashMap<>();

  /** The keys of the stores that are asked at the moment. */
  private final Set<Integer> asked = ConcurrentHashMap.newKeySet();

  private long last;
  private long version = -1;
  private List<StoreProbe> known = List.of();

  /** A prober, which asks nobody before {@link #pass}. */
  Prober(
      Stores stores,
      SqlProbes probes,
      ProbeCall call,
      OwnNetwork network,
      PollWriter writer,
      ProberSettings settings,
      LateClose lateClose,
      Clock clock,
      List<? extends ProbeListener> listeners) {
    this.stores = stores;
    this.probes = probes;
    this.call = call;
    this.network = network;
    this.writer = writer;
    this.settings = settings;
    this.lateClose = lateClose;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
    this.timing = new Timing.Every(settings.every());
    this.places = new Semaphore(settings.atOnce());
    this.last = Micros.of(clock.instant());
  }

  /**
   * Begins to ask those stores whose turn has come since the last pass; does not wait for them.
   *
   * @return of how many stores the turn had come
   */
  int pass() {
    long now = Micros.of(clock.instant());
    long from = Math.max(last, now - LONGEST_LOOK_BACK);
    last = now;
    refresh();
    Registry registry = stores.registry();
    Clocks clocks = new Clocks(new Span(now, now + Micros.SECOND));
    int due = 0;
    for (StoreProbe probe : known) {
      if (isDue(registry, probe, from, now) && isOpen(registry, probe, clocks)) {
        begin(probe, registry.id(probe.storeKey()));
        due++;
      }
    }
    return due;
  }

  private void refresh() {
    long now = probes.version();
    if (now != version) {
      known = probes.all().stream().map(SqlProbes.Row::probe).toList();
      hosts.keySet().retainAll(known.stream().map(Prober::host).collect(Collectors.toSet()));
      version = now;
    }
  }

  private boolean isDue(Registry registry, StoreProbe probe, long from, long now) {
    int key = probe.storeKey();
    return key <= registry.size()
        && !registry.isDeleted(key)
        && timing.next(registry.id(key), from) <= now;
  }

  private boolean isOpen(Registry registry, StoreProbe probe, Clocks clocks) {
    return probe.always()
        || registry
            .schedule(probe.storeKey(), lateClose)
            .inHours(clocks)
            .contains(clocks.period().start());
  }

  private void begin(StoreProbe probe, String id) {
    if (!asked.add(probe.storeKey())) {
      tell(ProbeOutcome.SKIPPED);
      return;
    }
    threads.execute(
        () -> {
          try {
            ask(probe, id);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            LOG.warn("the store {} cannot be asked: {}", id, e.toString());
          } finally {
            asked.remove(probe.storeKey());
          }
        });
  }

  private void ask(StoreProbe probe, String id) throws InterruptedException {
    ProbeCall.Result result = once(probe);
    for (int i = 0; i < settings.retries() && result.outcome() == ProbeOutcome.INACTIVE; i++) {
      Thread.sleep(settings.pause());
      result = once(probe);
    }
    long failed = System.nanoTime();
    if (result.outcome() == ProbeOutcome.INACTIVE && !network.isThere(failed)) {
      result = result.unknown("no reference answers, so the network of the prober is away");
    }
    end(probe, id, result);
  }

  /** Asks once, when the host and the server have room for it. */
  private ProbeCall.Result once(StoreProbe probe) throws InterruptedException {
    Semaphore host = hosts.computeIfAbsent(host(probe), _ -> new Semaphore(1, true));
    host.acquire();
    try {
      places.acquire();
      try {
        return call.make(probe, clock.instant());
      } finally {
        places.release();
      }
    } finally {
      host.release();
    }
  }

  private static String host(StoreProbe probe) {
    return probe.url().getHost().toLowerCase(Locale.ROOT);
  }

  private void end(StoreProbe probe, String id, ProbeCall.Result result) {
    ProbeOutcome outcome = result.outcome();
    String detail = result.detail();
    if (outcome == ProbeOutcome.ACTIVE || outcome == ProbeOutcome.INACTIVE) {
      PollBatch batch = new PollBatch(Scope.EVERYTHING, true);
      batch.setSender(SENDER);
      batch.add(0, id, Micros.of(result.at()), outcome == ProbeOutcome.ACTIVE);
      if (writer.write(batch, PATIENCE).isEmpty()) {
        outcome = ProbeOutcome.UNKNOWN;
        detail = "the poll could not be written, because too many others waited";
      }
    }
    probes.note(probe.storeKey(), outcome.word(), detail, now());
    tell(outcome);
  }

  private void tell(ProbeOutcome outcome) {
    listeners.forEach(listener -> listener.probed(outcome.word()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Breaks off what is asked at the moment: no poll is written of it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
