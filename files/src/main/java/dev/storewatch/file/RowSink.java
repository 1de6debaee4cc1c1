package dev.storewatch.file;

import dev.storewatch.hours.Closure;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whoever receives the rows of an import file, in the order of the file.
 *
 * <p>A store is given by its number in the {@link dev.storewatch.entry.StoreIdIndex} of the file.
 */
public interface RowSink {
  /**
   * Called with each poll.
   *
   * @param at the instant in microseconds since the epoch, in the years 1970 to 2199
   */
  void poll(int store, long at, boolean active);

  /**
   * Called with each interval of business hours.
   *
   * @param day 0 (Monday) to 6 (Sunday)
   * @param opens seconds after midnight, 0 to 86,399
   * @param closes seconds after midnight, 0 to 86,400
   */
  void hours(int store, int day, int opens, int closes);

  /**
   * Called with each row that says that a store is closed on a day.
   *
   * @param day 0 (Monday) to 6 (Sunday)
   */
  void closed(int store, int day);

  /**
   * Called with each interval of business hours that hold from a date on.
   *
   * @param date the date on the clocks of the store
   * @param day 0 (Monday) to 6 (Sunday)
   * @param opens seconds after midnight, 0 to 86,399
   * @param closes seconds after midnight, 0 to 86,400
   */
  default void hoursFrom(LocalDate date, int store, int day, int opens, int closes) {}

  /**
   * Called with each row that says that a store is closed on a day from a date on.
   *
   * @param date the date on the clocks of the store
   * @param day 0 (Monday) to 6 (Sunday)
   */
  default void closedFrom(LocalDate date, int store, int day) {}

  /**
   * Called with each time zone of a store.
   *
   * @param zone an IANA name, the same object for the same zone
   */
  void zone(int store, String zone);

  /**
   * Called with each store that counts on hours of which rows were refused elsewhere.
   *
   * @param since since when, in microseconds since the epoch
   */
  default void flaggedHours(int store, long since) {}

  /**
   * Called with each store that counts on a zone of which rows were refused elsewhere.
   *
   * @param since since when, in microseconds since the epoch
   */
  default void flaggedZone(int store, long since) {}

  /**
   * Called with each store whose first poll is not among those that come.
   *
   * @param at its instant in microseconds since the epoch
   */
  default void firstPoll(int store, long at) {}

  /**
   * Called with each row that says which tags a store has.
   *
   * @param name what the store is called; null if the row does not say
   * @param tags the tags of the row, which may be none
   */
  default void tags(int store, @Nullable String name, List<String> tags) {}

  /**
   * Of which stores a row is that may be of several.
   *
   * @param store the number of its store; -1 if it is of several
   * @param tag the tag of its stores; null if it is of one, or of all
   */
  record Target(int store, @Nullable String tag) {
    /** All stores. */
    public static final Target ALL = new Target(-1, null);
  }

  /** Returns whether any store has a tag. */
  default boolean knowsTag(String tag) {
    return true;
  }

  /**
   * Returns whether special days and closures may be of stores that nobody has named so far, as
   * where all files are read at once; else such a row is refused, because its id may be mistyped.
   */
  default boolean takesNewStores() {
    return false;
  }

  /** Returns whether a store is there, and not deleted. */
  default boolean knowsStore(int store) {
    return true;
  }

  /**
   * Called with each interval of a special day.
   *
   * @param opens seconds after midnight, 0 to 86,399
   * @param closes seconds after midnight, 0 to 86,400
   * @param label what the day is; null if the row does not say
   */
  default void specialHours(
      Target target, LocalDate date, int opens, int closes, @Nullable String label) {}

  /** Called with each row that says that stores are closed on a special day. */
  default void specialClosed(Target target, LocalDate date, @Nullable String label) {}

  /** Called with each row of a special day that names stores and a date, and is wrong. */
  default void refusedDay(Target target, LocalDate date) {}

  /** Called with each planned closure. */
  default void closure(Target target, Closure closure) {}

  /**
   * Called with each row that is wrong. Of the other methods only the one that refuses hours, a
   * zone, tags or a special day is called for it, right before, and only if it names a store.
   *
   * @param line the line of the file, counted from 1
   * @param reason what is wrong, and what would be right
   * @param text the line, without NUL, and cut when it is too long for a row
   */
  void rejected(long line, String reason, String text);

  /**
   * Called with each row of business hours that names a store, and is wrong.
   *
   * @param day 0 (Monday) to 6 (Sunday), or -1 when that cannot be read either
   */
  default void refusedHours(int store, int day) {}

  /**
   * Called with each row of business hours that hold from a date on that names a store, and is
   * wrong.
   *
   * @param day 0 (Monday) to 6 (Sunday), or -1 when that cannot be read either
   */
  default void refusedHoursFrom(LocalDate date, int store, int day) {}

  /** Called with each row of time zones that names a store, and is wrong. */
  default void refusedZone(int store) {}

  /** Called with each row of tags that names a store, and is wrong. */
  default void refusedTags(int store) {}
}
