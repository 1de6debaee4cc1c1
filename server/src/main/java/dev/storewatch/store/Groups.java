package dev.storewatch.store;

import dev.storewatch.input.WrongInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The groups of some stores, by the tags that they have now. */
public final class Groups {
  /** So many that nobody reads them: an id in a tag would make one for each store. */
  private static final int MOST = 1_000;

  private final Registry registry;
  private final List<Group> all = new ArrayList<>();

  /** For each thing to group by, where the group of a tag stands. */
  private final List<Map<String, Integer>> byTag = new ArrayList<>();

  private Groups(Registry registry) {
    this.registry = registry;
  }

  /**
   * A group.
   *
   * @param by what its tag begins with; null for all stores
   * @param tag the tag of its stores; null for all stores, and those without a tag of that kind
   */
  public record Group(@Nullable String by, @Nullable String tag) {
    /** Returns the word for the kind of total. */
    public String word() {
      return by == null ? "fleet" : "group";
    }
  }

  /**
   * Returns the groups of some stores: first that of all of them.
   *
   * @param includes whether a store is one of them, by its key
   * @throws WrongInput if none of them has a tag to group by, or there are too many groups
   */
  public static Groups of(Registry registry, IntPredicate includes, Grouping wanted) {
    Groups groups = new Groups(registry);
    groups.all.add(new Group(null, null));
    if (!wanted.by().isEmpty()) {
      Set<Set<String>> tags =
          registry
              .keysAfter(null)
              .filter(includes)
              .mapToObj(registry::tags)
              .collect(Collectors.toSet());
      wanted.by().forEach(by -> groups.add(by, tags));
    }
    return groups;
  }

  /**
   * Returns the groups of some stores by each tag that any of them has: first that of all of them,
   * and last those without a tag.
   *
   * @param includes whether a store is one of them, by its key
   * @throws WrongInput if there are too many groups
   */
  public static Groups ofEachTag(Registry registry, IntPredicate includes) {
    Groups groups = new Groups(registry);
    groups.all.add(new Group(null, null));
    NavigableSet<String> own = new TreeSet<>();
    registry
        .keysAfter(null)
        .filter(includes)
        .mapToObj(registry::tags)
        .distinct()
        .forEach(own::addAll);
    groups.add("tag", own);
    return groups;
  }

  private void add(String by, Set<Set<String>> tags) {
    NavigableSet<String> own = new TreeSet<>();
    tags.forEach(set -> set.stream().filter(tag -> Grouping.makesGroup(tag, by)).forEach(own::add));
    if (own.isEmpty()) {
      throw new WrongInput(
          "no store has the tag %1$s or one that begins with %1$s: group by what tags begin with, for example region for region:west"
              .formatted(by));
    }
    add(by, own);
  }

  private void add(String by, NavigableSet<String> own) {
    if (all.size() + own.size() >= MOST) {
      throw new WrongInput(
          "there are more than %,d groups by %s: group by something that many stores share"
              .formatted(MOST, by));
    }
    Map<String, Integer> places = new HashMap<>();
    for (String tag : own) {
      places.put(tag, all.size());
      all.add(new Group(by, tag));
    }
    byTag.add(places);
    all.add(new Group(by, null));
  }

  /** Returns all groups in the order in which they are told. */
  public List<Group> all() {
    return List.copyOf(all);
  }

  /** Tells the places of the groups of a store, for each thing to group by one at least. */
  public void of(String storeId, IntConsumer receiver) {
    OptionalInt key = registry.key(storeId);
    of(key.isPresent() ? registry.tags(key.getAsInt()) : Set.of(), receiver);
  }

  /** Tells the places of the groups of a store, for each thing to group by one at least. */
  public void of(int key, IntConsumer receiver) {
    of(registry.tags(key), receiver);
  }

  private void of(Set<String> tags, IntConsumer receiver) {
    receiver.accept(0);
    int last = 0;
    for (int i = 0; i < byTag.size(); i++) {
      Map<String, Integer> places = byTag.get(i);
      last += places.size() + 1;
      boolean isInOne = false;
      for (String tag : tags) {
        Integer place = places.get(tag);
        if (place != null) {
          receiver.accept(place);
          isInOne = true;
        }
      }
      if (!isInOne) {
        receiver.accept(last);
      }
    }
  }
}
