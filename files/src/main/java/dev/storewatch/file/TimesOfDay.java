package dev.storewatch.file;

/**
 * The reader of times of the wall clock: {@code 9}, {@code 9:30}, {@code 0930}, {@code 09:30:00},
 * {@code 08h00}, {@code 9:30 AM}, {@code 9 p.m.}, and closing times up to {@code 30:00}, six in the
 * morning of the next day.
 *
 * <p>A fraction of a second must be zeros, or nines alone: {@code 23:59:59.9999999} is how programs
 * write the end of a day that they cannot write as 24:00.
 */
final class TimesOfDay {
  /** Returned for a text that is not a time of day. */
  static final int IMPOSSIBLE = -1;

  private static final int DAY_SECONDS = 86_400;
  private static final int LATEST = 30 * 3600;
  private static final int FEWEST_NINES = 3;
  private static final int NOON = 12;

  private byte[] text = {};
  private int at;
  private int end;

  /** Returns a time before 24:00 in seconds after midnight, or {@link #IMPOSSIBLE}. */
  int opening(byte[] bytes, int from, int to) {
    int seconds = read(bytes, from, to);
    return seconds < DAY_SECONDS ? seconds : IMPOSSIBLE;
  }

  /** Returns a time up to 30:00 in seconds after midnight, or {@link #IMPOSSIBLE}. */
  int closing(byte[] bytes, int from, int to) {
    return read(bytes, from, to);
  }

  /**
   * Returns a closing time as the hours of a store have it: at or before the opening time if it is
   * on the next day; or {@link #IMPOSSIBLE} if the store would be open for longer than a day.
   */
  static int closes(int opens, int closing) {
    int next = closing - DAY_SECONDS;
    return next <= 0 ? closing : next <= opens ? next : IMPOSSIBLE;
  }

  private int read(byte[] bytes, int from, int to) {
    text = bytes;
    at = from;
    end = to;
    int digits = digits();
    int hour = digits == 1 || digits == 2 ? number(digits) : digits == 4 ? number(2) : IMPOSSIBLE;
    int minute = digits == 4 ? number(2) : minutes();
    boolean hasSeconds = digits != 4 && skip(':');
    int second = hasSeconds ? pair() : 0;
    int more = hasSeconds ? fraction() : 0;
    int half = half();
    boolean wrong =
        hour < 0 || minute < 0 || minute > 59 || second < 0 || more < 0 || half < 0 || at != end;
    if (wrong || (half > 0 && (hour == 0 || hour > NOON))) {
      return IMPOSSIBLE;
    }
    int hours = half == 0 ? hour : hour % NOON + (half - 1) * NOON;
    int seconds = (hours * 60 + minute) * 60 + second + more;
    return seconds <= LATEST ? seconds : IMPOSSIBLE;
  }

  /** Returns how many digits follow. */
  private int digits() {
    int next = at;
    while (next < end && isDigit(text[next])) {
      next++;
    }
    return next - at;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private int number(int digits) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      number = number * 10 + text[at++] - '0';
    }
    return number;
  }

  private boolean skip(char wanted) {
    boolean there = at < end && text[at] == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private boolean skipLetter(char lower) {
    boolean there = at < end && (text[at] | ' ') == lower;
    at += there ? 1 : 0;
    return there;
  }

  private int minutes() {
    return skip(':') || skipLetter('h') ? pair() : 0;
  }

  /** Returns the number of exactly two digits, 0 to 59. */
  private int pair() {
    int number = digits() == 2 ? number(2) : IMPOSSIBLE;
    return number < 60 ? number : IMPOSSIBLE;
  }

  /** Returns the seconds that a fraction stands for: 0, or 1 for nines alone. */
  private int fraction() {
    if (!skip('.')) {
      return 0;
    }
    int digits = digits();
    int from = at;
    at += digits;
    if (digits > 0 && isAll('0', from)) {
      return 0;
    }
    return digits >= FEWEST_NINES && isAll('9', from) ? 1 : IMPOSSIBLE;
  }

  private boolean isAll(char digit, int from) {
    int next = from;
    while (next < at && text[next] == digit) {
      next++;
    }
    return next == at;
  }

  /** Returns 1 for {@code AM}, 2 for {@code PM}, 0 for neither. */
  private int half() {
    int before = at;
    skipBlanks();
    int half = skipLetter('a') ? 1 : skipLetter('p') ? 2 : 0;
    if (half == 0) {
      at = before;
      return 0;
    }
    var _ = skip('.');
    boolean ends = skipLetter('m');
    var _ = skip('.');
    return ends ? half : IMPOSSIBLE;
  }

  /** Skips blanks, also those that do not break, which some programs write before AM and PM. */
  private void skipBlanks() {
    while (at < end && blank() > 0) {
      at += blank();
    }
  }

  /** Returns the bytes of the blank that follows, 0 if none does. */
  private int blank() {
    return text[at] == ' ' ? 1 : is(0xC2, 0xA0) ? 2 : is(0xE2, 0x80, 0xAF) ? 3 : 0;
  }

  private boolean is(int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (at + i >= end || (text[at + i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a range is a point and zeros. */
  static boolean isZeroFraction(byte[] text, int from, int to) {
    int next = from + 1;
    while (next < to && text[next] == '0') {
      next++;
    }
    return text[from] == '.' && next == to && to - from > 1;
  }
}
