package dev.storewatch.report;

import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.interval.Micros;
import dev.storewatch.revision.Revisions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The revision of the data that somebody asks for, by its number or by an instant. */
public final class KnownAt {
  private KnownAt() {}

  /**
   * Returns the revision; null if none is asked for.
   *
   * @param revision its number; null if it is not given
   * @param knownAt an instant in ISO 8601, at which it was the latest; null if it is not given
   * @throws WrongInput if both are given, there is no such revision, or the text is no instant
   */
  public static @Nullable Integer read(
      @Nullable Integer revision, @Nullable String knownAt, Revisions revisions) {
    if (revision != null && knownAt != null) {
      throw new WrongInput("a revision and an instant are given: leave out revision, or known_at");
    }
    if (knownAt != null) {
      return revisions.at(Micros.of(instant(knownAt)));
    }
    return revision == null ? null : revisions.checked(revision);
  }

  private static Instant instant(String text) {
    return InstantReader.parameter(text)
        .orElseThrow(
            () ->
                new WrongInput(
                    "'%s' is no instant at which something was known: use for example 2026-03-01T06:00:00Z, in UTC unless it has an offset"
                        .formatted(text)));
  }
}
