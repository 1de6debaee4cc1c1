package dev.storewatch.incident;

import dev.storewatch.incident.Incident.Acknowledgement;
import dev.storewatch.incident.Incident.Ending;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident as it is shown.
 *
 * @param id what it is known by
 * @param trouble what is wrong
 * @param storeId the store; null for a group
 * @param storeName what people call it
 * @param group what the stores have in common: {@code fleet}, or for example {@code tag:west}; null
 *     for one store
 * @param stores how many stores it is about
 * @param from since when it lasts, by the rule's estimate
 * @param to until when it lasted, likewise; null while it lasts
 * @param foundAt when it was found
 * @param endedBy what ended it, in words; null while it lasts
 * @param openSeconds the open time that was lost; null while it lasts, and for a group
 * @param outage the id of the outage, if it is about one
 * @param memberOf the id of the incident of a group with which it is told; null for none
 * @param acknowledged who knows of it; null if nobody said so
 * @param told which channels have heard of it; null in lists, and for callers who may see some
 *     stores alone
 */
public record IncidentView(
    String id,
    @Schema(allowableValues = {"down", "not_opened", "dark", "flapping", "low_uptime", "monitor"})
        String trouble,
    @Nullable String storeId,
    @Nullable String storeName,
    @Nullable String group,
    int stores,
    Instant from,
    @Nullable Instant to,
    Instant foundAt,
    @Nullable String endedBy,
    @Nullable BigDecimal openSeconds,
    @Nullable String outage,
    @Nullable String memberOf,
    @Nullable Acknowledged acknowledged,
    @Nullable List<Heard> told) {
  /**
   * Somebody knows of an incident.
   *
   * @param at since when
   * @param by who, if they have a name
   * @param note what they said
   */
  public record Acknowledged(Instant at, @Nullable String by, @Nullable String note) {}

  /**
   * What a channel has heard of an incident.
   *
   * @param channel the id of the channel
   * @param at when it heard of it first
   * @param endAt when it heard of the end; null before
   */
  public record Heard(String channel, Instant at, @Nullable Instant endAt) {}

  /** Returns an incident as it is shown. */
  static IncidentView of(Incident incident, Registry registry, @Nullable List<Told> told) {
    Integer key = incident.about().store();
    Ending end = incident.ending();
    return new IncidentView(
        incident.name(),
        incident.trouble().word(),
        key == null ? null : registry.id(key),
        key == null ? null : registry.name(key),
        incident.about().group(),
        incident.about().stores(),
        Micros.toInstant(incident.startedAt()),
        end == null ? null : Micros.toInstant(end.at()),
        Micros.toInstant(incident.openedAt()),
        end == null ? null : end.by(),
        end == null || key == null ? null : BigDecimal.valueOf(end.openMicros(), 6),
        text(incident.outage()),
        text(incident.memberOf()),
        acknowledged(incident.acknowledged()),
        told == null ? null : told.stream().map(IncidentView::heard).toList());
  }

  private static @Nullable String text(@Nullable Long id) {
    return id == null ? null : id.toString();
  }

  private static @Nullable Acknowledged acknowledged(@Nullable Acknowledgement known) {
    return known == null
        ? null
        : new Acknowledged(Micros.toInstant(known.at()), known.by(), known.note());
  }

  private static Heard heard(Told told) {
    Long end = told.endAt();
    return new Heard(
        told.channel(), Micros.toInstant(told.at()), end == null ? null : Micros.toInstant(end));
  }
}
