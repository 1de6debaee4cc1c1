package dev.storewatch.journal;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What an import made of the hours or of the zone of a store.
 *
 * @param key the key of the store
 * @param before what it had before
 * @param after what it has since
 */
public record StoreChange(int key, Value before, Value after) {
  /**
   * The hours or the zone of a store.
   *
   * @param text the name of a zone, or hours as {@link #hours} writes them; empty for none
   * @param flaggedAt since when it counts on something of which rows were refused, in microseconds
   *     since the epoch; 0 if it does not
   */
  public record Value(String text, long flaggedAt) {
    /** Nothing is known. */
    public static final Value NONE = new Value("", 0);

    /** Returns a zone; an empty name for none. */
    public static Value zone(String name, OptionalLong flaggedAt) {
      return new Value(name, flaggedAt.orElse(0));
    }

    /** Returns hours, packed as the registry has them; an empty array for none. */
    public static Value hours(long[] packed, OptionalLong flaggedAt) {
      return new Value(
          Arrays.stream(packed).mapToObj(Long::toHexString).collect(Collectors.joining(",")),
          flaggedAt.orElse(0));
    }

    /** Returns hours as the registry packs them. */
    public long[] packedHours() {
      return text.isEmpty()
          ? new long[0]
          : Arrays.stream(text.split(",", -1))
              .mapToLong(hours -> Long.parseLong(hours, 16))
              .toArray();
    }

    /** Returns whether nothing is known. */
    public boolean isNone() {
      return text.isEmpty();
    }

    /** Returns whether it counts on something of which rows were refused. */
    public boolean isFlagged() {
      return flaggedAt != 0;
    }

    /** Returns whether something says the same: since when it is flagged does not matter. */
    public boolean saysWhat(Value other) {
      return text.equals(other.text) && isFlagged() == other.isFlagged();
    }
  }
}
