package dev.storewatch.journal;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an import made of the hours, of the zone, or of the name and the tags of a store, or of a
 * special day.
 *
 * @param key the key of the store; 0 for what is of several
 * @param part which part of it: of hours that hold from a date on the date, in days since the
 *     epoch, of a special day the date and the tag of its stores; empty for the whole
 * @param before what it had before
 * @param after what it has since
 */
public record StoreChange(int key, String part, Value before, Value after) {
  /** A change of the whole. */
  public StoreChange(int key, Value before, Value after) {
    this(key, "", before, after);
  }

  /** Returns whether it changes nothing: the import named it, and it was so already. */
  public boolean isNothing() {
    return before.equals(after);
  }

  /**
   * The hours, the zone, or the name and the tags of a store.
   *
   * @param text the name of a zone, hours as {@link #hours} writes them, or a name and tags as
   *     {@link #described} does; empty for none
   * @param flaggedAt since when it counts on something of which rows were refused, in microseconds
   *     since the epoch; 0 if it does not
   */
  public record Value(String text, long flaggedAt) {
    /** What stands between tags and a name: no tag holds it. */
    private static final String NAME = "=";

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

    /** Returns the name and the tags of a store, which are never flagged. */
    public static Value described(@Nullable String name, Collection<String> tags) {
      String listed = tags.stream().sorted().collect(Collectors.joining(","));
      return new Value(name == null ? listed : listed + NAME + name, 0);
    }

    /** Returns the tags of a store, in order. */
    public SortedSet<String> tags() {
      int name = text.indexOf(NAME);
      String listed = name < 0 ? text : text.substring(0, name);
      return listed.isEmpty()
          ? new TreeSet<>()
          : new TreeSet<>(Arrays.asList(listed.split(",", -1)));
    }

    /** Returns what a store is called; null for nothing. */
    public @Nullable String name() {
      int name = text.indexOf(NAME);
      return name < 0 ? null : text.substring(name + NAME.length());
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
