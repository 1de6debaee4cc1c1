package dev.storewatch.store;

import dev.storewatch.entry.EntryTexts;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that people say about a store.
 *
 * @param name what people call it, or null
 * @param zone the zone whose wall clock its hours are read on, or null if it is not known
 * @param hours its business hours; empty when they are not known, and then it is taken to be always
 *     open, or when it is never open
 * @param neverOpen whether it is known to be closed all the time
 * @param tags words to find it by, and to say who may see it
 * @param laterHours the weekly hours that hold from a date on, by the date; an empty list for a
 *     store that is closed all week from then on
 */
public record StoreDetails(
    @Nullable String name,
    @Nullable Zone zone,
    List<OpeningInterval> hours,
    boolean neverOpen,
    Set<String> tags,
    Map<LocalDate, List<OpeningInterval>> laterHours) {
  /** The details of a store of which nothing is known. */
  public static final StoreDetails NONE = new StoreDetails(null, null, List.of(), Set.of());

  /** How many tags a store may have. */
  public static final int MOST_TAGS = 50;

  /**
   * Checks the name and the tags, and copies the collections.
   *
   * @throws IllegalArgumentException if one of them is invalid
   */
  public StoreDetails {
    String wrongName = name == null ? null : EntryTexts.nameProblem(name);
    if (wrongName != null) {
      throw new WrongInput(wrongName);
    }
    if (tags.size() > MOST_TAGS) {
      throw new WrongInput("a store has at most %d tags, not %d".formatted(MOST_TAGS, tags.size()));
    }
    tags.forEach(StoreDetails::checkTag);
    if (neverOpen && !hours.isEmpty()) {
      throw new WrongInput("a store that is never open has no hours: leave them out");
    }
    LaterHours.checkCount(laterHours.size());
    hours = List.copyOf(hours);
    laterHours = Collections.unmodifiableMap(new TreeMap<>(laterHours));
    tags = Collections.unmodifiableSet(new TreeSet<>(tags));
  }

  /** The details of a store that is open in some hours, or of whose hours nothing is known. */
  public StoreDetails(
      @Nullable String name, @Nullable Zone zone, List<OpeningInterval> hours, Set<String> tags) {
    this(name, zone, hours, false, tags);
  }

  /** The details of a store whose hours do not change with a date. */
  public StoreDetails(
      @Nullable String name,
      @Nullable Zone zone,
      List<OpeningInterval> hours,
      boolean neverOpen,
      Set<String> tags) {
    this(name, zone, hours, neverOpen, tags, Map.of());
  }

  /** Returns the same with other hours that hold from a date on. */
  StoreDetails withLater(Map<LocalDate, List<OpeningInterval>> later) {
    return new StoreDetails(name, zone, hours, neverOpen, tags, later);
  }

  /** Returns the weeks that hold from a date on, as sets of intervals, which have no order. */
  private Map<LocalDate, Set<OpeningInterval>> laterSets() {
    Map<LocalDate, Set<OpeningInterval>> sets = new TreeMap<>();
    laterHours.forEach((date, week) -> sets.put(date, Set.copyOf(week)));
    return sets;
  }

  /**
   * Returns the zone of a name.
   *
   * @throws IllegalArgumentException if the table of zones does not have the name
   */
  public static Zone readZone(String name) {
    return Zone.of(name);
  }

  /** Returns whether a part is the same as in other details. */
  boolean isLike(StoreDetails other, StorePart part) {
    return switch (part) {
      case NAME -> Objects.equals(name, other.name);
      case ZONE -> Objects.equals(zone, other.zone);
      case HOURS ->
          neverOpen == other.neverOpen && Set.copyOf(hours).equals(Set.copyOf(other.hours));
      case LATER_HOURS -> laterSets().equals(other.laterSets());
      case TAGS -> tags.equals(other.tags);
    };
  }

  static void checkTag(String tag) {
    String problem = EntryTexts.tagProblem(tag);
    if (problem != null) {
      throw new WrongInput(problem);
    }
  }

  /**
   * Checks tags, and returns them in order, each once.
   *
   * @throws WrongInput if one is invalid
   */
  public static List<String> checkTags(Collection<String> tags) {
    tags.forEach(StoreDetails::checkTag);
    return tags.stream().sorted().distinct().toList();
  }
}
