package dev.storewatch.report;

import dev.storewatch.interval.Micros;
import dev.storewatch.uptime.Windows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A report as the native interface shows it. */
record ReportView(
    String id,
    int number,
    String state,
    @Nullable Instant asOf,
    String rule,
    String carry,
    List<String> windows,
    @Nullable List<String> stores,
    Instant askedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Done progress,
    @Nullable String error,
    @Nullable Integer rowCount,
    @Nullable String checksum) {
  /**
   * How far the report is.
   *
   * @param done stores computed
   * @param total stores to compute; null as long as that is not known
   */
  record Done(int done, @Nullable Integer total) {}

  static ReportView of(Report report, Optional<ReportQueue.Progress> running) {
    ReportSpec spec = report.spec();
    ReportState state = report.state();
    ReportState.@Nullable Complete complete =
        state instanceof ReportState.Complete end ? end : null;
    return new ReportView(
        report.id(),
        report.number(),
        state.word(),
        instant(report.asOf()),
        spec.rule().name(),
        Windows.format(spec.rule().carry()),
        spec.windows().stream().map(Windows::format).toList(),
        spec.storeIds(),
        Micros.toInstant(report.askedAt()),
        instant(state.started()),
        instant(state.ended()),
        done(complete, running),
        state instanceof ReportState.Failed failed ? failed.reason() : null,
        complete == null ? null : complete.rowCount(),
        complete == null ? null : complete.checksum());
  }

  private static Done done(
      ReportState.@Nullable Complete complete, Optional<ReportQueue.Progress> running) {
    return complete != null
        ? new Done(complete.rowCount(), complete.rowCount())
        : running
            .map(progress -> new Done(progress.done(), progress.total()))
            .orElse(new Done(0, null));
  }

  private static @Nullable Instant instant(OptionalLong micros) {
    return micros.isPresent() ? Micros.toInstant(micros.getAsLong()) : null;
  }
}
