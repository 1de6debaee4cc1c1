package dev.storewatch.file;

import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.instant.Timestamps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a file mean, as its options and its own rows say, and what is worth telling
 * about that once it is read.
 */
final class Meaning {
  private static final int DAY_SECONDS = 86_400;
  private static final int LONG_HOURS = 16 * 3600;

  /** From here on an interval is a whole day, but for a minute that some programs leave out. */
  private static final int WHOLE_DAY = DAY_SECONDS - 60;

  private static final int SHOWN = 3;
  private static final int LONGEST_ZONE = 100;

  private final String file;
  private final OptionWords words;
  private final DayNumbers days;
  private final boolean daysSaid;
  private final StatusWords statuses;
  private final String unknownStatus;
  private final TimeForm form;
  private final @Nullable PatternTimes pattern;
  private final InstantReader instants = new InstantReader();
  private final TimesOfDay times = new TimesOfDay();

  /** How often each number of a day was read. */
  private final long[] dayNumbers = new long[10];

  private long latest = Long.MAX_VALUE;
  private String tooLate = "";
  private long zones;
  private final Map<String, String> zonesRead = new LinkedHashMap<>();
  private long longHours;
  private final List<String> longLines = new ArrayList<>();

  Meaning(String file, ReadOptions options) {
    this.file = file;
    this.words = options.words();
    this.unknownStatus =
        "%s, or name other words with %s"
            .formatted(
                Statuses.PROBLEM, words.with("statuses", "active=OK,inactive=CRITICAL;WARNING"));
    this.daysSaid = options.days() != null;
    this.days = options.days() == null ? DayNumbers.MONDAY_0 : options.days();
    this.statuses = new StatusWords(options.active(), options.inactive());
    this.form = options.time();
    this.pattern =
        options.time() instanceof TimeForm.Pattern written ? new PatternTimes(written) : null;
  }

  /**
   * Says how late polls may be.
   *
   * @param last the latest instant, in microseconds since the epoch
   * @param problem what is wrong with a later one, and what would be right
   */
  void acceptPollsUntil(long last, String problem) {
    latest = last;
    tooLate = problem;
  }

  long latest() {
    return latest;
  }

  String tooLate() {
    return tooLate;
  }

  /** Returns whether plain rows of polls mean what {@link PlainPolls} reads in them. */
  boolean isPlain() {
    return statuses.isPlain() && form instanceof TimeForm.Standard;
  }

  /** Returns how often each word for a status was read; the same object each time. */
  long[] statusCounts() {
    return statuses.counts();
  }

  /** Adds how often each word for a status was read by a reader of a part of the same file. */
  void addStatusCounts(long[] more) {
    long[] counts = statuses.counts();
    for (int word = 0; word < more.length; word++) {
      counts[word] += more[word];
    }
  }

  int status(byte[] text, int from, int to) {
    return statuses.read(text, from, to);
  }

  /** Returns the instant that fills a range, or a constant of {@link Timestamps}. */
  long instant(byte[] text, int from, int to) {
    return switch (form) {
      case TimeForm.Standard _ -> instants.read(text, from, to);
      case TimeForm.Epoch(TimeForm.Unit unit) -> epoch(unit, text, from, to);
      case TimeForm.Pattern _ ->
          pattern == null ? Timestamps.IMPOSSIBLE : pattern.read(text, from, to);
    };
  }

  /** Reads a whole number, or one with zeros after a point, which programs make of one. */
  private static long epoch(TimeForm.Unit unit, byte[] text, int from, int to) {
    long count = 0;
    int at = from;
    while (at < to && text[at] >= '0' && text[at] <= '9' && at - from < 19) {
      count = count * 10 + text[at++] - '0';
    }
    boolean whole = at == to || TimesOfDay.isZeroFraction(text, at, to);
    return at == from || !whole ? Timestamps.IMPOSSIBLE : unit.micros(count);
  }

  /** Returns what is wrong with a status, and which option would name it. */
  String statusProblem() {
    return unknownStatus;
  }

  /** Returns how messages about the file call options. */
  OptionWords words() {
    return words;
  }

