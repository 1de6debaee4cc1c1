package dev.storewatch.schedule;

import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is kept. Instants are microseconds since the epoch.
 *
 * @param id its id
 * @param name what people call it
 * @param times when it is due
 * @param wanted what it makes
 * @param channel the id of the channel; null for a folder
 * @param folder the folder below that of the settings; null for a channel
 * @param enteredAt when it was entered
 * @param enteredBy by whom
 * @param next the next local time that it is for
 * @param due the instant for which it is made, when that is not the newest local time; or null
 * @param failures how often in a row it could not be made
 * @param last what came of it last; null before the first time
 */
record ReportSchedule(
    String id,
    String name,
    LocalTimes times,
    Wanted wanted,
    @Nullable String channel,
    @Nullable String folder,
    long enteredAt,
    @Nullable String enteredBy,
    long next,
    @Nullable Long due,
    int failures,
    @Nullable Last last) {
  /**
   * What came of a schedule.
   *
   * @param at when
   * @param due the instant for which it was made
   * @param outcome {@code sent}, {@code written} or {@code failed}
   * @param detail more of that
   * @param report the id of the report, or null
   * @param delivery the id of the message, or null
   */
  record Last(
      long at,
      long due,
      String outcome,
      String detail,
      @Nullable String report,
      @Nullable String delivery) {}
}
