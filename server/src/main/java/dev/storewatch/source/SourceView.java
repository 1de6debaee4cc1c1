package dev.storewatch.source;

import dev.storewatch.file.FileKind;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.instant.Durations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source as people see it. Of its secret it says alone where that is.
 *
 * @param every how often it is pulled, or null
 * @param dailyAt the time of day at which it is pulled, or null
 * @param nextAt when it is pulled next; null while it is paused
 * @param last how the last pull ended; null before the first
 */
public record SourceView(
    String id,
    String name,
    String url,
    @Nullable String every,
    @Nullable String dailyAt,
    @Nullable String zone,
    @Nullable String secret,
    @Nullable String sentAs,
    @Nullable String kind,
    Map<String, String> reading,
    boolean paused,
    Instant enteredAt,
    @Nullable String enteredBy,
    @Nullable Instant nextAt,
    @Nullable Last last) {

  /**
   * How the last pull of a source ended.
   *
   * @param at when it was
   * @param outcome how it ended
   * @param detail why it failed; null unless it did
   * @param failures how many pulls have failed since the last that did not
   * @param importId the last import of the source; null before the first
   * @param importState how far that is; null before the first
   */
  public record Last(
      Instant at,
      @Schema(allowableValues = {"imported", "unchanged", "failed"}) String outcome,
      @Nullable String detail,
      int failures,
      @Nullable String importId,
      @Schema(allowableValues = {"queued", "running", "complete", "failed", "undone"})
          @Nullable String importState) {}

  static SourceView of(PulledSource source, LastPull last, @Nullable ImportRun run) {
    Timing timing = source.timing();
    FileKind kind = source.kind();
    return new SourceView(
        source.id(),
        source.name(),
        source.url().toString(),
        timing instanceof Timing.Every every ? Durations.format(every.length()) : null,
        timing instanceof Timing.Daily daily ? daily.at().toString() : null,
        timing instanceof Timing.Daily daily ? daily.zone() : null,
        source.secret() == null ? null : source.secret().toString(),
        source.secret() == null ? null : source.sentAs().word(),
        kind == null ? null : kind.word(),
        source.options().texts(),
        source.paused(),
        source.entered(),
        source.enteredBy(),
        source.paused() ? null : last.next(),
        last(last, run));
  }

  private static @Nullable Last last(LastPull last, @Nullable ImportRun run) {
    if (last.at() == null || last.outcome() == null) {
      return null;
    }
    return new Last(
        last.at(),
        last.outcome().word(),
        last.detail(),
        last.failures(),
        last.importId(),
        run == null ? null : run.state().name().toLowerCase(Locale.ROOT));
  }
}
