package dev.storewatch.dashboard;

import dev.storewatch.entry.EntryTexts;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.OpenInterval;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.StoreInterval;
import dev.storewatch.store.StorePart;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a store, as a form has it.
 *
 * @param values the texts of its fields, by their names
 * @param was what they were when the form was filled: only what somebody changed is said
 * @param wrong what is wrong with a field, and what would be right, by its name
 * @param later the dates from which other weekly hours hold, as a sentence; empty if there are none
 */
public record StoreForm(
    Map<String, String> values, Map<String, String> was, Map<String, String> wrong, String later) {
  static final String NAME = "name";
  static final String ZONE = "zone";
  static final String TAGS = "tags";

  /** Whether hours are known at all: a store without any counts as open all the time. */
  static final String OPEN = "open";

  private static final String WEEKLY = "weekly";
  private static final String ALWAYS = "always";
  private static final String WAS = "was.";

  /** Returns the name of the field of a weekday's hours. */
  public static String field(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT);
  }

  /** Returns what a weekday is called. */
  public static String label(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  /** Returns the form with what is known of a store. */
  static StoreForm of(StoreDetails known) {
    Map<String, String> values = new HashMap<>();
    values.put(NAME, known.name() == null ? "" : known.name());
    values.put(ZONE, known.zone() == null ? "" : known.zone().name());
    values.put(TAGS, String.join(", ", known.tags()));
    values.put(OPEN, known.hours().isEmpty() && !known.neverOpen() ? ALWAYS : WEEKLY);
    for (DayOfWeek day : DayOfWeek.values()) {
      values.put(
          field(day),
          known.hours().stream()
              .filter(one -> one.day() == day)
              .map(StoreForm::times)
              .collect(Collectors.joining(", ")));
    }
    return new StoreForm(values, values, Map.of(), later(known));
  }

  private static String later(StoreDetails known) {
    return known.laterHours().isEmpty()
        ? ""
        : "Other weekly hours hold from %s on. If you change those here, they are taken out."
            .formatted(
                known.laterHours().keySet().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")));
  }

  private static String times(OpeningInterval interval) {
    OpenInterval shown = OpenInterval.of(interval);
    return "%s-%s".formatted(time(shown.opens()), time(shown.closes()));
  }

  /** Returns a time of day, without its seconds if there are none. */
  static String time(String text) {
    return text.endsWith(":00") ? text.substring(0, text.length() - 3) : text;
  }

  /** Returns this form, of a store of which something is known, with what somebody sent. */
  StoreForm with(Map<String, String> sent) {
    Map<String, String> given = new HashMap<>();
    Map<String, String> before = new HashMap<>();
    values.forEach(
        (field, known) -> {
          given.put(field, sent.getOrDefault(field, known).strip());
          before.put(field, sent.getOrDefault(WAS + field, known));
        });
    return new StoreForm(given, before, wrong, later);
  }

  /** Returns the text of a field. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** Returns what the text of a field was when the form was filled. */
  public String before(String field) {
    return was.getOrDefault(field, "");
  }

  /** Returns what is wrong with a field, and what would be right; null if nothing is. */
  public @Nullable String problem(String field) {
    return wrong.get(field);
  }

  /** Returns whether the store has weekly hours. */
  public boolean isWeekly() {
    return value(OPEN).equals(WEEKLY);
  }

  /**
   * What the form says.
   *
   * @param details what it says
   * @param parts the parts that somebody changed
   * @param form the form, with what is wrong with it; nothing is said then
   */
  record Said(StoreDetails details, Set<StorePart> parts, StoreForm form) {}

  /** Reads the fields. */
  Said read() {
    Map<String, String> problems = new HashMap<>();
    String name = value(NAME).isEmpty() ? null : value(NAME);
    String wrongName = name == null ? null : EntryTexts.nameProblem(name);
    if (wrongName != null) {
      problems.put(NAME, wrongName);
    }
    Zone zone = null;
    try {
      zone = value(ZONE).isEmpty() ? null : StoreDetails.readZone(value(ZONE));
    } catch (WrongInput e) {
      problems.put(ZONE, String.valueOf(e.getMessage()));
    }
    Set<String> tags = new TreeSet<>(Forms.words(value(TAGS)));
    try {
      StoreDetails _ = new StoreDetails(null, null, List.of(), tags);
    } catch (WrongInput e) {
      problems.put(TAGS, String.valueOf(e.getMessage()));
    }
    List<OpeningInterval> hours = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      try {
        hours.addAll(hours(day));
      } catch (WrongInput _) {
        problems.put(
            field(day),
            "'%s' is no time from which to which the store is open: write for example 09:00-17:00, 18:00-22:00, or nothing if it is closed"
                .formatted(value(field(day))));
      }
    }
    if (!isWeekly() && !value(OPEN).equals(ALWAYS)) {
      problems.put(OPEN, "'%s' is neither weekly nor always".formatted(value(OPEN)));
    }
    if (!isWeekly() && !hours.isEmpty() && changed(OPEN)) {
      // Who says that no hours are known means those that the form still has.
      hours.clear();
    } else if (!isWeekly() && !hours.isEmpty()) {
      problems.put(OPEN, "there are hours below: choose those, or leave them out");
    }
    StoreForm read = new StoreForm(values, was, problems, later);
    return problems.isEmpty()
        ? new Said(
            new StoreDetails(name, zone, hours, isWeekly() && hours.isEmpty(), tags), parts(), read)
        : new Said(StoreDetails.NONE, Set.of(), read);
  }

  private List<OpeningInterval> hours(DayOfWeek day) {
    List<@Nullable StoreInterval> all = new ArrayList<>();
    for (String part : value(field(day)).split(",", -1)) {
      if (!part.isBlank()) {
        String[] ends = part.strip().split("\\s*[-–]\\s*", -1);
        if (ends.length != 2) {
          throw new WrongInput(part);
        }
        all.add(new StoreInterval(day.getValue() - 1, ends[0], ends[1], null));
      }
    }
    return StoreInterval.readAll(all);
  }

  private boolean changed(String field) {
    return !value(field).equals(before(field));
  }

  private Set<StorePart> parts() {
    Set<StorePart> parts = EnumSet.noneOf(StorePart.class);
    if (changed(NAME)) {
      parts.add(StorePart.NAME);
    }
    if (changed(ZONE)) {
      parts.add(StorePart.ZONE);
    }
    if (changed(TAGS)) {
      parts.add(StorePart.TAGS);
    }
    Stream<String> ofHours =
        Stream.concat(Stream.of(OPEN), Stream.of(DayOfWeek.values()).map(StoreForm::field));
    if (ofHours.anyMatch(this::changed)) {
      parts.add(StorePart.HOURS);
    }
    return parts;
  }
}
