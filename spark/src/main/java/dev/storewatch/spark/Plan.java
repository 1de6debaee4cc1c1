package dev.storewatch.spark;

import dev.storewatch.hours.Closure;
import dev.storewatch.hours.Closures;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.SpecialDay;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.notice.FaultKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one store, put together from the rows that come before its polls. */
final class Plan {
  private final Map<LocalDate, Week> weeks = new TreeMap<>();
  private final Days own = new Days();
  private final Set<String> tags = new TreeSet<>();
  private final Set<Closure> closures = new LinkedHashSet<>();
  private @Nullable Zone zone;
  private boolean hoursFlagged;
  private boolean zoneFlagged;
  private boolean isPolledEarly;
  private boolean isPolledLate;
  private @Nullable Long firstPoll;

  /** The hours that hold from a date on, as sets: an interval that is said twice counts once. */
  private static final class Week {
    private final Set<OpeningInterval> intervals = new HashSet<>();
    private boolean isRefused;
    private boolean saysSomething;

    /** Returns whether it is a week: refused rows of no known day, alone, close all of it. */
    boolean isThere() {
      return saysSomething || isRefused;
    }
  }

  /** The special days of a store itself, of a tag, or of all stores. */
  private static final class Days {
    private final Map<LocalDate, Set<OpeningInterval>> byDate = new HashMap<>();
    private final Set<LocalDate> refused = new HashSet<>();

    void take(String[] fields) {
      LocalDate date = LocalDate.parse(fields[1]);
      switch (fields[0].charAt(0)) {
        case Known.REFUSED_DAY -> refused.add(date);
        case Known.SPECIAL_CLOSED -> byDate.computeIfAbsent(date, _ -> new HashSet<>());
        default ->
            byDate
                .computeIfAbsent(date, _ -> new HashSet<>())
                .add(interval(date.getDayOfWeek(), fields[2], fields[3]));
      }
    }

    /** Puts those dates of which no row was refused. */
    void putInto(Map<LocalDate, SpecialDay> days, LateClose lateClose, SpecialDay.Of of) {
      byDate.forEach(
          (date, intervals) -> {
            if (!refused.contains(date)) {
              days.put(date, SpecialDay.of(date, intervals, lateClose, null, of));
            }
          });
    }
  }

  private static OpeningInterval interval(DayOfWeek day, String opens, String closes) {
    return new OpeningInterval(day, Integer.parseInt(opens), Integer.parseInt(closes));
  }

  /** Takes something that is known; of two zones the later holds. */
  void take(String text) {
    String[] fields = Known.fields(text);
    switch (text.charAt(0)) {
      case Known.ZONE -> zone = Zone.of(fields[1]);
      case Known.REFUSED_ZONE, Known.ZONE_FLAGGED -> zoneFlagged = true;
      case Known.HOURS_FLAGGED -> hoursFlagged = true;
      case Known.HOURS -> {
        Week week = week(fields);
        week.saysSomething = true;
        week.intervals.add(interval(day(fields), fields[3], fields[4]));
      }
      case Known.CLOSED -> week(fields).saysSomething = true;
      case Known.REFUSED_HOURS -> {
        hoursFlagged = true;
        week(fields).isRefused = true;
      }
      case Known.TAG -> tags.add(fields[1]);
      case Known.POLLED_EARLY -> isPolledEarly = true;
      case Known.POLLED_LATE -> isPolledLate = true;
      case Known.FIRST_POLL -> firstPoll = Long.valueOf(fields[1]);
      case Known.FIXED_CLOSURE, Known.LOCAL_CLOSURE -> closures.add(Known.closure(fields));
      default -> own.take(fields);
    }
  }

  private Week week(String[] fields) {
    return weeks.computeIfAbsent(Known.from(fields[1]), _ -> new Week());
  }

  private static DayOfWeek day(String[] fields) {
    return DayOfWeek.of(Integer.parseInt(fields[2]) + 1);
  }

