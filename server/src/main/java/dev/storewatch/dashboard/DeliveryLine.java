package dev.storewatch.dashboard;

/**
 * A message to a channel.
 *
 * @param id its id
 * @param queued when it was queued, in UTC
 * @param channel the name of its channel
 * @param title what it says
 * @param state how far it is
 * @param attempts how often it was tried
 * @param note what the receiver said last, or what went wrong; may be empty
 * @param isResendable whether it can be sent again
 */
public record DeliveryLine(
    String id,
    String queued,
    String channel,
    String title,
    String state,
    int attempts,
    String note,
    boolean isResendable) {}
