package dev.storewatch.cli;

import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Reject;
import dev.storewatch.poll.RowCounts;
import java.util.Locale;

/** What an import did, as lines for people. */
final class ImportLines {
  /** The exit code when all files went in but rows were rejected. */
  static final int REJECTED = 3;

  /** How many rows that are wrong are shown of each file. */
  static final int REJECTS_SHOWN = 5;

  private ImportLines() {}

  static String summary(ImportRun run) {
    RowCounts counts = run.counts();
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d read, %,d added, %,d repeated, %,d replaced, %,d rejected, %.2f s",
        run.source(),
        run.kind() == null ? "unknown" : run.kind().name().toLowerCase(Locale.ROOT),
        counts.read(),
        counts.added(),
        counts.repeated(),
        counts.replaced(),
        counts.rejected(),
        run.took().toNanos() / 1e9);
  }

  static String line(Reject reject) {
    String text = reject.text();
    return "line %d: %s: %s"
        .formatted(
            reject.line(),
            reject.reason(),
            text.length() > 200 ? text.substring(0, 200) + "..." : text);
  }
}
