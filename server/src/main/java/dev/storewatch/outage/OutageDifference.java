package dev.storewatch.outage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The comparison of one store's outages as they are kept with those that are found now. */
final class OutageDifference {
  private final List<OutageChange> changes = new ArrayList<>();

  private OutageDifference() {}

  /**
   * Returns what differs.
   *
   * @param kept the outages that were known, in order
   * @param found those of the same time, in order; without ids
   */
  static List<OutageChange> of(List<KeptOutage> kept, List<KeptOutage> found) {
    OutageDifference difference = new OutageDifference();
    List<KeptOutage> left = new ArrayList<>(kept);
    for (KeptOutage now : found) {
      difference.compare(take(left, now), now);
    }
    left.forEach(gone -> difference.changes.add(new OutageChange(gone, null)));
    return difference.changes;
  }

  private static @Nullable KeptOutage take(List<KeptOutage> left, KeptOutage now) {
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).meets(now)) {
        return left.remove(i);
      }
    }
    return null;
  }

  private void compare(@Nullable KeptOutage before, KeptOutage now) {
    KeptOutage after = before == null ? now : now.knownAs(before);
    if (!after.equals(before)) {
      changes.add(new OutageChange(before, after));
    }
  }
}
