package dev.storewatch.file;

import dev.storewatch.store.StoreIdIndex;
import dev.storewatch.store.StoreIds;
import org.jspecify.annotations.Nullable;

/**
 * The reader of all rows of a file, one line at a time, whatever they look like.
 *
 * <p>A row whose fields are all valid goes to the sink as numbers; any other as a rejected line. A
 * store becomes known with its first valid row, and with a rejected one of hours or zones, because
 * what was refused must not be taken for missing once its polls come.
 */
public final class Rows {
  static final String TOO_LONG = "line longer than 64 KiB: the limit is 65,536 bytes";

  private static final String CLOSED = "closed";
  private static final String BAD_UTF_8 = "bad UTF-8: save the file as UTF-8";
  private static final String BAD_DAY = "bad day: write 0 (Monday) to 6 (Sunday)";
  private static final String BAD_START =
      "impossible start_time_local: write one like 09:30:00, up to 23:59:59";
  private static final String BAD_END =
      "impossible end_time_local: write one like 21:30:00, up to 24:00:00";
  private static final String BAD_ZONE =
      "unknown time zone: write an IANA name such as America/Chicago";

  private final Header header;
  private final StoreIdIndex stores;
  private final RowSink sink;
  private final Fields fields = new Fields();
  private final Timestamps timestamps = new Timestamps();

  Rows(Header header, StoreIdIndex stores, RowSink sink) {
    this.header = header;
    this.stores = stores;
    this.sink = sink;
  }

  /** Reads a line without its line end, and returns whether it is a row: not a blank line. */
  boolean read(byte[] line, int from, int to, long number) {
    if (isBlank(line, from, to)) {
      return false;
    }
    if (to - from > Lines.LONGEST) {
      sink.rejected(number, TOO_LONG, RejectedText.ofLong(line, from, to));
      return true;
    }
    String problem = take(line, from, to);
    if (problem != null) {
      sink.rejected(number, problem, RejectedText.of(line, from, to));
    }
    return true;
  }

  static boolean isBlank(byte[] line, int from, int to) {
    int at = from;
    while (at < to && Fields.isBlank(line[at])) {
      at++;
    }
    return at == to;
  }

  /** Gives a row to the sink, or returns what is wrong with it. */
  private @Nullable String take(byte[] line, int from, int to) {
    if (Words.hasNonAscii(line, from, to) && !Utf8.isValid(line, from, to)) {
      return BAD_UTF_8;
    }
    String problem = fields.cut(line, from, to);
    if (problem != null) {
      return problem;
    }
    if (fields.count() != header.width()) {
      refuseOddRow();
      return fields.count() + " fields: write " + header.width() + ", as many as the header has";
    }
    String idProblem = StoreIds.problem(fields.bytes(), start(0), end(0));
    if (idProblem != null) {
      return idProblem;
    }
    return switch (header.kind()) {
      case POLLS -> takePoll();
      case HOURS -> takeHours();
      case ZONES -> takeZone();
    };
  }

  private int store() {
    return stores.indexOf(fields.bytes(), start(0), end(0));
  }

  private @Nullable String takePoll() {
    int status = Statuses.read(fields.bytes(), start(1), end(1));
    if (status < 0) {
      return Statuses.PROBLEM;
    }
    long at = timestamps.read(fields.bytes(), start(2));
    if (at == Timestamps.IMPOSSIBLE || timestamps.end() != end(2)) {
      return Timestamps.IMPOSSIBLE_PROBLEM;
    }
    if (at == Timestamps.OTHER_YEARS) {
      return Timestamps.OTHER_YEARS_PROBLEM;
    }
    sink.poll(store(), at, status == Statuses.ACTIVE);
    return null;
  }

  private @Nullable String takeHours() {
    byte[] bytes = fields.bytes();
    int day = end(1) - start(1) == 1 ? bytes[start(1)] - '0' : -1;
    if (day < 0 || day > 6) {
      sink.refusedHours(store(), -1);
      return BAD_DAY;
    }
    if (isClosed(2) && isClosed(3)) {
      sink.closed(store(), day);
      return null;
    }
    int opens = TimesOfDay.opening(bytes, start(2), end(2));
    if (opens == TimesOfDay.IMPOSSIBLE) {
      sink.refusedHours(store(), day);
      return BAD_START;
    }
    int closes = TimesOfDay.closing(bytes, start(3), end(3));
    if (closes == TimesOfDay.IMPOSSIBLE) {
      sink.refusedHours(store(), day);
      return BAD_END;
    }
    sink.hours(store(), day, opens, closes);
    return null;
  }

  private @Nullable String takeZone() {
    String zone = Zones.find(fields.bytes(), start(1), end(1));
    if (zone == null) {
      sink.refusedZone(store());
      return BAD_ZONE;
    }
    sink.zone(store(), zone);
    return null;
  }

  /** Returns whether a time of day is left out, or is the word closed in any letter case. */
  private boolean isClosed(int column) {
    int length = end(column) - start(column);
    return length == 0
        || (length == CLOSED.length()
            && CLOSED.equalsIgnoreCase(fields.text(header.field(column))));
  }

  /**
   * Tells of a row with too few or too many fields, if its id is its first field: where other
   * fields are is not known.
   */
  private void refuseOddRow() {
    if (header.field(0) != 0 || StoreIds.problem(fields.bytes(), start(0), end(0)) != null) {
      return;
    }
    switch (header.kind()) {
      case POLLS -> {}
      case HOURS -> sink.refusedHours(store(), -1);
      case ZONES -> sink.refusedZone(store());
    }
  }

  private int start(int column) {
    return fields.start(header.field(column));
  }

  private int end(int column) {
    return fields.end(header.field(column));
  }
}
