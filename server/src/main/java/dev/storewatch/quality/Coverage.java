package dev.storewatch.quality;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many polls of a store came in a period, against how many were expected: one in each slot
 * throughout which the store is open.
 *
 * @param storeId its id
 * @param expected in how many slots a poll was expected
 * @param received in how many of these there was one
 * @param missing in how many there was none
 * @param polls how many polls there were in all
 * @param closedPolls how many of them were made while the store was closed
 * @param gaps how often slots without a poll follow one another, one alone included
 * @param longestGap the open time of the longest of these, as an ISO 8601 duration
 * @param longestGapFrom when that begins; null without any
 * @param contradictions how often two polls say different things that are less than a tenth of a
 *     slot apart
 * @param findings what is wrong, as codes; none if nothing is
 */
public record Coverage(
    String storeId,
    int expected,
    int received,
    int missing,
    int polls,
    int closedPolls,
    int gaps,
    @Schema(format = "duration", example = "PT3H") String longestGap,
    @Nullable Instant longestGapFrom,
    int contradictions,
    @Schema(
            description =
                "What is wrong: never-polled (at no time), not-polled (not in the period),"
                    + " polled-only-while-closed, gaps, contradictory")
        List<String> findings) {
  /** Copies the codes. */
  public Coverage {
    findings = List.copyOf(findings);
  }
}
