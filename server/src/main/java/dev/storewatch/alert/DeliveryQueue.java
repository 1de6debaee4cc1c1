package dev.storewatch.alert;

import dev.storewatch.channel.Attachment;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.work.Signal;
import dev.storewatch.work.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The queue of messages on their way to channels, worked off by threads of its own on each server.
 *
 * <p>What waits is in the database, so it survives a restart; a message that was being sent when
 * its process ended is sent again, with the same id.
 */
public final class DeliveryQueue implements AutoCloseable {
  /** A receiver may take ten seconds, so a stop may take a little longer. */
  private static final WorkQueue.Settings SETTINGS =
      new WorkQueue.Settings("alert", 4, Duration.ofSeconds(15));

  private final Deliveries deliveries;
  private final Claims claims;
  private final ChannelBook channels;
  private final Clock clock;
  private final Duration giveUpAfter;
  private final Pauses pauses;
  private final List<AlertListener> listeners;
  private final WorkQueue<List<Long>, SendingBatch> queue;
  private final Alarm alarm;

  /** Given when the clock is another one, or it is time to stop. */
  private final Signal wakes = new Signal();

  private volatile boolean stopping;

  /**
   * A queue, which sends nothing before {@link #start}.
   *
   * @param giveUpAfter how long a message is tried
   * @param pauses how long to wait between attempts
   */
  DeliveryQueue(
      Database database,
      Deliveries deliveries,
      ChannelBook channels,
      Clock clock,
      Duration giveUpAfter,
      Pauses pauses,
      List<? extends AlertListener> listeners) {
    this.deliveries = deliveries;
    this.claims = new Claims(database, clock);
    this.channels = channels;
    this.clock = clock;
    this.giveUpAfter = giveUpAfter;
    this.pauses = pauses;
    this.listeners = List.copyOf(listeners);
    this.queue = new WorkQueue<>(database.isShared(), SETTINGS, new Waiting());
    this.alarm = new Alarm(queue::wake);
  }

  /**
   * Returns the queue of a database, which sends nothing before {@link #start}.
   *
   * @param giveUpAfter how long a message is tried
   * @param listeners who is told how attempts end
   */
  public static DeliveryQueue open(
      Database database,
      Deliveries deliveries,
      ChannelBook channels,
      Clock clock,
      Duration giveUpAfter,
      List<? extends AlertListener> listeners) {
    Pauses pauses = new Pauses(() -> ThreadLocalRandom.current().nextDouble());
    return new DeliveryQueue(database, deliveries, channels, clock, giveUpAfter, pauses, listeners);
  }

  /** Begins to send. */
  public void start() {
    deliveries.whenQueued(queue::wake);
    queue.start();
  }

  /** Looks again what is to be sent now, because the clock is another one. */
  void wake() {
    queue.wake();
    wakes.give();
  }

  /** Returns how often those were woken who wait for the time of a message. */
  long wakes() {
    return wakes.count();
  }

  /** Waits for some time, or until the clock is another one, or it is time to stop. */
  void awaitWake(long seen, Duration longest) {
    wakes.await(seen, longest);
  }

  /** Returns whether no more messages are to be begun. */
  boolean isStopping() {
    return stopping;
  }

  /** Returns how many messages are being sent by this process, of each batch one. */
  public int running() {
    return queue.size();
  }

  /** The deliveries that wait in the database. */
  private final class Waiting implements WorkQueue.Source<List<Long>, SendingBatch> {
    @Override
    public Optional<SendingBatch> claim() {
      OptionalLong turn = claims.nextTurn();
      if (turn.isEmpty()) {
        return Optional.empty();
      }
      long now = now();
      if (turn.getAsLong() > now) {
        alarm.set(Duration.ofMillis((turn.getAsLong() - now) / 1_000 + 1));
        return Optional.empty();
      }
      Optional<Batch> claimed = claims.claim();
      // Others may send what is left meanwhile; how soon, shows when they look.
      claimed.ifPresent(_ -> queue.wake());
      return claimed.map(each -> new SendingBatch(each, DeliveryQueue.this));
    }

    @Override
    public int takeOver() {
      return claims.requeueAbandoned();
    }

    @Override
    public void releaseAllBut(Collection<List<Long>> batches) {
      claims.releaseAllBut(batches.stream().flatMap(List::stream).toList());
    }
  }

  Optional<Attachment> attachment(String id) {
    return deliveries.attachment(id);
  }

  Claims claims() {
    return claims;
  }

  ChannelBook channels() {
    return channels;
  }

  Clock clock() {
    return clock;
  }

  long now() {
    return Micros.of(clock.instant());
  }

  /**
   * Writes that a message is tried again later, or not any more, and what ended before it.
   *
   * @param failures how often in a row the channel had not taken a message before
   */
  AlertListener.Result failed(
      List<Claims.End> ends, Delivery delivery, int failures, SendingBatch.Failure failure) {
    long now = now();
    if (now - delivery.sinceAt() >= Micros.of(giveUpAfter)) {
      List<Claims.End> all = new ArrayList<>(ends);
      String note =
          "given up after %d attempts: %s".formatted(delivery.attempts(), failure.reason());
      all.add(new Claims.End(delivery, Delivery.State.DEAD, note, now));
      claims.end(delivery.channelId(), all);
      return AlertListener.Result.DEAD;
    }
    long due = now + Micros.of(pauses.after(delivery.attempts(), failure.retryAfter()));
    long pause = now + Micros.of(pauses.after(failures + 1, failure.retryAfter()));
    claims.retry(ends, new Claims.Retry(delivery, due, pause, failure.reason()));
    return AlertListener.Result.FAILED;
  }

  void tell(String kind, AlertListener.Result result, Duration took) {
    listeners.forEach(each -> each.attempted(kind, result, took));
  }

  /** Ends the threads; what was not sent is sent by others, or at the next start. */
  @Override
  public void close() {
    stopping = true;
    wakes.give();
    alarm.close();
    queue.close();
  }
}
