package dev.storewatch.instant;

/**
 * The reader of instants in forms that only some programs write, which it puts into the usual form
 * for {@link Timestamps}: lower-case {@code t} and {@code z}, the basic form of ISO 8601 ({@code
 * 20260202T151600Z}), {@code 24:00:00}, an hour of one digit, ten to twelve digits of fraction
 * (BigQuery), {@code +0000 UTC} (Go), {@code GMT}, and {@code [UTC]} at the end (Java).
 *
 * <p>Other abbreviations are refused: programs do not agree on the hours that they mean.
 */
final class UnusualTimes {
  private static final int MOST_DIGITS = 12;
  private static final int KEPT_DIGITS = 6;
  private static final long DAY = 86_400_000_000L;

  private final Timestamps timestamps = new Timestamps();
  private final byte[] usual = new byte[64 + Timestamps.SLACK];
  private int written;
  private byte[] text = {};
  private int at;
  private int end;
  private boolean hasSeconds;

  /**
   * Returns the instant that fills a range, in microseconds since the epoch, or {@link
   * Timestamps#IMPOSSIBLE} or {@link Timestamps#OTHER_YEARS}.
   */
  long read(byte[] bytes, int from, int to) {
    text = bytes;
    at = from;
    end = to;
    written = 0;
    boolean basic = digits() == 8;
    if (!(basic ? basicDate() : date()) || !separator()) {
      return Timestamps.IMPOSSIBLE;
    }
    write(' ');
    boolean midnight = startsWith("24");
    boolean plain = basic && digits() > 2;
    if (!(plain ? basicTime(midnight) : time(midnight)) || !fraction() || !zone() || at != end) {
      return Timestamps.IMPOSSIBLE;
    }
    usual[written] = '\n';
    long instant = timestamps.read(usual, 0);
    if (instant < 0 || timestamps.end() != written) {
      return instant == Timestamps.OTHER_YEARS ? instant : Timestamps.IMPOSSIBLE;
    }
    return midnight ? nextDay(instant) : instant;
  }

  private long nextDay(long midnight) {
    return midnight + DAY < Timestamps.LIMIT ? midnight + DAY : Timestamps.OTHER_YEARS;
  }

  private int digits() {
    int next = at;
    while (next < end && text[next] >= '0' && text[next] <= '9') {
      next++;
    }
    return next - at;
  }

  private boolean startsWith(String wanted) {
    for (int i = 0; i < wanted.length(); i++) {
      if (at + i >= end || text[at + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean skip(char wanted) {
    boolean there = at < end && text[at] == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private boolean skip(String wanted) {
    boolean there = startsWith(wanted);
    at += there ? wanted.length() : 0;
    return there;
  }

  private void write(char character) {
    usual[written++] = (byte) character;
  }

  /** Copies digits, if at least so many follow. */
  private boolean copy(int digits) {
    if (digits() < digits) {
      return false;
    }
    System.arraycopy(text, at, usual, written, digits);
    written += digits;
    at += digits;
    return true;
  }

  private boolean separator() {
    return skip('T') || skip('t') || skip(' ');
  }

  private boolean date() {
    return copy(4) && dash() && copy(2) && dash() && copy(2);
  }

  private boolean dash() {
    write('-');
    return skip('-');
  }

  private boolean basicDate() {
    var _ = copy(4);
    write('-');
    var _ = copy(2);
    write('-');
    return copy(2);
  }

  private boolean basicTime(boolean midnight) {
    int digits = digits();
    if ((digits != 4 && digits != 6) || !hour(midnight)) {
      return false;
    }
    write(':');
    var _ = copy(2);
    write(':');
    hasSeconds = digits == 6;
    return (hasSeconds ? copy(2) : zeros()) && isMidnight(midnight);
  }

  private boolean time(boolean midnight) {
    int digits = digits();
    if (digits == 1) {
      write('0');
    }
    if ((digits != 1 && digits != 2) || !(digits == 1 ? copy(1) : hour(midnight)) || !skip(':')) {
      return false;
    }
    write(':');
    if (!copy(2)) {
      return false;
    }
    write(':');
    hasSeconds = skip(':');
    return (hasSeconds ? copy(2) : zeros()) && isMidnight(midnight);
  }

  /** Copies the hour, 00 for an hour 24. */
  private boolean hour(boolean midnight) {
    if (midnight) {
      at += 2;
      return zeros();
    }
    return copy(2);
  }

  private boolean zeros() {
    write('0');
    write('0');
    return true;
  }

  /** Returns whether an hour 24 is followed by zeros alone: it is the end of the day. */
  private boolean isMidnight(boolean midnight) {
    return !midnight
        || (usual[written - 1] == '0'
            && usual[written - 2] == '0'
            && usual[written - 4] == '0'
            && usual[written - 5] == '0');
  }

  private boolean fraction() {
    if (!hasSeconds || !skip('.')) {
      return true;
    }
    int digits = digits();
    if (digits == 0 || digits > MOST_DIGITS) {
      return false;
    }
    int kept = Math.min(digits, KEPT_DIGITS);
    write('.');
    var _ = copy(kept);
    at += digits - kept;
    return true;
  }

  private boolean zone() {
    if (at == end) {
      return true;
    }
    var _ = skip(' ');
    if (skip("UTC") || skip("GMT")) {
      write('Z');
      return true;
    }
    if (skip('Z') || skip('z')) {
      write('Z');
      return skip("[UTC]") || at == end;
    }
    return at < end
        && (text[at] == '+' || text[at] == '-')
        && (!offset() || skip(" UTC") || skip("[UTC]") || at == end);
  }

  /** Copies an offset, and returns whether it is zero. */
  private boolean offset() {
    int start = written;
    while (at < end && "+-:0123456789".indexOf(text[at]) >= 0 && written < start + 6) {
      usual[written++] = text[at++];
    }
    for (int i = start; i < written; i++) {
      if (usual[i] >= '1' && usual[i] <= '9') {
        return false;
      }
    }
    return true;
  }
}
