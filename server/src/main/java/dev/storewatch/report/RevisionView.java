package dev.storewatch.report;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Revision;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Registry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of what figures rest on, as it is shown.
 *
 * @param revision its number; a number has several rows if changes of several kinds were made at
 *     once
 * @param kind what was changed
 * @param madeBy who made it; null if that is not known
 * @param cause what it was part of, such as {@code import:ID} or {@code push}; null for nothing
 * @param stores how many stores it touches; null for all
 * @param examples the ids of some of them
 * @param from the first instant of the time whose figures may differ; null for all time before
 * @param to the first instant after it; null for all time to come
 * @param changes how many polls, stores or entries were changed
 */
public record RevisionView(
    int revision,
    @Schema(
            allowableValues = {
              "polls",
              "old_polls",
              "hours",
              "special_days",
              "closures",
              "zones",
              "flags",
              "tags",
              "stores",
              "zone_rules"
            })
        String kind,
    Instant madeAt,
    @Nullable String madeBy,
    @Schema(example = "import:6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11") @Nullable String cause,
    @Nullable Integer stores,
    List<String> examples,
    @Nullable Instant from,
    @Nullable Instant to,
    long changes) {
  private static final int MOST_EXAMPLES = 10;

  /** Returns a change as it is shown. */
  public static RevisionView of(Registry registry, Revision revision) {
    Change change = revision.change();
    StoreSet stores = change.stores();
    Span time = change.time();
    return new RevisionView(
        revision.number(),
        change.kind().word(),
        Micros.toInstant(revision.madeAt()),
        revision.madeBy(),
        revision.cause(),
        stores == null ? null : stores.size(),
        stores == null
            ? List.of()
            : stores.stream()
                .filter(key -> key <= registry.size())
                .limit(MOST_EXAMPLES)
                .mapToObj(registry::id)
                .toList(),
        time.start() <= Change.ALWAYS.start() ? null : Micros.toInstant(time.start()),
        time.end() >= Change.ALWAYS.end() ? null : Micros.toInstant(time.end()),
        change.count());
  }
}