  /** Returns what is wrong with a time, and which option would read it if it looks like another. */
  String timeProblem(String text) {
    if (form instanceof TimeForm.Epoch(TimeForm.Unit unit)) {
      return "not a whole number of %s".formatted(unit.word());
    }
    if (form instanceof TimeForm.Pattern(String written, String zone)) {
      return "not a time by the pattern %s in %s".formatted(written, zone);
    }
    if (text.matches("[0-9]{9,19}([.]0+)?")) {
      return "impossible time: if it counts from 1970, say so with %s"
          .formatted(words.with("time", unit(text)));
    }
    if (text.matches("[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}.*")) {
      return "impossible time: day and month could be either, so say which form it is, for example with %s"
          .formatted(
              words.with(
                  new OptionWords.Said("time", "MM/dd/yyyy HH:mm"),
                  new OptionWords.Said("time-zone", "America/Chicago")));
    }
    return Timestamps.IMPOSSIBLE_PROBLEM;
  }

  private static String unit(String text) {
    int digits = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
    TimeForm.Unit best = TimeForm.Unit.SECONDS;
    for (TimeForm.Unit unit : TimeForm.Unit.values()) {
      if (Math.abs(unit.digits() - digits) < Math.abs(best.digits() - digits)) {
        best = unit;
      }
    }
    return best.word();
  }

  TimesOfDay times() {
    return times;
  }

  /**
   * Returns the day that fills a range, 0 (Monday) to 6 (Sunday), or {@link Days#IMPOSSIBLE}.
   *
   * @throws BadFileException if it proves that the file numbers the days another way than is said
   */
  int day(byte[] text, int from, int to) throws BadFileException {
    int number = Days.number(text, from, to);
    if (number < 0) {
      return Days.named(text, from, to);
    }
    if (number == 7 && !daysSaid) {
      throw new BadFileException(
          file,
          "numbers the days of the week in a way of its own, because it has a day 7, and ours go"
              + " from 0 (Monday) to 6 (Sunday): say which day is which with "
              + words.with("days", "monday=1")
              + " (or sunday=1, or sunday=0); nothing was written");
    }
    dayNumbers[number]++;
    return days.day(number);
  }

  String dayRange() {
    return days.range();
  }

  /** Returns the zone that is meant by what is not its name, or null; notes what it was read as. */
  @Nullable String zone(String text) {
    Zone zone = text.length() > LONGEST_ZONE ? null : ZoneTable.inUse().named(text);
    if (zone == null) {
      return null;
    }
    String name = zone.name().intern();
    zones++;
    if (zonesRead.size() < SHOWN) {
      zonesRead.putIfAbsent(text, name);
    }
    return name;
  }

  /** Returns what is wrong with a text that is no zone, and which names are like it. */
  String zoneProblem(String text) {
    List<String> nearest = ZoneTable.inUse().nearest(text);
    return nearest.isEmpty()
        ? "unknown time zone: write an IANA name such as America/Chicago"
        : "unknown time zone: did you mean %s? Write an IANA name"
            .formatted(String.join(" or ", nearest));
  }

  /** Notes hours that are likely to be a mistake. */
  void noteHours(long line, int opens, int closes) {
    int seconds = closes > opens ? closes - opens : closes + DAY_SECONDS - opens;
    if (seconds > LONG_HOURS && seconds < WHOLE_DAY) {
      longHours++;
      if (longLines.size() < SHOWN) {
        longLines.add("line %d (%s-%s)".formatted(line, clock(opens), clock(closes)));
      }
    }
  }

  private static String clock(int seconds) {
    return "%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60);
  }

  /** Returns what is worth telling, in sentences without a full stop. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(statuses.notes());
    if (zones > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "zones that were read by another name, rows: %,d, for example %s",
              zones,
              String.join(
                  ", ",
                  zonesRead.entrySet().stream()
                      .map(read -> "'%s' as %s".formatted(read.getKey(), read.getValue()))
                      .toList())));
    }
    if (longHours > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "hours that last longer than 16 hours, rows: %,d, for example %s; if the store closes"
                  + " after noon, write 17:00 or 5:00 PM",
              longHours,
              String.join(", ", longLines)));
    }
    long numbered = 0;
    for (long count : dayNumbers) {
      numbered += count;
    }
    if (!daysSaid && numbered > 0 && dayNumbers[0] == 0) {
      notes.add(
          "the file never uses the day 0, which is Monday; if its 1 is Monday, import it again with"
              + " "
              + words.with("days", "monday=1"));
    }
    return notes;
  }
}
