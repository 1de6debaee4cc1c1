package dev.storewatch.file;

/** Times of the wall clock as texts: {@code 9:30}, {@code 09:30} or {@code 09:30:00}. */
final class TimesOfDay {
  /** Returned for a text that is not a time of day. */
  static final int IMPOSSIBLE = -1;

  private static final int DAY_SECONDS = 86_400;

  private TimesOfDay() {}

  /** Returns a time before 24:00 in seconds after midnight, or {@link #IMPOSSIBLE}. */
  static int opening(byte[] text, int from, int to) {
    int seconds = closing(text, from, to);
    return seconds == DAY_SECONDS ? IMPOSSIBLE : seconds;
  }

  /** Returns a time up to 24:00 in seconds after midnight, or {@link #IMPOSSIBLE}. */
  static int closing(byte[] text, int from, int to) {
    boolean shortHour = from + 1 < to && text[from + 1] == ':';
    int hourEnd = shortHour ? from + 1 : from + 2;
    int hour = number(text, from, hourEnd, to);
    int minute = minutes(text, hourEnd, to);
    boolean hasSeconds = hourEnd + 3 < to;
    int second = hasSeconds ? minutes(text, hourEnd + 3, to) : 0;
    int end = hourEnd + (hasSeconds ? 6 : 3);
    if (hour < 0 || minute < 0 || second < 0 || (end < to && !isZeroFraction(text, end, to))) {
      return IMPOSSIBLE;
    }
    int seconds = (hour * 60 + minute) * 60 + second;
    return seconds <= DAY_SECONDS ? seconds : IMPOSSIBLE;
  }

  /** Returns the number after a colon, 0 to 59, or -1. */
  private static int minutes(byte[] text, int from, int to) {
    int number = from < to && text[from] == ':' ? number(text, from + 1, from + 3, to) : -1;
    return number < 60 ? number : -1;
  }

  private static int number(byte[] text, int from, int end, int to) {
    if (end > to) {
      return -1;
    }
    int number = 0;
    for (int at = from; at < end; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return -1;
      }
      number = number * 10 + text[at] - '0';
    }
    return number;
  }

  private static boolean isZeroFraction(byte[] text, int from, int to) {
    int at = from + 1;
    while (at < to && text[at] == '0') {
      at++;
    }
    return text[from] == '.' && at == to && to - from > 1;
  }
}
