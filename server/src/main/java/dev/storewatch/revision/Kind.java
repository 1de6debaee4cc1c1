package dev.storewatch.revision;

import java.util.Arrays;
import java.util.Locale;

/** What of the data on which figures rest was changed. */
public enum Kind {
  /** Polls came, were replaced or deleted. */
  POLLS,
  /** Polls were deleted because they were older than is kept: nothing can be made of them again. */
  OLD_POLLS,
  /** Weekly business hours, also those from a date on. */
  HOURS,
  /** Special days. */
  SPECIAL_DAYS,
  /** Planned closures. */
  CLOSURES,
  /** The time zones of stores. */
  ZONES,
  /** Since when rows of a store's hours or zone count as refused: no figure rests on it. */
  FLAGS,
  /** The tags of stores, which say what closures, special days and reports are about. */
  TAGS,
  /** Stores were added or deleted. */
  STORES,
  /** The table of time zones is of another release. */
  ZONE_RULES;

  /** Returns the kind of a word, as {@link #word} makes it. */
  public static Kind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no kind of change " + word));
  }

  /** Returns the word for it in answers and in the database, such as {@code special_days}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
