package dev.storewatch.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * A report in the list of reports, and at the head of its own page.
 *
 * @param id its id
 * @param number its serial number
 * @param state the word for how far it is
 * @param done how far it is in words, such as {@code 1,200 of 14,092 stores}
 * @param asOf its as-of instant; a dash without any poll
 * @param windows its windows, in words
 * @param about which stores it is about, in words
 * @param asked when it was asked for and by whom
 * @param restated what was changed since of the data that it rests on; null for nothing
 * @param error why it failed, or null
 */
public record ReportLine(
    String id,
    int number,
    String state,
    String done,
    String asOf,
    String windows,
    String about,
    String asked,
    @Nullable String restated,
    @Nullable String error) {
  /** Returns whether it waits or is computed. */
  public boolean isUnfinished() {
    return state.equals("queued") || state.equals("running");
  }

  /** Returns whether it has rows. */
  public boolean isComplete() {
    return state.equals("complete");
  }
}
