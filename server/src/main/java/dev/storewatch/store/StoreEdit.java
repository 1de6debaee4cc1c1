package dev.storewatch.store;

import java.util.EnumSet;
import java.util.Set;

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
    return parts;
  }

  private static boolean isFlagged(Registry registry, int key, StorePart part) {
    return switch (part) {
      case NAME, TAGS -> false;
      case ZONE -> registry.zoneFlagged(key).isPresent();
      case HOURS -> registry.hoursFlagged(key).isPresent();
    };
  }
}
