package dev.storewatch.importing;

import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.journal.StoreChange;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.store.Target;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The special days of a file, which replace those of the same dates and stores. */
final class DaysWriting {
  private static final CollectedDays.Day NOTHING = new CollectedDays.Day();

  private final Stores stores;
  private final Map<Place, List<PlannedDay>> there;
  private final RowCounts.Tally tally;
  private final OpenEntry entry;
  private final Map<Place, CollectedDays.Day> days = new LinkedHashMap<>();
  private final Set<Place> refused = new LinkedHashSet<>();

  /** Written at once, because a file may have very many. */
  private final List<PlannedDay> added = new ArrayList<>();

  private long kept;

  /**
   * The special days of a file.
   *
   * @param before the stores as they are
   * @param entry keeps what the file names, if others follow it in its set
   */
  DaysWriting(Stores stores, Registry before, RowCounts.Tally tally, OpenEntry entry) {
    this.stores = stores;
    this.there =
        before.plannedDays().stream()
            .collect(Collectors.groupingBy(day -> new Place(day.target(), day.date())));
    this.tally = tally;
    this.entry = entry;
  }

  /** A date of some stores, and how the journal knows it. */
  private record Place(Target target, LocalDate date) {
    int key() {
      Integer store = target.storeKey();
      return store == null ? 0 : store;
    }

    String part() {
      String tag = target.tag();
      return tag == null ? "" + date.toEpochDay() : date.toEpochDay() + " " + tag;
    }
  }

  /** Takes what the good rows of a date say. */
  void take(Target target, LocalDate date, CollectedDays.Day day) {
    days.put(new Place(target, date), day);
  }

  /** Takes a date of which a row was refused. */
  void refuse(Target target, LocalDate date) {
    refused.add(new Place(target, date));
  }

  void write() {
    Set<Place> all = new LinkedHashSet<>(days.keySet());
    all.addAll(refused);
    for (Place place : all) {
      CollectedDays.Day said = days.getOrDefault(place, NOTHING);
      if (refused.contains(place) || entry.soFar().isKept(place.key(), place.part())) {
        keep(place, said);
      } else {
        replace(place, said);
      }
    }
    if (!added.isEmpty()) {
      stores.addDays(added);
    }
  }

  private List<PlannedDay> now(Place place) {
    return there.getOrDefault(place, List.of());
  }

  /** Leaves a date as it was before the set. */
  private void keep(Place place, CollectedDays.Day said) {
    tally.rejected(said.rows());
    kept++;
    StoreChange.Value now = value(now(place));
    StoreChange.Value first = beforeSet(place);
    if (!now.equals(first)) {
      remove(now(place));
      added.addAll(read(place, first));
    }
    note(place, now, new StoreChange.Value(first.text(), entry.writtenAt()));
  }

  private StoreChange.Value beforeSet(Place place) {
    StoreChange.Value first = entry.soFar().parts(place.key()).get(place.part());
    return first == null ? value(now(place)) : first;
  }

  private void replace(Place place, CollectedDays.Day said) {
    boolean adds = entry.soFar().names(place.key(), place.part());
    List<PlannedDay> now = now(place);
    PlannedDay entered = entered(place, said, adds ? now : List.of());
    boolean isThere = now.size() == 1 && saysTheSame(now.getFirst(), entered);
    count(said, adds ? now : List.of(), isThere, !beforeSet(place).isNone());
    if (!isThere) {
      remove(now);
      added.add(entered);
    }
    note(place, value(now), value(isThere ? now : List.of(entered)));
  }

  private PlannedDay entered(Place place, CollectedDays.Day said, List<PlannedDay> more) {
    Set<OpeningInterval> hours = new LinkedHashSet<>();
    more.forEach(day -> hours.addAll(day.hours()));
    hours.addAll(said.hours());
    String label = said.label();
    for (PlannedDay day : more) {
      label = label == null ? day.label() : label;
    }
    return day(place, UUID.randomUUID().toString(), List.copyOf(hours), label);
  }

  private PlannedDay day(
      Place place, String id, List<OpeningInterval> hours, @Nullable String label) {
    return new PlannedDay(
        id, place.target, place.date, hours, label, entry.writtenAt(), enteredBy());
  }

  private String enteredBy() {
    return CollectedDays.enteredBy(entry.importId());
  }

  private void count(
      CollectedDays.Day said, List<PlannedDay> more, boolean isThere, boolean replaces) {
    long same =
        isThere
            ? said.rows()
            : said.hours().stream()
                .filter(row -> more.stream().anyMatch(day -> day.hours().contains(row)))
                .count();
    tally.repeated(same);
    if (replaces) {
      tally.replaced(said.rows() - same);
    } else {
      tally.added(said.rows() - same);
    }
  }

  private void remove(List<PlannedDay> days) {
    days.forEach(day -> stores.removeDay(day.id(), entry.writtenAt(), enteredBy()));
  }

  private static boolean saysTheSame(PlannedDay one, PlannedDay other) {
    return Set.copyOf(one.hours()).equals(Set.copyOf(other.hours()))
        && (other.label() == null || other.label().equals(one.label()));
  }

  private void note(Place place, StoreChange.Value before, StoreChange.Value after) {
    if (entry.isMoreToCome()) {
      entry.change(new StoreChange(place.key(), place.part(), before, after));
    }
  }

  /** Returns days as the journal keeps them: id, hours and label of each on a line. */
  private static StoreChange.Value value(List<PlannedDay> days) {
    return new StoreChange.Value(
        days.stream()
            .map(
                day ->
                    String.join(
                        "\t", day.id(), day.keptHours(), day.label() == null ? "" : day.label()))
            .collect(Collectors.joining("\n")),
        0);
  }

  private List<PlannedDay> read(Place place, StoreChange.Value kept) {
    List<PlannedDay> days = new ArrayList<>();
    kept.text()
        .lines()
        .map(line -> line.split("\t", -1))
        .forEach(
            day ->
                days.add(
                    day(
                        place,
                        day[0],
                        PlannedDay.readHours(place.date, day[1]),
                        day[2].isEmpty() ? null : day[2])));
    return days;
  }

  List<String> notes() {
    return kept == 0
        ? List.of()
        : List.of(
            "%d %s as before, because rows of the date were refused; good rows of it count as rejected: mend the rows and import the file again"
                .formatted(kept, kept == 1 ? "date stays" : "dates stay"));
  }
}
