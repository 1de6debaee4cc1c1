package dev.storewatch.report;

import dev.storewatch.quality.Findings;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How far a report is. All instants are microseconds since the epoch. */
public sealed interface ReportState {
  /** The words of all states, in the order of a report's life. */
  List<String> WORDS = List.of("queued", "running", "complete", "failed");

  /** It waits for its turn. */
  record Queued() implements ReportState {}

  /**
   * It is being computed.
   *
   * @param startedAt when that began
   */
  record Running(long startedAt) implements ReportState {}

  /**
   * Its rows are kept.
   *
   * @param startedAt when its computation began
   * @param endedAt when its rows were kept
   * @param rowCount the number of stores reported
   * @param checksum SHA-256 of its full-detail CSV, in hexadecimal
   * @param findings what was found in the data that it rests on, when it was computed
   * @param zoneRules the release of the rules of time zones by which it was computed; null for one
   *     that was made before they were kept
   * @param revision the revision of the data of which it was computed; null for one that was made
   *     before they were counted
   */
  record Complete(
      long startedAt,
      long endedAt,
      int rowCount,
      String checksum,
      Findings findings,
      @Nullable String zoneRules,
      @Nullable Integer revision)
      implements ReportState {}

  /**
   * It could not be computed.
   *
   * @param startedAt when its computation began
   * @param endedAt when it failed
   * @param reason why, in words for the caller
   */
  record Failed(long startedAt, long endedAt, String reason) implements ReportState {}

  /** Returns what was found in the data that a complete report rests on; nothing before. */
  default Findings foundIn() {
    return this instanceof Complete complete ? complete.findings : Findings.NONE;
  }

  /** Returns the word for the state in requests and in the database. */
  default String word() {
    return switch (this) {
      case Queued queued -> "queued";
      case Running running -> "running";
      case Complete complete -> "complete";
      case Failed failed -> "failed";
    };
  }

  /** Returns when the computation began, if it did. */
  default OptionalLong started() {
    return switch (this) {
      case Queued queued -> OptionalLong.empty();
      case Running running -> OptionalLong.of(running.startedAt);
      case Complete complete -> OptionalLong.of(complete.startedAt);
      case Failed failed -> OptionalLong.of(failed.startedAt);
    };
  }

  /** Returns when the report was complete or had failed, if that is so. */
  default OptionalLong ended() {
    return switch (this) {
      case Queued queued -> OptionalLong.empty();
      case Running running -> OptionalLong.empty();
      case Complete complete -> OptionalLong.of(complete.endedAt);
      case Failed failed -> OptionalLong.of(failed.endedAt);
    };
  }
}
