package dev.storewatch.quality;

import dev.storewatch.notice.FaultKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What whoever reads figures must know about the data that they rest on.
 *
 * @param code what kind it is: one word for programs, which does not change
 * @param text a sentence for people
 * @param count how many stores it is about
 * @param examples the ids of three of them at most
 */
public record Notice(
    @Schema(
            allowableValues = {
              "flagged-hours",
              "flagged-zone",
              "assumed-hours",
              "assumed-zone",
              "polled-only",
              "never-polled",
              "late-as-of",
              "unfinished-period"
            },
            description = "What kind it is")
        String code,
    @Schema(description = "A sentence for people") String text,
    @Schema(description = "How many stores it is about") int count,
    @Schema(description = "The ids of three of them at most") List<String> examples) {
  /** Copies the list. */
  public Notice {
    examples = List.copyOf(examples);
  }

  /** Returns whether {@code storewatch quality} lists the stores that it is about. */
  public boolean standsInTheList() {
    return FaultKind.of(code).isPresent();
  }
}
