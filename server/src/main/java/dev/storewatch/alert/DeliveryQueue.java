package dev.storewatch.alert;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.work.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
  private final WorkQueue<Long, SendingDelivery> queue;
  private final Alarm alarm;

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

  /** Begins to send. */
  public void start() {
    deliveries.whenQueued(queue::wake);
    queue.start();
  }

  /** Looks again what is to be sent now, because the clock is another one. */
  void wake() {
    queue.wake();
  }

  /** Returns how many messages are being sent by this process. */
  public int running() {
    return queue.size();
  }

  /** The deliveries that wait in the database. */
  private final class Waiting implements WorkQueue.Source<Long, SendingDelivery> {
    @Override
    public Optional<SendingDelivery> claim() {
      OptionalLong turn = claims.nextTurn();
      if (turn.isEmpty()) {
        return Optional.empty();
      }
      long now = now();
      if (turn.getAsLong() > now) {
        alarm.set(Duration.ofMillis((turn.getAsLong() - now) / 1_000 + 1));
        return Optional.empty();
      }
      Optional<Delivery> claimed = claims.claim();
      // Others may send what is left meanwhile; how soon, shows when they look.
      claimed.ifPresent(_ -> queue.wake());
      return claimed.map(each -> new SendingDelivery(each, DeliveryQueue.this));
    }

    @Override
    public int takeOver() {
      return claims.requeueAbandoned();
    }

    @Override
    public void releaseAllBut(Collection<Long> numbers) {
      claims.releaseAllBut(numbers);
    }
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

  private long now() {
    return Micros.of(clock.instant());
  }

  /** Writes that a message is tried again later, or not any more. */
  AlertListener.Result failed(Delivery delivery, int failures, SendingDelivery.Failure failure) {
    long now = now();
    if (now - delivery.sinceAt() >= Micros.of(giveUpAfter)) {
      claims.end(
          delivery,
          Delivery.State.DEAD,
          "given up after %d attempts: %s".formatted(delivery.attempts(), failure.reason()));
      return AlertListener.Result.DEAD;
    }
    long due = now + Micros.of(pauses.after(delivery.attempts(), failure.retryAfter()));
    long pause = now + Micros.of(pauses.after(failures + 1, failure.retryAfter()));
    claims.retry(delivery, due, pause, failure.reason());
    return AlertListener.Result.FAILED;
  }

  void tell(String kind, AlertListener.Result result, Duration took) {
    listeners.forEach(each -> each.attempted(kind, result, took));
  }

  /** Ends the threads; what was not sent is sent by others, or at the next start. */
  @Override
  public void close() {
    alarm.close();
    queue.close();
  }
}
