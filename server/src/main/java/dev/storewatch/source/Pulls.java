package dev.storewatch.source;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.work.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pulls of all sources, each when it is due, by one of the servers that share the database.
 *
 * <p>A source that fails is tried again after a minute, then after twice the time and so on, up to
 * the time between two pulls; each of these times is shortened by chance by up to a half, so that
 * what failed together does not come back together.
 */
final class Pulls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);

  /** Several at once, so that one that is slow does not hold up the others. */
  private static final WorkQueue.Settings SETTINGS =
      new WorkQueue.Settings("pull", 4, Duration.ofSeconds(10));

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 20;
  private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?]*)\\?\\S*");

  private final SqlSources sources;
  private final Pull pull;
  private final Clock clock;
  private final DoubleSupplier chance;
  private final List<PullListener> listeners;
  private final WorkQueue<String, Running> queue;

  /**
   * The pulls of the sources of a database, none of which begins before {@link #start}.
   *
   * @param chance gives numbers from 0 to 1
   */
  Pulls(
      Database database,
      Pull pull,
      Clock clock,
      DoubleSupplier chance,
      List<? extends PullListener> listeners) {
    this.sources = new SqlSources(database);
    this.pull = pull;
    this.clock = clock;
    this.chance = chance;
    this.listeners = List.copyOf(listeners);
    this.queue = new WorkQueue<>(database.isShared(), SETTINGS, new Due());
  }

  /** Takes over what servers left that are gone, and begins to pull. */
  void start() {
    queue.start();
  }

  /** Looks for sources that have become due. */
  void wake() {
    queue.wake();
  }

  /** The sources that are due. */
  private final class Due implements WorkQueue.Source<String, Running> {
    @Override
    public Optional<Running> claim() {
      return sources.claim(now()).map(Running::new);
    }

    @Override
    public int takeOver() {
      return sources.requeueAbandoned();
    }

    @Override
    public void releaseAllBut(Collection<String> ids) {
      sources.releaseAllBut(ids);
    }
  }

  /** A source that this process pulls. */
  private final class Running implements WorkQueue.Task<String> {
    private final SqlSources.Row row;

    Running(SqlSources.Row row) {
      this.row = row;
    }

    @Override
    public String key() {
      return row.source().id();
    }

    @Override
    public void run() {
      Pull.Brought brought = pull.run(row.source(), row.last(), now());
      LastPull last = brought.last();
      LastPull ended = last.nextAt(next(row.source(), last, brought.pause().orElse(Duration.ZERO)));
      if (sources.end(key(), ended) && ended.outcome() != null) {
        String outcome = ended.outcome().word();
        listeners.forEach(listener -> listener.pulled(outcome));
        tell(row.source(), row.last(), ended);
      }
    }

    @Override
    public boolean keepProgress() {
      return sources.keepProgress(key());
    }
  }

  /**
   * Tells once that a source begins to fail, and once that it works again. What was known before is
   * in the database, so a restart tells nothing a second time, nor does another server.
   */
  private static void tell(PulledSource source, LastPull before, LastPull last) {
    if (last.failures() > 0 && before.failures() == 0) {
      LOG.warn(
          "the source {} cannot be pulled: {}; it is tried again, the next time at {}",
          source.name(),
          withoutQueries(String.valueOf(last.detail())),
          last.next());
    } else if (last.failures() == 0 && before.outcome() == LastPull.Outcome.FAILED) {
      LOG.info("the source {} can be pulled again", source.name());
    }
  }

  /** Leaves out the queries of addresses, in which some machines want their keys. */
  private static String withoutQueries(String text) {
    return QUERY.matcher(text).replaceAll("$1?...");
  }

  private Instant next(PulledSource source, LastPull last, Duration wait) {
    Instant now = now();
    long due = Micros.of(now);
    Instant regular = Micros.toInstant(source.timing().next(source.id(), due));
    Instant soonest = now.plus(wait);
    if (last.failures() == 0) {
      return regular;
    }
    Instant again = now.plus(pause(last.failures(), source.timing().longestPause()));
    Instant first = again.isBefore(regular) ? again : regular;
    return first.isBefore(soonest) ? soonest : first;
  }

  private Duration pause(int failures, Duration longest) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    Duration pause = doubled.compareTo(longest) < 0 ? doubled : longest;
    return Duration.ofMillis((long) (pause.toMillis() * (1 - chance.getAsDouble() / 2)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public void close() {
    queue.close();
  }
}
