package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.outage.KeptOutage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What began at many stores at about the same time: of the fleet, of a tag, or of a time zone.
 *
 * <p>Signs count here that are not told of a single store yet: one inactive poll, or that a poll is
 * overdue. So a storm is known before the first of its stores is told of.
 */
final class Storms {
  private final AlertRules rules;
  private final Facts facts;

  /** When polls stop, a store is overdue well before it counts as not heard of. */
  private final long overdue;

  Storms(AlertRules rules, Facts facts) {
    this.rules = rules;
    this.facts = facts;
    this.overdue = AlertRules.micros(rules.dark()) / 2;
  }

  /**
   * A sign that something began at a store.
   *
   * @param since since when it is wrong
   * @param shownAt when it could be known first
   */
  private record Sign(int store, boolean isDown, long since, long shownAt) {}

  /** The stores of a group that are open, and the signs at them. */
  private static final class Group {
    int open;
    final List<Sign> signs = new ArrayList<>();
  }

  /**
   * Returns the storms there are now, each store in one of them at most.
   *
   * @param known the incidents of storms that are open: they last until they are much smaller
   */
  List<Storm> find(List<Incident> known) {
    Map<String, Group> groups = groups();
    List<Storm> found = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    for (Incident each : known) {
      addIf(storm(String.valueOf(each.about().group()), groups, taken, each), found, taken);
    }
    if (found.stream().noneMatch(storm -> storm.group().equals(Incident.About.FLEET))) {
      addIf(storm(Incident.About.FLEET, groups, taken, null), found, taken);
    }
    for (String name : bySize(groups)) {
      if (found.stream().noneMatch(storm -> storm.group().equals(name))) {
        addIf(storm(name, groups, taken, null), found, taken);
      }
    }
    return found;
  }

  private static void addIf(@Nullable Storm storm, List<Storm> found, Set<Integer> taken) {
    if (storm != null) {
      found.add(storm);
      taken.addAll(storm.stores());
    }
  }

  /** Those with most signs first; the fleet is a case of its own. */
  private static List<String> bySize(Map<String, Group> groups) {
    return groups.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Incident.About.FLEET))
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, Group> entry) -> -entry.getValue().signs.size())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, Group> groups() {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (int key = 1; key <= facts.registry().size(); key++) {
      if (!facts.registry().isDeleted(key)
          && facts.polls().of(key) != LastPolls.NEVER
          && facts.hours().isOpen(key)) {
        add(key, groups);
      }
    }
    return groups;
  }

  private void add(int key, Map<String, Group> groups) {
    Sign sign = sign(key);
    for (String name : names(key)) {
      Group group = groups.computeIfAbsent(name, first -> new Group());
      group.open++;
      if (sign != null) {
        group.signs.add(sign);
      }
    }
  }

  private List<String> names(int key) {
    List<String> names = new ArrayList<>();
    names.add(Incident.About.FLEET);
    facts.registry().tags(key).forEach(tag -> names.add("tag:" + tag));
    names.add("zone:" + facts.registry().zoneInUse(key).name());
    String source = facts.polls().sourceOf(key);
    if (source != null) {
      names.add(Incident.About.SOURCE + source);
    }
    return names;
  }

  private @Nullable Sign sign(int key) {
    KeptOutage outage = facts.ongoing().get(key);
    if (outage != null) {
      return new Sign(key, true, outage.start(), outage.firstDown());
    }
    // A store need not be polled while it is closed.
    long since = Math.max(facts.polls().of(key), facts.hours().openedAt(key));
    boolean isOverdue = overdue > 0 && facts.now() - since >= overdue;
    return isOverdue ? new Sign(key, false, since, since + overdue) : null;
  }

  private @Nullable Storm storm(
      String name, Map<String, Group> groups, Set<Integer> taken, @Nullable Incident known) {
    Group group = groups.get(name);
    if (group == null) {
      return null;
    }
    long from =
        (known == null ? facts.now() : known.openedAt()) - AlertRules.micros(rules.stormWindow());
    List<Sign> signs =
        group.signs.stream()
            .filter(sign -> sign.shownAt() >= from && !taken.contains(sign.store()))
            .toList();
    // One that is there has to shrink to half of what makes a new one: it does not come and go.
    int share = known == null ? 100 : 50;
    boolean isMany =
        signs.size() * 100L >= (long) rules.manyStores() * share
            && signs.size() * 10_000L >= (long) group.open * rules.manyPercent() * share;
    return isMany ? storm(name, signs, group.open, known) : null;
  }

  private static Storm storm(String name, List<Sign> signs, int open, @Nullable Incident known) {
    Map<Integer, Long> since = new HashMap<>();
    signs.forEach(sign -> since.put(sign.store(), sign.since()));
    long first = since.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    long down = signs.stream().filter(Sign::isDown).count();
    Trouble most = 2 * down >= signs.size() ? Trouble.DOWN : Trouble.DARK;
    Trouble trouble = Incident.About.isOfMonitor(name) ? Trouble.MONITOR : most;
    return new Storm(
        name, known == null ? trouble : known.trouble(), first, Set.copyOf(since.keySet()), open);
  }
}
