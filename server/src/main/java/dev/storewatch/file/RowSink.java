package dev.storewatch.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whoever receives the rows of an import file, in the order of the file.
 *
 * <p>A store is given by its number in the {@link dev.storewatch.store.StoreIdIndex} of the file.
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
   * Called with each time zone of a store.
   *
   * @param zone an IANA name, the same object for the same zone
   */
  void zone(int store, String zone);

  /**
   * Called with each row that says which tags a store has.
   *
   * @param name what the store is called; null if the row does not say
   * @param tags the tags of the row, which may be none
   */
  default void tags(int store, @Nullable String name, List<String> tags) {}

  /**
   * Called with each row that is wrong. Of the other methods only {@link #refusedHours}, {@link
   * #refusedZone} or {@link #refusedTags} is called for it, right before, and only if it names a
   * store.
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

  /** Called with each row of time zones that names a store, and is wrong. */
  default void refusedZone(int store) {}

  /** Called with each row of tags that names a store, and is wrong. */
  default void refusedTags(int store) {}
}
