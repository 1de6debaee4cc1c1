package dev.storewatch.alert;

import java.util.List;

/**
 * Messages to one channel that a process has claimed together, to be sent one after another.
 *
 * @param channelId the channel
 * @param messages the messages, each with the time before which it is not sent
 */
record Batch(String channelId, List<Slot> messages) {
  /**
   * A message and when it is sent at the earliest, so that the channel gets no more than it may.
   *
   * @param delivery the message
   * @param notBefore the instant, in microseconds
   */
  record Slot(Delivery delivery, long notBefore) {}

  /** Keeps the messages. */
  Batch {
    messages = List.copyOf(messages);
  }

  /** Returns the numbers of the messages. */
  List<Long> numbers() {
    return messages.stream().map(each -> each.delivery().number()).toList();
  }
}
