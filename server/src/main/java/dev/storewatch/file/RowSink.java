package dev.storewatch.file;

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
   * Called with each time zone of a store.
   *
   * @param zone an IANA name, the same object for the same zone
   */
  void zone(int store, String zone);

  /**
   * Called with each row that is wrong, and for which no other method is called.
   *
   * @param line the line of the file, counted from 1
   * @param reason what is wrong, and what would be right
   * @param text the line, without NUL, and cut when it is too long for a row
   */
  void rejected(long line, String reason, String text);
}
