package dev.storewatch.instant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The reader of instants as BigQuery exports them and as ISO 8601 writes them.
 *
 * <p>A date, a space or {@code T}, a time with or without seconds and with up to nine digits of
 * fraction (cut to six), then {@code UTC}, {@code Z}, an offset such as {@code +05:30}, {@code
 * +0530} or {@code +05}, or nothing, which means UTC.
 *
 * <p>It reads several bytes at a time without looking for the end of the text: the array must be at
 * least {@link #SLACK} bytes longer, and the text must be followed by a byte that cannot be part of
 * an instant, such as a line feed.
 */
public final class Timestamps {
  /** Returned for a text that is not an instant at all. */
  public static final long IMPOSSIBLE = -1;

  /** Returned for an instant before 1970 or after 2199. */
  public static final long OTHER_YEARS = -2;

  /** What is wrong with a text that is {@link #IMPOSSIBLE}. */
  public static final String IMPOSSIBLE_PROBLEM =
      "impossible time: write one like 2023-01-25 18:13:22.47922 UTC";

  /** What is wrong with a text that is {@link #OTHER_YEARS}. */
  public static final String OTHER_YEARS_PROBLEM = "time outside the years 1970 to 2199 of UTC";

  /** How many bytes after a text may be read, though they mean nothing. */
  public static final int SLACK = 64;

  /** The first microsecond that is too late, counted from the epoch. */
  public static final long LIMIT = epochDay(2200, 1) * 86_400_000_000L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final int LARGEST_OFFSET = 18 * 3600;

  private static final long ZEROS = word("00000000");
  private static final long CLOCK_ZEROS = word("00:00:00");

  /**
   * Added to digits, it makes those that are too large carry into the upper half of their byte:
   * tens of minutes and seconds above 5, others above 9.
   */
  private static final long CLOCK_CARRY = 0x060A_0006_0A00_0606L;

  private static final long DIGIT_CARRY = 0x0606_0606_0606_0606L;
  private static final long CLOCK_UPPER = 0xF0F0_FFF0_F0FF_F0F0L;
  private static final long UPPER = 0xF0F0_F0F0_F0F0_F0F0L;
  private static final int UTC = (int) word(" UTC");

  /** The text of the month read last, such as {@code 2023-01-}; neighbours tend to share it. */
  private long month;

  private long monthStart;
  private int monthDays;
  private int end;

  private static long eight(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  private static int four(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** Returns up to eight ASCII characters as they are read from an array. */
  private static long word(String ascii) {
    long word = 0;
    for (int i = ascii.length() - 1; i >= 0; i--) {
      word = (word << Byte.SIZE) | ascii.charAt(i);
    }
    return word;
  }

  /** Returns the position after what {@link #read} has read; more text there is a mistake. */
  public int end() {
    return end;
  }

  /**
   * Returns the instant whose text begins at a position, in microseconds since the epoch, or {@link
   * #IMPOSSIBLE} or {@link #OTHER_YEARS}.
   */
  public long read(byte[] text, int from) {
    if (eight(text, from) != month && !readMonth(text, from)) {
      return IMPOSSIBLE;
    }
    int day = twoDigits(text, from + 8);
    if (day < 1 || day > monthDays || (text[from + 10] != ' ' && text[from + 10] != 'T')) {
      return IMPOSSIBLE;
    }
    return readClock(text, from + 11, monthStart + (day - 1) * DAY);
  }

  private boolean readMonth(byte[] text, int from) {
    if (text[from + 4] != '-' || text[from + 7] != '-') {
      return false;
    }
    int century = twoDigits(text, from);
    int year = 100 * century + twoDigits(text, from + 2);
    int number = twoDigits(text, from + 5);
    if (century < 0 || year < 100 * century || number < 1 || number > 12) {
      return false;
    }
    long start = epochDay(year, number);
    month = eight(text, from);
    monthStart = start * DAY;
    monthDays = (int) (epochDay(year + number / 12, number % 12 + 1) - start);
    return true;
  }

  /** Returns the days from the epoch to the first of a month, by the rules of today's calendar. */
  private static long epochDay(int year, int month) {
    int years =
        month > 2 ? year : year - 1; // a leap day is the last of a year that begins in March
    int days = (153 * ((month + 9) % 12) + 2) / 5;
    int leapDays = Math.floorDiv(years, 4) - Math.floorDiv(years, 100) + Math.floorDiv(years, 400);
    return 365L * years + leapDays + days - 719_468;
  }

  private long readClock(byte[] text, int from, long midnight) {
    long digits = eight(text, from) ^ CLOCK_ZEROS;
    if ((((digits + CLOCK_CARRY) | digits) & CLOCK_UPPER) != 0) {
      return readMinutes(text, from, midnight);
    }
    long numbers = digits * 10 + (digits >>> 8);
    long hour = numbers & 0xFF;
    if (hour > 23) {
      return IMPOSSIBLE;
    }
    long seconds = (hour * 60 + ((numbers >>> 24) & 0xFF)) * 60 + ((numbers >>> 48) & 0xFF);
    return readFraction(text, from + 8, midnight + seconds * SECOND);
  }

  /** Reads a time without seconds. */
  private long readMinutes(byte[] text, int from, long midnight) {
    int hour = twoDigits(text, from);
    if (hour < 0 || hour > 23 || text[from + 2] != ':') {
      return IMPOSSIBLE;
    }
    int minute = twoDigits(text, from + 3);
    if (minute < 0 || minute > 59 || text[from + 5] == ':') {
      return IMPOSSIBLE;
    }
    return readZone(text, from + 5, midnight + (hour * 60L + minute) * 60 * SECOND);
  }

  private long readFraction(byte[] text, int from, long at) {
    if (text[from] != '.') {
      return readZone(text, from, at);
    }
    long digits = (eight(text, from) >>> 8) ^ ZEROS;
    long others = ((digits + DIGIT_CARRY) | digits) & UPPER;
    int count = Long.numberOfTrailingZeros(others) >>> 3;
    if (count == 0) {
      return IMPOSSIBLE;
    }
    long kept = digits & ((1L << (Math.min(count, 6) * 8)) - 1);
    int after = from + 1 + count;
    return readZone(
        text, count < 7 ? after : skipNanoseconds(text, after), at + number(kept << 16));
  }

  /** Returns the number written by eight digits of one byte each. */
  private static long number(long digits) {
    long pairs = ((digits * 2561) >>> 8) & 0x00FF_00FF_00FF_00FFL;
    long fours = ((pairs * 6_553_601) >>> 16) & 0x0000_FFFF_0000_FFFFL;
    return (fours * 42_949_672_960_001L) >>> 32;
  }

  /** Skips the eighth and the ninth digit of a fraction. */
  private static int skipNanoseconds(byte[] text, int from) {
    int at = from;
    while (at < from + 2 && isDigit(text[at])) {
      at++;
    }
    return at;
  }

  private long readZone(byte[] text, int from, long at) {
    if (four(text, from) == UTC) {
      end = from + 4;
      return inRange(at);
    }
    int start = text[from] == ' ' ? from + 1 : from;
    return switch (text[start]) {
      case 'Z' -> {
        end = start + 1;
        yield inRange(at);
      }
      case '+' -> readOffset(text, start + 1, at, -SECOND);
      case '-' -> readOffset(text, start + 1, at, SECOND);
      default -> {
        end = from;
        yield inRange(at);
      }
    };
  }

  private long readOffset(byte[] text, int from, long at, long unit) {
    int hours = twoDigits(text, from);
    int minutesAt = from + (text[from + 2] == ':' ? 3 : 2);
    boolean hoursAlone = minutesAt == from + 2 && !isDigit(text[minutesAt]);
    int minutes = hoursAlone ? 0 : twoDigits(text, minutesAt);
    int offset = (hours * 60 + minutes) * 60;
    if (hours < 0 || minutes < 0 || minutes > 59 || offset > LARGEST_OFFSET) {
      return IMPOSSIBLE;
    }
    end = hoursAlone ? minutesAt : minutesAt + 2;
    return inRange(at + offset * unit);
  }

  private static long inRange(long at) {
    return at >= 0 && at < LIMIT ? at : OTHER_YEARS;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /** Returns the number that two digits make, or a negative one if they are not both digits. */
  private static int twoDigits(byte[] text, int at) {
    return isDigit(text[at]) && isDigit(text[at + 1])
        ? (text[at] - '0') * 10 + text[at + 1] - '0'
        : -100;
  }
}
