package dev.storewatch.outage;

import java.time.Instant;
import java.util.List;

/**
 * An outage, and what was said of it before.
 *
 * @param outage the outage as it is known now; as it was said last if it was withdrawn
 * @param withdrawn whether there was no outage, by what is known now
 * @param corrections what was said of it before it was corrected, the first first
 */
public record OutageHistory(OutageView outage, boolean withdrawn, List<Correction> corrections) {
  /** Copies the list. */
  public OutageHistory {
    corrections = List.copyOf(corrections);
  }

  /**
   * What was said of an outage until it was corrected.
   *
   * @param said what was said
   * @param until when it was corrected
   * @param revision the revision of the data by which it was
   */
  public record Correction(OutageView said, Instant until, int revision) {}
}
