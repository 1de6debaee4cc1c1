package dev.storewatch.importing;

import dev.storewatch.file.FileKind;
import dev.storewatch.poll.RowCounts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An import as the native interface shows it.
 *
 * @param progress how far it is; null when it has ended
 * @param read the rows of the file, {@code added + repeated + replaced + rejected}; none before it
 *     is complete
 * @param error why it failed; null unless it did
 * @param options how the file is read where it does not say so itself, by the names of the
 *     parameters
 * @param notes what whoever brought it should know; none before it is complete
 */
record ImportView(
    String id,
    @Schema(example = "store_status.csv.gz") String source,
    @Schema(allowableValues = {"polls", "hours", "zones", "tags", "stores"}) @Nullable String kind,
    @Schema(allowableValues = {"queued", "running", "complete", "failed", "undone"}) String state,
    Imports.@Nullable Progress progress,
    long read,
    long added,
    long repeated,
    long replaced,
    long rejected,
    Instant receivedAt,
    @Nullable Instant endedAt,
    @Nullable String error,
    Map<String, String> options,
    List<String> notes) {
  static ImportView of(ImportRun run, ImportUploads uploads) {
    RowCounts counts = run.counts();
    FileKind kind = run.kind();
    return new ImportView(
        run.id(),
        run.source(),
        kind == null ? null : kind.word(),
        run.state().name().toLowerCase(Locale.ROOT),
        uploads.progress(run).orElse(null),
        counts.read(),
        counts.added(),
        counts.repeated(),
        counts.replaced(),
        counts.rejected(),
        run.received(),
        run.ended(),
        run.error(),
        run.options().texts(),
        run.notes());
  }
}
