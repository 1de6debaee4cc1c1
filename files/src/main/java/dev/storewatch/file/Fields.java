package dev.storewatch.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one row, cut by the rules of RFC 4180, with any separator. A field in quotes may
 * hold line breaks.
 *
 * <p>Blanks around a field are dropped; blanks inside quotes are kept. The byte after each field
 * cannot be part of a timestamp, so reading a timestamp stops there.
 */
final class Fields {
  /** What is wrong with a row of which a quote may be closed by a later line. */
  static final String UNCLOSED =
      "unclosed quote: close it in this row, or write \"\" for a quote that belongs to the"
          + " field";

  private static final String STRAY =
      "quote inside a field: put quotes around the field and write \"\" for the one inside";
  private static final String AFTER_QUOTE =
      "text after a closing quote: write \"\" for a quote that belongs to the field";

  private final byte separator;
  private byte[] bytes = {};
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int count;

  /** The fields of a line with quotes, each followed by a line feed. */
  private byte[] unquoted = {};

  Fields(char separator) {
    this.separator = (byte) separator;
  }

  int count() {
    return count;
  }

  /** Returns the array that holds the fields. */
  byte[] bytes() {
    return bytes;
  }

  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return ends[field];
  }

  String text(int field) {
    return new String(bytes, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
  }

  /** Cuts a line into its fields and returns what is wrong with it, or null. */
  @Nullable String cut(byte[] line, int from, int to) {
    count = 0;
    for (int at = from; at < to; at++) {
      if (line[at] == '"') {
        return cutQuoted(line, from, to);
      }
    }
    bytes = line;
    int start = from;
    for (int at = from; at < to; at++) {
      if (line[at] == separator) {
        addTrimmed(start, at);
        start = at + 1;
      }
    }
    addTrimmed(start, to);
    return null;
  }

  private void addTrimmed(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (start < end && isBlank(bytes[end - 1])) {
      end--;
    }
    add(start, end);
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  private boolean isBlank(byte value) {
    return value != separator && isBlankByte(value);
  }

  /** Returns whether a byte is a blank where it does not separate fields. */
  static boolean isBlankByte(byte value) {
    return value == ' ' || value == '\t';
  }

  /** Returns whether a line is blank. */
  static boolean isBlank(byte[] line, int from, int to) {
    return afterBlanks(line, from, to) == to;
  }

  /** Returns where the blanks at the beginning of a line end. */
  static int afterBlanks(byte[] line, int from, int to) {
    int at = from;
    while (at < to && isBlankByte(line[at])) {
      at++;
    }
    return at;
  }

  /** Returns whether there is nothing in any field of a row. */
  boolean isEmptyRow(byte[] line, int from, int to) {
    int at = from;
    while (at < to && (line[at] == separator || isBlankByte(line[at]))) {
      at++;
    }
    return at == to;
  }

  private @Nullable String cutQuoted(byte[] line, int from, int to) {
    if (unquoted.length == 0) {
      unquoted = new byte[Lines.LONGEST + 1 + Lines.SLACK];
    }
    bytes = unquoted;
    int free = 0;
    int at = from - 1;
    do {
      at = skipBlanks(line, at + 1, to);
      boolean quoted = at < to && line[at] == '"';
      int end = quoted ? closingQuote(line, at + 1, to) : nextStop(line, at, to);
      if (end == to && quoted) {
        return UNCLOSED;
      }
      free = quoted ? addQuoted(line, at + 1, end, free) : addPlain(line, at, end, free);
      at = quoted ? skipBlanks(line, end + 1, to) : end;
      if (at < to && line[at] != separator) {
        return quoted ? AFTER_QUOTE : STRAY;
      }
    } while (at < to);
    return null;
  }

  private int skipBlanks(byte[] line, int from, int to) {
    int at = from;
    while (at < to && isBlank(line[at])) {
      at++;
    }
    return at;
  }

  private int nextStop(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] != separator && line[at] != '"') {
      at++;
    }
    return at;
  }

  /** Returns the position of the quote that ends a field, or the end of the line. */
  private static int closingQuote(byte[] line, int from, int to) {
    int at = from;
    while (at < to) {
      if (line[at] == '"') {
        if (at + 1 == to || line[at + 1] != '"') {
          return at;
        }
        at++;
      }
      at++;
    }
    return to;
  }

  private int addPlain(byte[] line, int from, int to, int free) {
    System.arraycopy(line, from, unquoted, free, to - from);
    unquoted[free + to - from] = '\n';
    addTrimmed(free, free + to - from);
    return free + to - from + 1;
  }

  private int addQuoted(byte[] line, int from, int to, int free) {
    int end = free;
    for (int at = from; at < to; at++) {
      unquoted[end++] = line[at];
      if (line[at] == '"') {
        at++;
      }
    }
    unquoted[end] = '\n';
    add(free, end);
    return end + 1;
  }
}
