package dev.storewatch.file;

import dev.storewatch.store.StoreIdIndex;
import dev.storewatch.store.StoreIds;
import org.jspecify.annotations.Nullable;

/**
 * The reader of all rows of a file, one line at a time, whatever they look like.
 *
 * <p>A row whose fields are all valid goes to the sink as numbers; any other as a rejected line. A
 * store becomes known with its first valid row, never by a rejected one.
 */
public final class Rows {
  static final String TOO_LONG = "line longer than 64 KiB: the limit is 65,536 bytes";

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
  private final long latest;
  private final String tooLate;
  private final Fields fields = new Fields();
  private final Timestamps timestamps = new Timestamps();

  /**
   * A reader of rows.
   *
   * @param latest the latest instant of a poll, in microseconds since the epoch
   * @param tooLate what is wrong with a later one
   */
  Rows(Header header, StoreIdIndex stores, RowSink sink, long latest, String tooLate) {
    this.latest = latest;
    this.tooLate = tooLate;
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
    if (at > latest) {
      return tooLate;
    }
    sink.poll(store(), at, status == Statuses.ACTIVE);
    return null;
  }

  private @Nullable String takeHours() {
    byte[] bytes = fields.bytes();
    int day = end(1) - start(1) == 1 ? bytes[start(1)] - '0' : -1;
    if (day < 0 || day > 6) {
      return BAD_DAY;
    }
    int opens = TimesOfDay.opening(bytes, start(2), end(2));
    if (opens == TimesOfDay.IMPOSSIBLE) {
      return BAD_START;
    }
    int closes = TimesOfDay.closing(bytes, start(3), end(3));
    if (closes == TimesOfDay.IMPOSSIBLE) {
      return BAD_END;
    }
    sink.hours(store(), day, opens, closes);
    return null;
  }

  private @Nullable String takeZone() {
    String zone = Zones.find(fields.bytes(), start(1), end(1));
    if (zone == null) {
      return BAD_ZONE;
    }
    sink.zone(store(), zone);
    return null;
  }

  private int start(int column) {
    return fields.start(header.field(column));
  }

  private int end(int column) {
    return fields.end(header.field(column));
  }
}
