package dev.storewatch.file;

import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.entry.EntryTexts;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.entry.StoreIds;
import dev.storewatch.hours.Closure;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Timestamps;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
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

  static final String STRANGER =
      "no store has this store_id, and only known stores are taken: correct it, or import the store"
          + " without known-stores-only";
  private static final String UNKNOWN_STORE =
      "no store has this store_id: correct it, import the store first, or write * for all stores";
  private static final String UNKNOWN_TAG =
      "no store has this tag: correct it, or give it to stores first";
  private static final String CLOSED = "closed";

  /** What may stand between the tags of a row; none of it can be part of a tag. */
  private static final Pattern TAG_ENDS = Pattern.compile("[,;|]");

  private static final String BAD_UTF_8 = "bad UTF-8: save the file as UTF-8";
  private static final String BAD_START =
      "impossible start_time_local: write one like 09:30:00 or 9:30 AM, up to 23:59:59";
  private static final String BAD_END =
      "impossible end_time_local: write one like 21:30:00 or 9:30 PM, up to 30:00, which is 06:00"
          + " of the next day";
  private static final String TOO_LONG_HOURS =
      "open for longer than 24 hours: write an end_time_local at most a day after the start";

  /** What a line turned out to be. */
  enum Line {
    /** Blanks and separators alone. */
    BLANK,
    /** A row, which the sink has got. */
    ROW,
    /** The beginning of a row, if a later line closes its quote; the sink has got nothing. */
    UNCLOSED
  }

  private final Header header;
  private final StoreIdIndex stores;
  private final RowSink sink;
  private final Meaning meaning;
  private final Fields fields;
  private int idFrom;
  private int idTo;

  /** The times of the row that were read last, in seconds after midnight. */
  private int opens;

  private int closes;

  Rows(Header header, StoreIdIndex stores, RowSink sink, Meaning meaning) {
    this.header = header;
    this.stores = stores;
    this.sink = sink;
    this.meaning = meaning;
    this.fields = new Fields(header.separator());
  }

  /** Reads a line without its line end. */
  Line read(byte[] line, int from, int to, long number) throws BadFileException {
    if (fields.isEmptyRow(line, from, to)) {
      return Line.BLANK;
    }
    if (to - from > Lines.LONGEST) {
      sink.rejected(number, TOO_LONG, RejectedText.ofLong(line, from, to));
      return Line.ROW;
    }
    String problem = take(line, from, to, number);
    if (Objects.equals(problem, Fields.UNCLOSED)) {
      return Line.UNCLOSED;
    }
    if (problem != null) {
      reject(line, from, to, number, problem);
    }
    return Line.ROW;
  }

  /** Reads several lines as one row, and returns whether they are one without a mistake. */
  boolean readJoined(byte[] lines, int from, int to, long number) throws BadFileException {
    return take(lines, from, to, number) == null;
  }

  /** Rejects a line whose quote no later line closes. */
  void rejectUnclosed(byte[] line, int from, int to, long number) {
    reject(line, from, to, number, Fields.UNCLOSED);
  }

  private void reject(byte[] line, int from, int to, long number, String problem) {
    sink.rejected(number, problem, RejectedText.of(line, from, to));
  }

  /** Gives a row to the sink, or returns what is wrong with it. */
  private @Nullable String take(byte[] line, int from, int to, long number)
      throws BadFileException {
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
    if (header.kind().isOfCalendar()) {
      return takeCalendar();
    }
    String idProblem = findId();
    if (idProblem != null) {
      return idProblem;
    }
    if (isStranger()) {
      return STRANGER;
    }
    return switch (header.kind()) {
      case POLLS -> takePoll();
      case HOURS -> takeHours(number);
      case ZONES -> takeZone();
      case TAGS -> takeTags(null, text(1).isEmpty() ? List.of() : List.of(text(1)));
      case STORES -> takeTags(text(1), TAG_ENDS.splitAsStream(text(2)).toList());
      case SPECIAL_DAYS, CLOSURES -> takeCalendar();
    };
  }

  /** Takes a row that may be of several stores; it adds none, so a mistyped id is refused. */
  private @Nullable String takeCalendar() {
    RowSink.Target target = RowSink.Target.ALL;
    if (!text(0).equals(FileKind.ALL_STORES)) {
      if (header.name(0).equals(FileKind.TAG)) {
        target = new RowSink.Target(-1, text(0));
        String problem = EntryTexts.tagProblem(text(0));
        if (problem == null && !sink.knowsTag(text(0))) {
          problem = UNKNOWN_TAG;
        }
        if (problem != null) {
          return problem;
        }
      } else {
        String problem = findId();
        int store = problem == null ? place() : -1;
        if (problem != null || store < 0 || !sink.knowsStore(store)) {
          return problem == null ? UNKNOWN_STORE : problem;
        }
        target = new RowSink.Target(store, null);
      }
    }
    return header.kind() == FileKind.CLOSURES ? takeClosure(target) : takeDay(target);
  }

  /** Returns the number of the store that a row of the calendar names; -1 if it is not known. */
  private int place() {
    return sink.takesNewStores()
        ? stores.indexOf(fields.bytes(), idFrom, idTo)
        : stores.find(fields.bytes(), idFrom, idTo);
  }

  private @Nullable String takeDay(RowSink.Target target) {
    LocalDate date;
    try {
      date = CalendarTimes.date("date", text(1));
    } catch (WrongInput e) {
      return e.getMessage();
    }
    String label = optionalText();
    String said = label.isEmpty() ? null : label;
    String problem = EntryTexts.labelProblem(said);
    if (problem == null && isClosed(2) && isClosed(3)) {
      sink.specialClosed(target, date, said);
      return null;
    }
    if (problem == null) {
      problem = readTimes();
    }
    if (problem == null) {
      sink.specialHours(target, date, opens, closes, said);
    } else {
      sink.refusedDay(target, date);
    }
    return problem;
  }

  /** Reads opening and closing time, and returns what is wrong with them, or null. */
  private @Nullable String readTimes() {
    opens = meaning.times().opening(fields.bytes(), start(2), end(2));
    if (opens == TimesOfDay.IMPOSSIBLE) {
      return BAD_START;
    }
    int closing = meaning.times().closing(fields.bytes(), start(3), end(3));
    if (closing == TimesOfDay.IMPOSSIBLE) {
      return BAD_END;
    }
    closes = TimesOfDay.closes(opens, closing);
    if (closes == TimesOfDay.IMPOSSIBLE) {
      return TOO_LONG_HOURS;
    }
    return null;
  }

  private @Nullable String takeClosure(RowSink.Target target) {
    String zone = header.name(1).endsWith("utc") ? "Z" : "";
    try {
      Closure closure =
          CalendarTimes.closure(text(1), text(2), zone, Closure.Repeat.ONCE, null, text(3));
      EntryTexts.checkReason(closure.reason());
      sink.closure(target, closure);
      return null;
    } catch (WrongInput e) {
      return e.getMessage();
    }
  }

  /** Returns whether a store is not there, and none may be added. */
  private boolean isStranger() {
    return stores.isClosed() && stores.find(fields.bytes(), idFrom, idTo) < 0;
  }

  /** Finds the id between the blanks around it, and returns what is wrong with it, or null. */
  private @Nullable String findId() {
    idFrom = StoreIds.start(fields.bytes(), start(0), end(0));
    idTo = StoreIds.end(fields.bytes(), idFrom, end(0));
    return StoreIds.problem(fields.bytes(), idFrom, idTo);
  }

  private int store() {
    return stores.indexOf(fields.bytes(), idFrom, idTo);
  }

  private @Nullable String takePoll() {
    int status = meaning.status(fields.bytes(), start(1), end(1));
    if (status == Statuses.UNKNOWN) {
      return meaning.statusProblem();
    }
    long at = meaning.instant(fields.bytes(), start(2), end(2));
    if (at == Timestamps.IMPOSSIBLE) {
      return meaning.timeProblem(fields.text(header.field(2)));
    }
    if (at == Timestamps.OTHER_YEARS) {
      return Timestamps.OTHER_YEARS_PROBLEM;
    }
    if (at > meaning.latest()) {
      return meaning.tooLate();
    }
    sink.poll(store(), at, status == Statuses.ACTIVE);
    return null;
  }

  private @Nullable String takeHours(long number) throws BadFileException {
    int day = meaning.day(fields.bytes(), start(1), end(1));
    LocalDate from = LocalDate.MIN;
    try {
      String validFrom = optionalText();
      from = validFrom.isEmpty() ? from : CalendarTimes.date(FileKind.VALID_FROM, validFrom);
    } catch (WrongInput e) {
      sink.refusedHours(store(), -1); // of which hours is not known
      return e.getMessage();
    }
    if (day == Days.IMPOSSIBLE) {
      refuseHours(from, -1);
      return "bad day: write %s, or an English name such as Monday or Mon"
          .formatted(meaning.dayRange());
    }
    if (isClosed(2) && isClosed(3)) {
      giveClosed(from, day);
      return null;
    }
    String problem = readTimes();
    if (problem == null) {
      meaning.noteHours(number, opens, closes);
      giveHours(from, day);
    } else {
      refuseHours(from, day);
    }
    return problem;
  }

  private void giveHours(LocalDate from, int day) {
    if (from.equals(LocalDate.MIN)) {
      sink.hours(store(), day, opens, closes);
    } else {
      sink.hoursFrom(from, store(), day, opens, closes);
    }
  }

  private void giveClosed(LocalDate from, int day) {
    if (from.equals(LocalDate.MIN)) {
      sink.closed(store(), day);
    } else {
      sink.closedFrom(from, store(), day);
    }
  }

  private void refuseHours(LocalDate from, int day) {
    if (from.equals(LocalDate.MIN)) {
      sink.refusedHours(store(), day);
    } else {
      sink.refusedHoursFrom(from, store(), day);
    }
  }

  private @Nullable String takeZone() {
    String zone = Zones.find(fields.bytes(), start(1), end(1));
    if (zone == null) {
      zone = meaning.zone(fields.text(header.field(1)));
    }
    if (zone == null) {
      sink.refusedZone(store());
      return meaning.zoneProblem(fields.text(header.field(1)));
    }
    sink.zone(store(), zone);
    return null;
  }

  /**
   * Takes tags of a store, and its name unless that is empty: whoever fills in the tags alone must
   * not take the names away.
   */
  private @Nullable String takeTags(@Nullable String name, List<String> given) {
    List<String> tags = given.stream().map(String::strip).filter(tag -> !tag.isEmpty()).toList();
    String said = name == null || name.isEmpty() ? null : name;
    String problem = said == null ? null : EntryTexts.nameProblem(said);
    for (String tag : tags) {
      problem = problem == null ? EntryTexts.tagProblem(tag) : problem;
    }
    if (problem == null) {
      sink.tags(store(), said, tags);
    } else {
      refuseTags();
    }
    return problem;
  }

  /** A store that is not known has no tags to keep, so a mistyped row adds none. */
  private void refuseTags() {
    int known = stores.find(fields.bytes(), idFrom, idTo);
    if (known >= 0) {
      sink.refusedTags(known);
    }
  }

  /** Returns the text of the column that a file of the kind may have; an empty one without it. */
  private String optionalText() {
    int field = header.optionalField();
    return field < 0 ? "" : fields.text(field).strip();
  }

  private String text(int column) {
    return fields.text(header.field(column)).strip();
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
    if (header.kind().isOfCalendar() || header.field(0) != 0 || findId() != null) {
      return;
    }
    if (isStranger()) {
      return;
    }
    switch (header.kind()) {
      case POLLS -> {}
      case HOURS -> sink.refusedHours(store(), -1);
      case ZONES -> sink.refusedZone(store());
      case TAGS, STORES -> refuseTags();
      case SPECIAL_DAYS, CLOSURES -> {} // of which stores and when is not known
    }
  }

  private int start(int column) {
    return fields.start(header.field(column));
  }

  private int end(int column) {
    return fields.end(header.field(column));
  }
}
