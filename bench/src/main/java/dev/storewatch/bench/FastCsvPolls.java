package dev.storewatch.bench;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.RowSink;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * A handler that checks the fields that FastCSV finds in a poll file, and gives the polls to a
 * sink. Its result for a row is whether the row was right.
 */
final class FastCsvPolls extends AbstractBaseCsvCallbackHandler<Boolean> {
  private static final int LONGEST_ID = 256;
  private static final int TIME_LENGTH = 19;
  private static final String ZONE = " UTC";

  private final StoreIdIndex stores;
  private final RowSink sink;
  private final byte[] id = new byte[LONGEST_ID];
  private int idLength;
  private int status;
  private long at;

  /** The year and month read last, as one number, and what follows from them. */
  private int month = -1;

  private long monthStart;
  private int monthDays;

  FastCsvPolls(StoreIdIndex stores, RowSink sink) {
    this.stores = stores;
    this.sink = sink;
  }

  @Override
  protected void handleField(int field, char[] text, int from, int length, boolean quoted) {
    switch (field) {
      case 0 -> idLength = readId(text, from, length);
      case 1 -> status = readStatus(text, from, length);
      case 2 -> at = readTime(text, from, from + length);
      default -> {}
    }
  }

  @Override
  protected Boolean buildRecord() {
    if (getStartingLineNumber() == 1) {
      return true;
    }
    if (getFieldCount() != 3 || idLength <= 0 || status < 0 || at < 0) {
      return false;
    }
    sink.poll(stores.indexOf(id, 0, idLength), at, status == 1);
    return true;
  }

  /** Copies an id and returns its length, or -1 if it is not of 1 to 256 printable characters. */
  private int readId(char[] text, int from, int length) {
    if (length > LONGEST_ID) {
      return -1;
    }
    for (int i = 0; i < length; i++) {
      char letter = text[from + i];
      if (letter < ' ' || letter > '~') {
        return -1;
      }
      id[i] = (byte) letter;
    }
    return length;
  }

  private static int readStatus(char[] text, int from, int length) {
    if (length == 6 && isWord("active", text, from)) {
      return 1;
    }
    return length == 8 && isWord("inactive", text, from) ? 0 : -1;
  }

  private static boolean isWord(String word, char[] text, int from) {
    for (int i = 0; i < word.length(); i++) {
      if ((text[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private long readTime(char[] text, int from, int to) {
    if (to - from < TIME_LENGTH + ZONE.length() || !hasMarks(text, from)) {
      return -1;
    }
    int year = two(text, from) * 100 + two(text, from + 2);
    int day = two(text, from + 8);
    int hour = two(text, from + 11);
    int minute = two(text, from + 14);
    int second = two(text, from + 17);
    if (!isMonth(year, two(text, from + 5)) || day < 1 || day > monthDays) {
      return -1;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return -1;
    }
    long seconds = (((monthStart + day) * 24 + hour) * 60 + minute) * 60 + second;
    int fraction = fraction(text, from + TIME_LENGTH, to - ZONE.length());
    return fraction < 0 || !endsInZone(text, to) ? -1 : seconds * 1_000_000 + fraction;
  }

  private static boolean hasMarks(char[] text, int from) {
    return text[from + 4] == '-'
        && text[from + 7] == '-'
        && text[from + 10] == ' '
        && text[from + 13] == ':'
        && text[from + 16] == ':';
  }

  private static boolean endsInZone(char[] text, int to) {
    return text[to - 4] == ' ' && text[to - 3] == 'U' && text[to - 2] == 'T' && text[to - 1] == 'C';
  }

  private boolean isMonth(int year, int number) {
    if (year < 1970 || year > 2199 || number < 1 || number > 12) {
      return false;
    }
    if (month != year * 12 + number) {
      month = year * 12 + number;
      monthStart = LocalDate.of(year, number, 1).toEpochDay() - 1;
      monthDays = YearMonth.of(year, number).lengthOfMonth();
    }
    return true;
  }

  /** Returns the microseconds of a point and one to six digits, or of nothing. */
  private static int fraction(char[] text, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (text[from] != '.' || digits < 1 || digits > 6) {
      return -1;
    }
    int value = 0;
    for (int i = 1; i <= 6; i++) {
      int digit = i <= digits ? text[from + i] - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Returns the number that two digits make, or a negative one. */
  private static int two(char[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -10_000;
  }
}
