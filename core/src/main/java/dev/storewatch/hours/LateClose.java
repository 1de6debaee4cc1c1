package dev.storewatch.hours;

/** How a closing time of 23:59 or later is read. */
public enum LateClose {
  /** As it was given: the store is closed for the last minute of the day, or less. */
  AS_GIVEN,

  /** As the midnight that ends the day, for data in which 23:59 stands for it. */
  AS_MIDNIGHT;

  /** Returns the constant for a setting or a request that only says yes or no. */
  public static LateClose asMidnight(boolean wanted) {
    return wanted ? AS_MIDNIGHT : AS_GIVEN;
  }

  /** Returns whether it is read as midnight. */
  public boolean isAsMidnight() {
    return this == AS_MIDNIGHT;
  }

  OpeningInterval read(OpeningInterval interval) {
    return switch (this) {
      case AS_GIVEN -> interval;
      case AS_MIDNIGHT -> interval.withLateCloseAsMidnight();
    };
  }
}
