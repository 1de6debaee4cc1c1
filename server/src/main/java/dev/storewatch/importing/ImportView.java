package dev.storewatch.importing;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An import as the native interface shows it. */
record ImportView(
    String id,
    String source,
    @Nullable String kind,
    String state,
    long read,
    long added,
    long repeated,
    long replaced,
    long rejected,
    Instant started,
    @Nullable Instant ended,
    @Nullable String error) {
  static ImportView of(ImportRun run) {
    ImportCounts counts = run.counts();
    return new ImportView(
        run.id(),
        run.source(),
        run.kind() == null ? null : run.kind().name().toLowerCase(Locale.ROOT),
        run.state().name().toLowerCase(Locale.ROOT),
        counts.read(),
        counts.added(),
        counts.repeated(),
        counts.replaced(),
        counts.rejected(),
        run.started(),
        run.ended(),
        run.error());
  }
}
