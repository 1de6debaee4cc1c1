package dev.storewatch.alert;

import dev.storewatch.channel.Alert;
import dev.storewatch.channel.ChannelSettings;
import dev.storewatch.channel.Message;
import dev.storewatch.channel.Outcome;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.interval.Micros;
import dev.storewatch.setting.BadSetting;
import dev.storewatch.work.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to one channel that this process sends one after another, outside of any transaction.
 *
 * <p>What came of them is written some at a time, so a process that is killed leaves a few messages
 * that are sent again. What could not be sent soon is put back for whoever can.
 */
final class SendingBatch implements WorkQueue.Task<List<Long>> {
  private static final Logger LOG = LoggerFactory.getLogger(SendingBatch.class);

  /** The secrets that are shorter could be any part of a sentence. */
  private static final int SHORTEST_HIDDEN = 4;

  private static final int LONGEST_NOTE = 1_000;

  /**
   * How old what is known of the channel, and not written of its messages, may be when the next one
   * is sent.
   */
  private static final Duration LOOK = Duration.ofMillis(200);

  /**
   * How long after the claim a message may still be begun: much less than the time after which
   * others take over the work of a process that is silent.
   */
  private static final Duration LONGEST = Duration.ofMillis(1_500);

  private final Batch batch;
  private final DeliveryQueue queue;
  private final long claimed = System.nanoTime();

  /** What came of messages and is not written yet: none is sent again because it cannot be. */
  private final List<Sent> sent = new ArrayList<>();

  /** How many messages were sent, or are not sent any more. */
  private int done;

  /** Of how many messages it is written what came of them. */
  private volatile int written;

  /** Whether another process has taken the messages over. */
  private volatile boolean lost;

  /** Whether no more of the messages is sent. */
  private boolean over;

  /** What the receiver did not take, if that is not written yet. */
  private @Nullable Failed failed;

  private ChannelBook.@Nullable Opened channel;
  private long looked;
  private long edits;

  SendingBatch(Batch batch, DeliveryQueue queue) {
    this.batch = batch;
    this.queue = queue;
  }

  /** Why a message has to be sent again. */
  record Failure(String reason, @Nullable Duration retryAfter) {}

  /** An attempt that listeners are told of: the kind of the channel, and how long it took. */
  private record Attempt(String kind, Duration took) {}

  private record Sent(Claims.End end, @Nullable Attempt attempt) {}

  /** A failure, and how many there were before it in a row. */
  private record Failed(
      Delivery delivery, Failure failure, int before, @Nullable Attempt attempt) {}

  @Override
  public List<Long> key() {
    return batch.numbers();
  }

  @Override
  public void run() {
    while (!over && isItsTime()) {
      ChannelBook.Opened known = channel;
      if (known == null || isOld()) {
        write();
        look();
      } else {
        send(known, batch.messages().get(done).delivery());
      }
      over |= done == batch.messages().size();
    }
    over = true;
    write();
    queue.claims().putBack(numbersFrom(done));
  }

  /** What this process changed is seen at once, and what others did before long. */
  private boolean isOld() {
    return edits != queue.channels().edits() || System.nanoTime() - looked >= LOOK.toNanos();
  }

  private List<Long> numbersFrom(int place) {
    List<Long> all = batch.numbers();
    return all.subList(place, all.size());
  }

  /** Waits until the next message may be sent; returns whether it still is to be sent by this. */
  private boolean isItsTime() {
    long notBefore = batch.messages().get(done).notBefore();
    while (!lost && !queue.isStopping()) {
      long seen = queue.wakes();
      long left = notBefore - queue.now();
      long mayTake = LONGEST.toNanos() - (System.nanoTime() - claimed);
      // The first one is sent even if the claim itself took long: else none ever were.
      if (left <= 0 && (done == 0 || mayTake > 0)) {
        return true;
      }
      if (mayTake <= 0) {
        return false;
      }
      if (left >= Micros.of(LOOK)) {
        write();
      }
      queue.awaitWake(seen, Duration.ofNanos(Math.min(left * 1_000, mayTake)));
    }
    return false;
  }

  /** Reads the channel as it is now; if it cannot be used, the messages are dealt with. */
  private void look() {
    try {
      edits = queue.channels().edits();
      channel = queue.channels().open(batch.channelId()).orElse(null);
      looked = System.nanoTime();
      if (channel == null) {
        for (Batch.Slot each : batch.messages().subList(done, batch.messages().size())) {
          ended(each.delivery(), Delivery.State.DEAD, "the channel was deleted", null);
        }
      }
    } catch (BadSetting e) {
      Delivery delivery = batch.messages().get(done).delivery();
      failed(new Failed(delivery, new Failure(message(e), null), delivery.attempts(), null));
    }
  }

