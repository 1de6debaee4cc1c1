package dev.storewatch.alert;

import dev.storewatch.channel.ChannelSettings;
import dev.storewatch.channel.Message;
import dev.storewatch.channel.Outcome;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.setting.BadSetting;
import dev.storewatch.work.WorkQueue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message that this process sends, outside of any transaction. */
final class SendingDelivery implements WorkQueue.Task<Long> {
  private static final Logger LOG = LoggerFactory.getLogger(SendingDelivery.class);

  /** The secrets that are shorter could be any part of a sentence. */
  private static final int SHORTEST_HIDDEN = 4;

  private static final int LONGEST_NOTE = 1_000;

  private final Delivery delivery;
  private final DeliveryQueue queue;
  private volatile boolean lost;

  /** What came of it, once it is known: it is not sent again because that cannot be written. */
  private @Nullable Sent sent;

  SendingDelivery(Delivery delivery, DeliveryQueue queue) {
    this.delivery = delivery;
    this.queue = queue;
  }

  /** Why a message has to be sent again. */
  record Failure(String reason, @Nullable Duration retryAfter) {}

  private record Sent(String kind, int failures, Outcome outcome, Duration took) {}

  @Override
  public Long key() {
    return delivery.number();
  }

  @Override
  public void run() {
    Sent now = sent;
    if (now == null) {
      Optional<ChannelBook.Opened> channel = opened();
      if (channel.isEmpty()) {
        return;
      }
      now = send(channel.get());
      sent = now;
    }
    AlertListener.Result result = write(now);
    queue.tell(now.kind, result, now.took);
    if (result == AlertListener.Result.DEAD) {
      LOG.warn("the message {} is not sent any more: {}", delivery.id(), now.outcome);
    }
  }

  /** Returns the channel, if there is one that can be used; else the message is dealt with. */
  private Optional<ChannelBook.Opened> opened() {
    try {
      Optional<ChannelBook.Opened> channel = queue.channels().open(delivery.channelId());
      if (channel.isEmpty()) {
        queue.claims().end(delivery, Delivery.State.DEAD, "the channel was deleted");
      }
      return channel;
    } catch (BadSetting e) {
      AlertListener.Result _ =
          queue.failed(delivery, delivery.attempts(), new Failure(message(e), null));
      return Optional.empty();
    }
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private Sent send(ChannelBook.Opened channel) {
    Message message = new Message(delivery.id(), queue.clock().instant(), delivery.alert());
    long begin = System.nanoTime();
    Outcome outcome;
    try {
      outcome = channel.kind().send(message, channel.settings());
    } catch (DatabaseUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("the message {} could not be sent", delivery.id(), e);
      outcome = new Outcome.Failed(e.getClass().getSimpleName() + ": " + message(e), null);
    }
    return new Sent(
        channel.kind().name(),
        channel.channel().failures(),
        hidden(outcome, channel.settings()),
        Duration.ofNanos(System.nanoTime() - begin));
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

  private AlertListener.Result write(Sent now) {
    return switch (now.outcome) {
      case Outcome.Delivered(String note) ->
          end(Delivery.State.DELIVERED, note, AlertListener.Result.DELIVERED);
      case Outcome.Accepted(String note) ->
          end(Delivery.State.ACCEPTED, note, AlertListener.Result.ACCEPTED);
      case Outcome.Refused(String reason) ->
          end(Delivery.State.DEAD, reason, AlertListener.Result.DEAD);
      case Outcome.Failed(String reason, Duration after) ->
          queue.failed(delivery, now.failures, new Failure(reason, after));
    };
  }

  private AlertListener.Result end(Delivery.State state, String note, AlertListener.Result result) {
    queue.claims().end(delivery, state, note);
    return result;
  }

  @Override
  public boolean isWanted() {
    return !lost;
  }

  @Override
  public boolean keepProgress() {
    return queue.claims().keep(delivery);
  }

  /** It was taken over, because this process seemed to be gone: its outcome is not written. */
  @Override
  public void giveUp() {
    lost = true;
  }
}
