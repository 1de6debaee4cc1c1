package dev.storewatch.dashboard;

import java.util.Locale;

/** How many of something there are, as people read it. */
public final class Counts {
  private Counts() {}

  /** Returns a number with a comma between its thousands, such as {@code 14,092}. */
  public static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
