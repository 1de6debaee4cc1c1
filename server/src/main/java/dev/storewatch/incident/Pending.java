package dev.storewatch.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a look changes, to be written all at once at its end: single statements would take long. */
final class Pending {
  private final Map<Long, Incident> added = new LinkedHashMap<>();
  private final Map<Long, Incident> changed = new LinkedHashMap<>();
  private final List<Told> told = new ArrayList<>();
  private final Map<Long, Map<String, Told>> changedTold = new HashMap<>();

  /** Adds an incident. */
  void add(Incident incident) {
    added.put(incident.id(), incident);
  }

  /** Changes an incident that is kept, or was added just now. */
  void change(Incident incident) {
    (added.containsKey(incident.id()) ? added : changed).put(incident.id(), incident);
  }

  /** Notes that a channel hears of an incident for the first time. */
  void addTold(Told first) {
    told.add(first);
  }

  /** Notes what a channel hears of an incident that it knew of before this look. */
  void changeTold(Told again) {
    changedTold
        .computeIfAbsent(again.incident(), first -> new HashMap<>())
        .put(again.channel(), again);
  }

  Collection<Incident> added() {
    return added.values();
  }

  Collection<Incident> changed() {
    return changed.values();
  }

  List<Told> told() {
    return told;
  }

  List<Told> changedTold() {
    return changedTold.values().stream().flatMap(each -> each.values().stream()).toList();
  }
}
