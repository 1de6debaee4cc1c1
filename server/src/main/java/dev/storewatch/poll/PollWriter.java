package dev.storewatch.poll;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of polls that are pushed while the server runs.
 *
 * <p>A commit takes longer than writing a poll, so one thread collects all batches that wait and
 * writes them in one transaction: the more senders there are, the more share a commit. The result
 * is the same as if the batches came one by one.
 */
public final class PollWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PollWriter.class);

  /**
   * How many polls may wait. Each batch counts as some more polls, so that small batches are
   * limited too.
   */
  private static final int MOST_WAITING = 250_000;

  private static final int PRICE_OF_A_BATCH = 100;

  /** After this many polls, a transaction collects no more batches. */
  private static final int MOST_AT_ONCE = 50_000;

  /** So many senders of a transaction are kept by name. */
  private static final int MOST_SENDERS = 5;

  private static final Span ALL_TIME = new Span(0, Long.MAX_VALUE / 4);

  private final PollIntake intake;
  private final int mostStores;
  private final List<CommitListener> listeners;
  private final Semaphore room = new Semaphore(MOST_WAITING, true);
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread writer;
  private volatile boolean closing;
  private volatile boolean ended;

  /**
   * A writer, which waits for polls.
   *
   * @param mostStores how many stores there may be before no more are added
   * @param listeners who is told how long transactions take
   */
  public PollWriter(PollIntake intake, int mostStores, List<? extends CommitListener> listeners) {
    this.intake = intake;
    this.mostStores = mostStores;
    this.listeners = List.copyOf(listeners);
    this.writer = Thread.ofPlatform().name("polls").start(this::writeAll);
  }

  /**
   * What became of a batch.
   *
   * @param tally what became of the polls that are in
   * @param outside the rows of the batch of whose stores the sender may not push polls
   */
  public record Written(RowCounts.Tally tally, List<Integer> outside) {
    Written() {
      this(new RowCounts.Tally(), new ArrayList<>());
    }
  }

  private record Waiting(PollBatch batch, CompletableFuture<Written> done) {}

  /**
   * Writes polls, and returns once they are safe, whatever happens to this process.
   *
   * @param patience how long to wait while too many others wait already
   * @return empty if that was too long; then none of the polls is written
   * @throws RuntimeException if they cannot be written; none of them is
   */
  public Optional<Written> write(PollBatch batch, Duration patience) {
    if (batch.isIdle()) {
      return Optional.of(new Written());
    }
    int price = batch.size() + PRICE_OF_A_BATCH;
    if (!enter(price, patience)) {
      return Optional.empty();
    }
    try {
      Waiting waiting = new Waiting(batch, new CompletableFuture<>());
      queue.add(waiting);
      // The writer may have ended just before the batch was added: then nobody else answers it.
      if (ended) {
        failWaiting();
      }
      return Optional.of(waiting.done.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      room.release(price);
    }
  }

  private boolean enter(int price, Duration patience) {
    try {
      return room.tryAcquire(price, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void failWaiting() {
    for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
      left.done.completeExceptionally(new IllegalStateException("the server has stopped"));
    }
  }

  private void writeAll() {
    try {
      while (!closing || !queue.isEmpty()) {
        List<Waiting> group = nextGroup();
        if (!group.isEmpty()) {
          write(group);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("no more polls are written: somebody interrupted the thread that does so");
    } finally {
      ended = true;
      failWaiting();
    }
  }

  private List<Waiting> nextGroup() throws InterruptedException {
    List<Waiting> group = new ArrayList<>();
    int size = 0;
    for (Waiting next = queue.take(); next != null; ) {
      if (!next.batch.isIdle()) { // an idle one only wakes this thread for its end
        group.add(next);
        size += next.batch.size();
      }
      next = size < MOST_AT_ONCE ? queue.poll() : null;
    }
    return group;
  }

  private void write(List<Waiting> group) {
    try {
      long begin = System.nanoTime();
      List<PollBatch> batches = group.stream().map(Waiting::batch).toList();
      List<Written> written =
          intake.write(
              in -> {
                in.by(senders(batches), "push");
                return new Group(in, batches).write();
              });
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      listeners.forEach(listener -> listener.committed(group.size(), took));
      for (int i = 0; i < group.size(); i++) {
        group.get(i).done.complete(written.get(i));
      }
    } catch (RuntimeException | Error e) {
      giveUp(group, e);
    }
  }

  /** Returns who sends batches, at most a few of them by name. */
  private static @Nullable String senders(List<PollBatch> batches) {
    List<String> names =
        batches.stream()
            .map(PollBatch::sender)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .distinct()
            .sorted()
            .toList();
    List<String> few = names.subList(0, Math.min(MOST_SENDERS, names.size()));
    int more = names.size() - few.size();
    return names.isEmpty()
        ? null
        : String.join(", ", few) + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /**
   * Writes each batch by itself, so that only the one that cannot be written fails; not when the
   * database is unavailable, because then each would fail.
   */
  private void giveUp(List<Waiting> group, Throwable failure) {
    if (group.size() == 1 || failure instanceof DatabaseUnavailable) {
      LOG.warn("pushed polls cannot be written: {}", failure.toString());
      group.forEach(waiting -> waiting.done.completeExceptionally(failure));
    } else {
      group.forEach(waiting -> write(List.of(waiting)));
    }
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    closing = true;
    // An empty batch wakes the writer, because an interrupt would break off what it is writing.
    queue.add(new Waiting(new PollBatch(Scope.EVERYTHING), new CompletableFuture<>()));
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The batches of one transaction.
   *
   * <p>As long as batches name different stores they are merged together, and the store of a poll
   * tells for which batch it counts. A batch that names a store again is merged after those before
   * it.
   */
  private final class Group {
    private final PollTransaction in;
    private final List<PollBatch> batches;
    private final List<Written> written = new ArrayList<>();

    /** The stores of the batches that are merged together. */
    private StoreIdIndex ids = new StoreIdIndex();

    private PollRows rows = new PollRows(0);

    /** For each of these stores, where its polls are counted. */
    private List<RowCounts.Tally> tallies = new ArrayList<>();

    Group(PollTransaction in, List<PollBatch> batches) {
      this.in = in;
      this.batches = batches;
    }

    List<Written> write() {
      for (PollBatch batch : batches) {
        if (namesAgain(batch)) {
          merge();
        }
        add(batch);
      }
      merge();
      for (int i = 0; i < batches.size(); i++) {
        batches.get(i).accompany(written.get(i));
      }
      return written;
    }

    private boolean namesAgain(PollBatch batch) {
      for (int store = 0; ids.size() > 0 && store < batch.ids().size(); store++) {
        byte[] id = batch.ids().id(store).getBytes(StandardCharsets.UTF_8);
        if (ids.find(id, 0, id.length) >= 0) {
          return true;
        }
      }
      return false;
    }

    private void add(PollBatch batch) {
      Written own = new Written();
      written.add(own);
      BitSet outside = batch.outside(in::registry);
      int[] numbers = new int[batch.ids().size()];
      for (int store = 0; store < numbers.length; store++) {
        if (!outside.get(store)) {
          numbers[store] = ids.indexOf(batch.ids().id(store));
          tallies.add(own.tally());
        }
      }
      for (int row = 0; row < batch.size(); row++) {
        int store = batch.rows().store(row);
        if (outside.get(store)) {
          own.outside().add(row);
        } else {
          rows.add(numbers[store], batch.rows().poll(row));
        }
      }
    }

    private void merge() {
      if (rows.size() == 0) {
        return;
      }
      Registry before = in.registry();
      StoreKeys keys = in.keys(ids, mostStores);
      PollMerge merge =
          in.merge(before, keys, tallies::get, ALL_TIME, Integer.MAX_VALUE, in.journal());
      merge.merge(rows, 0, ids.size() - 1);
      merge.finish();
      ids = new StoreIdIndex();
      rows = new PollRows(0);
      tallies = new ArrayList<>();
    }
  }
}
