package dev.storewatch.importing;

import java.util.List;
import java.util.Map;

/**
 * What became of the stores of a file of which rows were refused.
 *
 * @param flaggedZones the keys of those that count on a zone of which rows were refused, each with
 *     since when, in microseconds since the epoch
 * @param notes what is said of them, a sentence each
 */
record Refusals(Map<Integer, Long> flaggedZones, List<String> notes) {
  /** No store had a refused row. */
  static final Refusals NONE = new Refusals(Map.of(), List.of());

  Refusals {
    flaggedZones = Map.copyOf(flaggedZones);
    notes = List.copyOf(notes);
  }

  static int[] keys(List<Integer> keys) {
    return keys.stream().mapToInt(Integer::intValue).toArray();
  }
}
