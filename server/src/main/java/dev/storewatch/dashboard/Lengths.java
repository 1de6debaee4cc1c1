package dev.storewatch.dashboard;

/** Lengths of time as people read them. */
final class Lengths {
  private static final long MINUTE = 60_000_000L;

  private Lengths() {}

  /** Returns a length in microseconds as for example {@code 1 h 05 min}, or {@code 40 s}. */
  static String of(long micros) {
    long seconds = micros / 1_000_000;
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = micros / MINUTE;
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    return hours < 72
        ? "%d h %02d min".formatted(hours, minutes % 60)
        : "%d d %d h".formatted(hours / 24, hours % 24);
  }
}
