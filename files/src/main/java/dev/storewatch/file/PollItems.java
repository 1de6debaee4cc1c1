package dev.storewatch.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The items of a body with polls, one after the other, as their bytes: the elements of a JSON
 * array, a single JSON object, or lines.
 *
 * <p>Items are separated without being parsed, so that a wrong one does not harm the others.
 * Whatever comes, no more is in memory than the longest item that can be valid.
 */
public final class PollItems {
  /** The bytes of the longest item that is read. */
  public static final int LONGEST = Lines.LONGEST;

  private static final int NOTHING = -1;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** What a body holds, told by its media type and its first character. */
  public enum Form {
    /** One item on each line. */
    LINES,
    /** Items in an array. */
    ARRAY,
    /** One item. */
    OBJECT,
    /** Something else, or nothing. */
    OTHER
  }

  private final InputStream in;
  private final Form form;
  private final byte[] buffer = new byte[8 * 1024];
  private int next;
  private int filled;

  private byte[] item = new byte[256];
  private int length;
  private long itemLine;
  private long itemColumn;

  /** The line of the byte that is read next. */
  private long line = 1;

  private long column = 1;
  private boolean ended;
  private @Nullable String breakage;

  private PollItems(InputStream in, boolean lines) throws IOException {
    this.in = in;
    skipByteOrderMark();
    this.form = lines ? Form.LINES : jsonForm();
  }

  /** Reads a body that has an item on each line. */
  public static PollItems ofLines(InputStream in) throws IOException {
    return new PollItems(in, true);
  }

  /** Reads a body that is an array of items, or a single one. */
  public static PollItems ofJson(InputStream in) throws IOException {
    return new PollItems(in, false);
  }

  private void skipByteOrderMark() throws IOException {
    filled = Math.max(0, in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length));
    if (Arrays.equals(buffer, 0, filled, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      next = filled;
    }
  }

  private Form jsonForm() throws IOException {
    return switch (afterBlanks()) {
      case '[' -> {
        take();
        yield Form.ARRAY;
      }
      case '{' -> Form.OBJECT;
      default -> Form.OTHER;
    };
  }

  /** Returns what the body holds. */
  public Form form() {
    return form;
  }

  /**
   * Moves on to the next item.
   *
   * @return false when there is none: then {@link #breakage} tells whether they ended as they
   *     should
   */
  public boolean next() throws IOException {
    length = 0;
    return switch (form) {
      case LINES -> nextLine();
      case ARRAY -> nextElement();
      case OBJECT -> nextObject();
      case OTHER -> false;
    };
  }

  /** Returns the array that holds the item from position 0 on. */
  public byte[] bytes() {
    return item;
  }

  /** Returns how many bytes of the item there are in the array. */
  public int length() {
    return Math.min(length, LONGEST);
  }

  /** Returns whether the item is longer than what was read of it. */
  public boolean isTooLong() {
    return length > LONGEST;
  }

  /** Returns why nothing can be read after the last item; null when it is the end. */
  public @Nullable String breakage() {
    return breakage;
  }

  /** Returns where in the body something is, by its line and column in the item, from 1. */
  public String place(int lineInItem, int columnInItem) {
    return lineInItem <= 1
        ? place(itemLine, itemColumn + columnInItem - 1)
        : place(itemLine + lineInItem - 1, columnInItem);
  }

  private static String place(long line, long column) {
    return "line %d, column %d".formatted(line, column);
  }

  private boolean nextLine() throws IOException {
    afterBlanks();
    begin();
    for (int value = peek(); value != NOTHING && value != '\n'; value = peek()) {
      keep();
    }
    return length > 0;
  }

  private boolean nextElement() throws IOException {
    if (ended) {
      return false;
    }
    boolean first = itemLine == 0;
    int start = afterBlanks();
    begin();
    if (first && start == ']') {
      endArray();
      return false;
    }
    for (int depth = 0; ; depth = Math.max(0, depth + keepToken())) {
      int value = peek();
      if (value == NOTHING) {
        ended = true;
        breakage = "the body ends before the array does, at " + place(line, column);
        return length > 0;
      }
      if (depth == 0 && value == ',') {
        take();
        return true;
      }
      if (depth == 0 && value == ']') {
        endArray();
        return true;
      }
    }
  }

  private void endArray() throws IOException {
    take();
    end("text after the end of the array");
  }

  private boolean nextObject() throws IOException {
    if (ended) {
      return false;
    }
    begin();
    int depth = 0;
    do {
      depth += keepToken();
    } while (depth > 0 && peek() != NOTHING);
    end(
        "text after the end of the object (send several polls as an array, or one on each line as"
            + " application/x-ndjson)");
    return true;
  }

  private void end(String problemOfMore) throws IOException {
    ended = true;
    if (afterBlanks() != NOTHING) {
      breakage = problemOfMore + ", at " + place(line, column);
    }
  }

  private void begin() {
    itemLine = line;
    itemColumn = column;
  }

  /**
   * Keeps a bracket, a whole text or any other character; returns by how much the depth changes.
   */
  private int keepToken() throws IOException {
    int value = peek();
    keep();
    return switch (value) {
      case '{', '[' -> 1;
      case '}', ']' -> -1;
      case '"' -> keepText();
      default -> 0;
    };
  }

  private int keepText() throws IOException {
    int value = peek();
    while (value != NOTHING && value != '"') {
      keep();
      if (value == '\\' && peek() != NOTHING) {
        keep();
      }
      value = peek();
    }
    if (value != NOTHING) {
      keep();
    }
    return 0;
  }

  private void keep() {
    if (length < LONGEST) {
      if (length == item.length) {
        item = Arrays.copyOf(item, 2 * length);
      }
      item[length] = buffer[next];
    }
    length = Math.min(length, LONGEST) + 1;
    take();
  }

  /** Skips blanks and returns what follows, without consuming it. */
  private int afterBlanks() throws IOException {
    int value = peek();
    while (value == ' ' || value == '\t' || value == '\r' || value == '\n') {
      take();
      value = peek();
    }
    return value;
  }

  private int peek() throws IOException {
    if (next == filled) {
      next = 0;
      filled = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return next < filled ? buffer[next] & 0xFF : NOTHING;
  }

  private void take() {
    if (buffer[next++] == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
  }
}