  private void ended(
      Delivery delivery, Delivery.State state, String note, @Nullable Attempt attempt) {
    sent.add(new Sent(new Claims.End(delivery, state, note, queue.now()), attempt));
    done++;
  }

  private void failed(Failed now) {
    failed = now;
    over = true;
    done++;
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private void send(ChannelBook.Opened to, Delivery delivery) {
    Message message =
        new Message(
            delivery.id(),
            queue.clock().instant(),
            delivery.alert(),
            delivery.alert().kind() == Alert.Kind.REPORT
                ? queue.attachment(delivery.id()).orElse(null)
                : null);
    long begin = System.nanoTime();
    Outcome outcome;
    try {
      outcome = to.kind().send(message, to.settings());
    } catch (DatabaseUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("the message {} could not be sent", delivery.id(), e);
      outcome = new Outcome.Failed(e.getClass().getSimpleName() + ": " + message(e), null);
    }
    Attempt attempt = new Attempt(to.kind().name(), Duration.ofNanos(System.nanoTime() - begin));
    switch (hidden(outcome, to.settings())) {
      case Outcome.Delivered(String note) ->
          ended(delivery, Delivery.State.DELIVERED, note, attempt);
      case Outcome.Accepted(String note) -> ended(delivery, Delivery.State.ACCEPTED, note, attempt);
      case Outcome.Refused(String reason) -> ended(delivery, Delivery.State.DEAD, reason, attempt);
      case Outcome.Failed(String reason, Duration after) -> {
        // What ended before it ends the row of failures.
        int before = sent.isEmpty() ? to.channel().failures() : 0;
        failed(new Failed(delivery, new Failure(reason, after), before, attempt));
      }
    }
  }

  /** Takes the secrets of a channel out of what is kept of an answer that may repeat them. */
  private static Outcome hidden(Outcome outcome, ChannelSettings settings) {
    return switch (outcome) {
      case Outcome.Delivered(String note) -> new Outcome.Delivered(hidden(note, settings));
      case Outcome.Accepted(String note) -> new Outcome.Accepted(hidden(note, settings));
      case Outcome.Failed(String reason, Duration after) ->
          new Outcome.Failed(hidden(reason, settings), after);
      case Outcome.Refused(String reason) -> new Outcome.Refused(hidden(reason, settings));
    };
  }

  private static String hidden(String text, ChannelSettings settings) {
    String hidden = text;
    for (Map.Entry<String, String> secret : settings.secrets().entrySet()) {
      if (secret.getValue().length() >= SHORTEST_HIDDEN) {
        hidden = hidden.replace(secret.getValue(), "(%s)".formatted(secret.getKey()));
      }
    }
    // No database keeps every character that a receiver may send.
    String plain = hidden.replaceAll("\\p{Cntrl}", " ");
    return plain.length() > LONGEST_NOTE ? plain.substring(0, LONGEST_NOTE) : plain;
  }

  /** Writes what came of messages, as far as that is not written. */
  private void write() {
    List<Claims.End> ends = sent.stream().map(Sent::end).toList();
    Failed now = failed;
    if (now == null) {
      queue.claims().end(batch.channelId(), ends);
      tellOfEnds();
    } else {
      AlertListener.Result result = queue.failed(ends, now.delivery, now.before, now.failure);
      tellOfEnds();
      failed = null;
      if (now.attempt != null) {
        queue.tell(now.attempt.kind, result, now.attempt.took);
      }
      warn(now.delivery, result, now.failure.reason());
    }
    written = done;
  }

  private void tellOfEnds() {
    for (Sent each : sent) {
      AlertListener.Result result =
          switch (each.end.state()) {
            case DELIVERED -> AlertListener.Result.DELIVERED;
            case ACCEPTED -> AlertListener.Result.ACCEPTED;
            default -> AlertListener.Result.DEAD;
          };
      if (each.attempt != null) {
        queue.tell(each.attempt.kind, result, each.attempt.took);
        warn(each.end.delivery(), result, each.end.note());
      }
    }
    sent.clear();
  }

  private static void warn(Delivery delivery, AlertListener.Result result, String reason) {
    if (result == AlertListener.Result.DEAD) {
      LOG.warn("the message {} is not sent any more: {}", delivery.id(), reason);
    }
  }

  @Override
  public boolean isWanted() {
    return !lost;
  }

  @Override
  public boolean keepProgress() {
    return queue.claims().keep(numbersFrom(written));
  }

  /** They were taken over, because this process seemed to be gone: no outcome is written. */
  @Override
  public void giveUp() {
    lost = true;
  }
}
