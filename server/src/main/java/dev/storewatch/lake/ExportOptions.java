package dev.storewatch.lake;

import dev.storewatch.input.WrongInput;
import org.jspecify.annotations.Nullable;

/**
 * What an export does beside adding what is new.
 *
 * @param compact whether each date gets one file
 * @param keepDays of how many dates, the newest last, polls are kept; null for all that are there
 * @param anew whether everything is written again
 */
public record ExportOptions(boolean compact, @Nullable Integer keepDays, boolean anew) {
  /** What is new is added. */
  public static final ExportOptions NONE = new ExportOptions(false, null, false);

  /**
   * Checks the days.
   *
   * @throws WrongInput if they are none
   */
  public ExportOptions {
    if (keepDays != null && keepDays < 1) {
      throw new WrongInput(
          "--keep-days is %d: use a number of days from 1 on, such as 400".formatted(keepDays));
    }
  }
}
