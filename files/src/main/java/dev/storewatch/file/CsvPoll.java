package dev.storewatch.file;

import dev.storewatch.entry.StoreIds;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.instant.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A reader of polls that come a few lines at a time: each line a poll such as {@code
 * 42,active,2023-01-25T18:13:22Z}, in the order of {@code store_id,status,timestamp_utc} unless a
 * header before them names another.
 *
 * <p>It is used again for the next poll. What is wrong with a poll is a sentence that says what
 * would be right.
 */
public final class CsvPoll {
  private static final String COLUMNS = "store_id,status,timestamp_utc";
  private static final int[] PLAIN = {0, 1, 2};
  private static final String BAD_UTF_8 = "bad UTF-8: write all of it in UTF-8";

  private final Fields fields = new Fields(',');
  private final InstantReader instants = new InstantReader();
  private byte[] line = new byte[256 + Lines.SLACK];

  /** The field of each column, and how many fields there are. */
  private int[] positions = PLAIN;

  private int width = PLAIN.length;
  private boolean hasHeader;
  private String storeId = "";
  private int status;
  private long at;

  /** Forgets the header: what is read next begins anew. */
  public void begin() {
    positions = PLAIN;
    width = PLAIN.length;
    hasHeader = false;
  }

  /**
   * Takes a line as the header of those after it, if it names the three columns.
   *
   * @return whether it does
   */
  public boolean takeHeader(byte[] bytes, int from, int to) {
    int end = copy(bytes, from, to);
    if (fields.cut(line, 0, end) != null) {
      return false;
    }
    int[] found = {-1, -1, -1};
    for (int field = 0; field < fields.count(); field++) {
      int column = FileKind.POLLS.column(fields.text(field));
      if (column >= 0 && found[column] < 0) {
        found[column] = field;
      }
    }
    boolean isHeader = Arrays.stream(found).allMatch(field -> field >= 0);
    if (isHeader) {
      positions = found;
      width = fields.count();
      hasHeader = true;
    }
    return isHeader;
  }

  /**
   * Reads a poll from the bytes {@code [from, to)} of an array.
   *
   * @return what is wrong with it, but for polls from the future; null when it is right
   */
  public @Nullable String read(byte[] bytes, int from, int to) {
    int end = copy(bytes, from, to);
    if (Words.hasNonAscii(line, 0, end) && !Utf8.isValid(line, 0, end)) {
      return BAD_UTF_8;
    }
    String problem = fields.cut(line, 0, end);
    if (problem != null) {
      return problem;
    }
    if (fields.count() != width) {
      return "%d fields: write %d%s"
          .formatted(
              fields.count(),
              width,
              hasHeader ? ", as many as the header has" : ", which are " + COLUMNS);
    }
    return takeFields();
  }

  private @Nullable String takeFields() {
    byte[] text = fields.bytes();
    int idFrom = StoreIds.start(text, start(0), end(0));
    int idTo = StoreIds.end(text, idFrom, end(0));
    String problem = StoreIds.problem(text, idFrom, idTo);
    if (problem != null) {
      return problem;
    }
    status = Statuses.read(text, start(1), end(1));
    if (status == Statuses.UNKNOWN) {
      return Statuses.PROBLEM;
    }
    at = instants.read(text, start(2), end(2));
    if (at == Timestamps.IMPOSSIBLE) {
      return Timestamps.IMPOSSIBLE_PROBLEM;
    }
    if (at == Timestamps.OTHER_YEARS) {
      return Timestamps.OTHER_YEARS_PROBLEM;
    }
    storeId = new String(text, idFrom, idTo - idFrom, StandardCharsets.UTF_8);
    return null;
  }

  /** Returns the id, without the blanks around it. */
  public String storeId() {
    return storeId;
  }

  /** Returns whether the store was online. */
  public boolean isActive() {
    return status == Statuses.ACTIVE;
  }

  /** Returns the instant in microseconds since the epoch. */
  public long at() {
    return at;
  }

  /** Copies a line without its line end to where times can be read; returns its length. */
  private int copy(byte[] bytes, int from, int to) {
    int length = to > from && bytes[to - 1] == '\r' ? to - from - 1 : to - from;
    if (line.length < length + Lines.SLACK) {
      line = new byte[2 * length + Lines.SLACK];
    }
    System.arraycopy(bytes, from, line, 0, length);
    line[length] = '\n';
    return length;
  }

  private int start(int column) {
    return fields.start(positions[column]);
  }

  private int end(int column) {
    return fields.end(positions[column]);
  }
}