  /**
   * Returns the schedule of the store.
   *
   * @param ofAll what is known of all stores
   * @param ofTags what is known of the stores with a tag, by the tag
   */
  Schedule schedule(List<String> ofAll, Map<String, List<String>> ofTags, LateClose lateClose) {
    List<String> ofItsTags =
        tags.stream().flatMap(tag -> ofTags.getOrDefault(tag, List.of()).stream()).toList();
    Map<LocalDate, SpecialDay> special = new TreeMap<>();
    days(ofAll).putInto(special, lateClose, SpecialDay.Of.ALL);
    days(ofItsTags).putInto(special, lateClose, SpecialDay.Of.TAG);
    own.putInto(special, lateClose, SpecialDay.Of.STORE);
    List<Closure> planned = new ArrayList<>(closures(ofAll));
    planned.addAll(closures(ofItsTags));
    planned.addAll(closures);
    return new Schedule(hours(special, lateClose), zoneInUse(), Closures.of(planned));
  }

  private static Days days(List<String> texts) {
    Days days = new Days();
    texts.stream().filter(text -> !isClosure(text)).forEach(text -> days.take(Known.fields(text)));
    return days;
  }

  private static List<Closure> closures(List<String> texts) {
    return texts.stream()
        .filter(Plan::isClosure)
        .map(text -> Known.closure(Known.fields(text)))
        .distinct()
        .toList();
  }

  private static boolean isClosure(String text) {
    return text.charAt(0) == Known.FIXED_CLOSURE || text.charAt(0) == Known.LOCAL_CLOSURE;
  }

  private DatedHours hours(Map<LocalDate, SpecialDay> special, LateClose lateClose) {
    Map<LocalDate, WeeklyHours> all = new HashMap<>();
    weeks.forEach(
        (from, week) -> {
          if (week.isThere()) {
            all.put(from, WeeklyHours.of(week.intervals, lateClose));
          }
        });
    return special.isEmpty() && all.isEmpty()
        ? DatedHours.of(WeeklyHours.always())
        : DatedHours.of(all, special.values());
  }

  Zone zoneInUse() {
    return zone == null ? Schedule.defaultZone() : zone;
  }

  private boolean hasHours() {
    Week week = weeks.get(LocalDate.MIN);
    return week != null && week.isThere();
  }

  private boolean hasDatedHours() {
    return weeks.keySet().stream().anyMatch(date -> !date.equals(LocalDate.MIN));
  }

  /** Returns whether it was polled by an instant, by what is known without its polls. */
  boolean isPolledBy(long asOf) {
    return isPolledEarly || (firstPoll != null && firstPoll <= asOf);
  }

  /** Returns whether it was in a file of hours or zones, be it with rows that were refused. */
  boolean isDescribed() {
    return hasHours() || hasDatedHours() || zone != null || hoursFlagged || zoneFlagged;
  }

  /**
   * Returns what is to be told of the store, a bit for each kind.
   *
   * @param hasPoll whether any poll was seen
   */
  int faults(boolean hasPoll) {
    boolean polled = hasPoll || isPolledEarly || isPolledLate || firstPoll != null;
    if (!polled && !isDescribed() && tags.isEmpty()) {
      return 0; // special days and closures alone do not make a store
    }
    int kinds = 0;
    if (hoursFlagged) {
      kinds |= FaultKind.FLAGGED_HOURS.bit();
    } else if (!hasHours()) {
      kinds |= FaultKind.ASSUMED_HOURS.bit();
    }
    if (zoneFlagged) {
      kinds |= FaultKind.FLAGGED_ZONE.bit();
    } else if (zone == null) {
      kinds |= FaultKind.ASSUMED_ZONE.bit();
    }
    int undescribed = FaultKind.ASSUMED_HOURS.bit() | FaultKind.ASSUMED_ZONE.bit();
    boolean described = (kinds & undescribed) != undescribed || hasDatedHours();
    if (polled != described) {
      kinds |= (described ? FaultKind.NEVER_POLLED : FaultKind.POLLED_ONLY).bit();
    }
    return kinds;
  }
}
