package dev.storewatch.store;

import dev.storewatch.hours.OpeningInterval;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What somebody says about some parts of a store; the others stay as they are.
 *
 * @param details what is said; of parts that are not said, nothing
 * @param said the parts that are said
 * @param shown those of them that come back as they were shown, with the flag that they had: unless
 *     they differ from what is known by now, they are not said anew, and stay flagged
 */
record StoreEdit(StoreDetails details, Set<StorePart> said, Set<StorePart> shown) {
  StoreEdit {
    said = Set.copyOf(said);
    shown = Set.copyOf(shown);
  }

  /** Says all there is to say about a store. */
  static StoreEdit all(StoreDetails details) {
    return new StoreEdit(details, EnumSet.allOf(StorePart.class), Set.of());
  }

  /** Returns whether a part is said. */
  boolean says(StorePart part) {
    return said.contains(part);
  }

  /**
   * Returns the parts to be written into a store: those that differ from what is known, and those
   * whose flag goes because they are said anew.
   */
  Set<StorePart> partsFor(Registry registry, int key) {
    StoreDetails known = registry.details(key);
    Set<StorePart> parts = EnumSet.noneOf(StorePart.class);
    for (StorePart part : said) {
      boolean losesFlag = !shown.contains(part) && isFlagged(registry, key, part);
      if (losesFlag || !details.isLike(known, part)) {
        parts.add(part);
      }
    }
    if (!laterFor(registry, key).isLike(known, StorePart.LATER_HOURS)) {
      parts.add(StorePart.LATER_HOURS);
    } else {
      parts.remove(StorePart.LATER_HOURS);
    }
    return parts;
  }

  /**
   * Returns the details with all hours that hold from a date on as the store is to have them. Hours
   * that are said without a date, and are others than before, take out those that it had.
   */
  StoreDetails laterFor(Registry registry, int key) {
    StoreDetails known = registry.details(key);
    boolean replacesAll =
        says(StorePart.LATER_HOURS)
            || (says(StorePart.HOURS) && !details.isLike(known, StorePart.HOURS));
    Map<LocalDate, List<OpeningInterval>> later =
        new TreeMap<>(replacesAll ? Map.of() : known.laterHours());
    later.putAll(details.laterHours());
    return details.withLater(later);
  }

  private static boolean isFlagged(Registry registry, int key, StorePart part) {
    return switch (part) {
      case NAME, TAGS, LATER_HOURS -> false;
      case ZONE -> registry.zoneFlagged(key).isPresent();
      case HOURS -> registry.hoursFlagged(key).isPresent();
    };
  }
}
