package dev.storewatch.quality;

/**
 * The polls of all stores in a period, against those that were expected.
 *
 * @param stores how many stores there are
 * @param expected in how many slots of all stores a poll was expected
 * @param received in how many of these there was one
 * @param neverPolled how many stores were polled at no time
 * @param notPolled how many were polled before or after the period alone
 * @param onlyWhileClosed how many were polled while they were closed alone
 * @param withGaps how many have slots without a poll
 * @param contradictory how many have polls that contradict each other
 */
public record CoverageTotals(
    int stores,
    long expected,
    long received,
    int neverPolled,
    int notPolled,
    int onlyWhileClosed,
    int withGaps,
    int contradictory) {
  /** Nothing. */
  static final CoverageTotals NONE = new CoverageTotals(0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns these and one store more. */
  CoverageTotals and(Coverage store) {
    return new CoverageTotals(
        stores + 1,
        expected + store.expected(),
        received + store.received(),
        neverPolled + has(store, CoveredStore.NEVER_POLLED),
        notPolled + has(store, CoveredStore.NOT_POLLED),
        onlyWhileClosed + has(store, CoveredStore.ONLY_WHILE_CLOSED),
        withGaps + has(store, CoveredStore.GAPS),
        contradictory + has(store, CoveredStore.CONTRADICTORY));
  }

  private static int has(Coverage store, String code) {
    return store.findings().contains(code) ? 1 : 0;
  }
}
