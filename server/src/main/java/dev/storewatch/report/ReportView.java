package dev.storewatch.report;

import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.quality.Notice;
import dev.storewatch.store.ZoneSettings;
import dev.storewatch.window.Window;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A report as the native interface shows it.
 *
 * @param stores the requested stores, of those that the caller may see; null for all
 * @param tags the tags that its stores have, all of them; empty for any
 * @param scope the tags of the stores that whoever requested it may see; null for every store
 * @param rowCount how many of its stores the caller may see
 * @param checksum of the whole; null when the caller may not see all of it
 * @param revision the revision of the data that it was made of; null before it is complete, and for
 *     reports of versions that did not count them
 * @param knownAtRevision the revision that was asked for; null for the data as it was
 * @param restatedSince what was changed since of that on which its stores' figures rest, as far as
 *     the caller may see them; null for nothing
 * @param notices what to know about the data that it rests on, as it was when it was computed; none
 *     before it is complete
 */
public record ReportView(
    String id,
    int number,
    @Schema(allowableValues = {"queued", "running", "complete", "failed"}) String state,
    @Nullable Instant asOf,
    @Schema(allowableValues = {"nearest", "previous", "ratio"}) String rule,
    @Schema(format = "duration") String carry,
    @ArraySchema(schema = @Schema(example = "P1D")) List<String> windows,
    @Nullable List<String> stores,
    @Schema(description = "The tags that its stores have, all of them; empty for any")
        List<String> tags,
    @Nullable List<String> scope,
    Instant askedAt,
    @Nullable String askedBy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Done progress,
    @Nullable String error,
    @Nullable Integer rowCount,
    @Nullable String checksum,
    @Schema(
            description =
                "What to know about the data that it rests on, as it was when it was computed")
        List<Notice> notices,
    @Schema(
            description =
                "The release of the rules of time zones by which it was computed; null before it"
                    + " is complete, and for reports of versions that did not keep it",
            example = "2026f")
        @Nullable String zoneRules,
    @Schema(
            description =
                "What to know when these are not the rules in use now; null when they are")
        @Nullable String zoneRulesNotice,
    @Schema(
            description =
                "The revision of the data that it was made of; null before it is complete, and for"
                    + " reports of versions that did not count them")
        @Nullable Integer revision,
    @Schema(
            description =
                "The revision of the data that was asked for; null for the data as it was then")
        @Nullable Integer knownAtRevision,
    @Schema(
            description =
                "What was changed since of the data that it rests on: it would be another report"
                    + " now. Null for nothing; the report itself never changes")
        @Nullable Restated restatedSince) {
  /**
   * How far the report is.
   *
   * @param done stores computed
   * @param total stores to compute; null as long as that is not known
   */
  public record Done(int done, @Nullable Integer total) {}

  static ReportView of(
      Report report,
      Optional<Reports.Progress> running,
      @Nullable List<String> stores,
      int rows,
      Predicate<String> seen,
      Optional<Restated> restated) {
    ReportSpec spec = report.spec();
    ReportState state = report.state();
    Set<String> tags = spec.scope().tags();
    ReportState.@Nullable Complete complete =
        state instanceof ReportState.Complete end ? end : null;
    boolean whole = complete != null && complete.rowCount() == rows;
    return new ReportView(
        report.id(),
        report.number(),
        state.word(),
        instant(report.asOf()),
        spec.rule().name(),
        Durations.format(spec.rule().carry()),
        spec.windows().stream().map(Window::format).toList(),
        stores,
        spec.tags(),
        tags == null ? null : List.copyOf(tags),
        Micros.toInstant(report.origin().at()),
        report.origin().by(),
        instant(state.started()),
        instant(state.ended()),
        complete == null ? done(running) : new Done(rows, rows),
        state instanceof ReportState.Failed failed ? failed.reason() : null,
        complete == null ? null : rows,
        complete != null && whole ? complete.checksum() : null,
        state.foundIn().notices(seen),
        complete == null ? null : complete.zoneRules(),
        complete == null ? null : ZoneSettings.differing(complete.zoneRules()),
        complete == null ? null : complete.revision(),
        spec.revision(),
        restated.orElse(null));
  }

  private static Done done(Optional<Reports.Progress> running) {
    return running
        .map(progress -> new Done(progress.done(), progress.total()))
        .orElse(new Done(0, null));
  }

  private static @Nullable Instant instant(OptionalLong micros) {
    return micros.isPresent() ? Micros.toInstant(micros.getAsLong()) : null;
  }
}
