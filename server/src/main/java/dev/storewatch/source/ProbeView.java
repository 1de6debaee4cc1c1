package dev.storewatch.source;

import dev.storewatch.instant.Durations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a store is asked whether it is online, and how that ended the last time.
 *
 * @param storeId the id of the store
 * @param outcome how it ended the last time; null before the first
 * @param detail what there is to say about that, or null
 * @param since since when it ends like this; null before the first time
 */
public record ProbeView(
    String storeId,
    String url,
    String status,
    @Nullable String text,
    String timeout,
    boolean always,
    Instant enteredAt,
    @Nullable String enteredBy,
    @Schema(allowableValues = {"active", "inactive", "unknown", "not-asked"})
        @Nullable String outcome,
    @Nullable String detail,
    @Nullable Instant since) {
  static ProbeView of(String storeId, SqlProbes.Row row) {
    StoreProbe probe = row.probe();
    return new ProbeView(
        storeId,
        probe.url().toString(),
        probe.statuses().text(),
        probe.text(),
        Durations.format(probe.timeout()),
        probe.always(),
        probe.entered(),
        probe.enteredBy(),
        row.outcome(),
        row.detail(),
        row.since());
  }
}
