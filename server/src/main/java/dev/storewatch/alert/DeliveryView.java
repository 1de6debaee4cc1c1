package dev.storewatch.alert;

import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Message;
import dev.storewatch.interval.Micros;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it is shown.
 *
 * @param id its id, which the receiver gets too
 * @param channel the id of its channel
 * @param state how far it is
 * @param incident the id of the incident
 * @param kind what there is to say of the incident
 * @param trouble what is wrong
 * @param title what it says, in one line
 * @param text the rest of what it says
 * @param queuedAt when it was queued
 * @param dueAt when it is tried next; null if it does not wait
 * @param endedAt when it came to its end; null before
 * @param attempts how often it was tried
 * @param note what the receiver said last, or what went wrong
 */
public record DeliveryView(
    String id,
    String channel,
    @Schema(allowableValues = {"queued", "running", "delivered", "accepted", "dead", "skipped"})
        String state,
    String incident,
    @Schema(allowableValues = {"started", "continues", "ended", "found_late", "report", "test"})
        String kind,
    @Schema(
            allowableValues = {
              "down",
              "not_opened",
              "dark",
              "flapping",
              "low_uptime",
              "monitor",
              "none"
            })
        String trouble,
    String title,
    String text,
    Instant queuedAt,
    @Nullable Instant dueAt,
    @Nullable Instant endedAt,
    int attempts,
    @Nullable String note) {
  /** Returns a delivery as it is shown. */
  public static DeliveryView of(Delivery delivery) {
    Alert alert = delivery.alert();
    Message.Words words = Message.words(alert);
    return new DeliveryView(
        delivery.id(),
        delivery.channelId(),
        delivery.state().word(),
        alert.incident(),
        alert.kind().word(),
        alert.trouble().word(),
        words.title(),
        words.text(),
        Micros.toInstant(delivery.queuedAt()),
        delivery.state() == Delivery.State.QUEUED ? Micros.toInstant(delivery.dueAt()) : null,
        delivery.endedAt() == null ? null : Micros.toInstant(delivery.endedAt()),
        delivery.attempts(),
        delivery.note());
  }
}
