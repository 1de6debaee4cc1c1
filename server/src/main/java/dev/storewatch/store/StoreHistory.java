package dev.storewatch.store;

import dev.storewatch.database.Database;
import dev.storewatch.hours.Closure;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import dev.storewatch.revision.StoreSet;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction changes of stores: it compares all stores before with all stores after, so it
 * misses no way by which they are changed, keeps what was known, and notes the changes.
 */
final class StoreHistory {
  /** The tables of what is entered of dates. */
  static final List<String> ENTRIES = List.of("planned_closure", "special_day", "dated_hours");

  private static final Map<String, String> COLUMNS =
      Map.of(
          "planned_closure",
          ClosureColumns.ALL,
          "special_day",
          SqlStores.DAY_COLUMNS,
          "dated_hours",
          "store_key, valid_from, hours, entered_at, entered_by");

  private final Database database;
  private final Revisions revisions;
  private final Registry before;
  private final Registry after;

  StoreHistory(Database database, Revisions revisions, Registry before, Registry after) {
    this.database = database;
    this.revisions = revisions;
    this.before = before;
    this.after = after;
  }

  void keep() {
    boolean hours = false;
    if (!after.hasStoresOf(before)) {
      keepStores();
      hours = noteDatedHours();
    }
    boolean closures =
        noteEntries(
            Kind.CLOSURES,
            Registry::plannedClosures,
            closure -> closure.target(),
            closure -> time(closure.closure()));
    boolean days =
        noteEntries(
            Kind.SPECIAL_DAYS, Registry::plannedDays, PlannedDay::target, day -> time(day.date()));
    if (hours) {
      keepEntries("dated_hours");
    }
    if (closures) {
      keepEntries("planned_closure");
    }
    if (days) {
      keepEntries("special_day");
    }
  }

  private void keepStores() {
    List<Integer> keys = new ArrayList<>();
    List<PastStore> past = new ArrayList<>();
    Map<Kind, StoreSet> changed = new EnumMap<>(Kind.class);
    for (int next = 1; next <= after.size(); next++) {
      int key = next;
      if (after.isAsIn(before, key)) {
        continue;
      }
      boolean was = PastStore.isThere(before, key);
      if (was != PastStore.isThere(after, key)) {
        keys.add(key);
        past.add(PastStore.of(before, key));
        changed.computeIfAbsent(Kind.STORES, first -> new StoreSet()).add(key);
      } else if (was) {
        Set<Kind> kinds = kinds(key);
        if (!kinds.isEmpty() || !before.firstPoll(key).equals(after.firstPoll(key))) {
          keys.add(key);
          past.add(PastStore.of(before, key));
          kinds.forEach(kind -> changed.computeIfAbsent(kind, first -> new StoreSet()).add(key));
        }
      }
    }
    changed.forEach(
        (kind, stores) -> revisions.note(new Change(kind, stores, Change.ALWAYS, stores.size())));
    if (!keys.isEmpty()) {
      int[] stores = keys.stream().mapToInt(Integer::intValue).toArray();
      PastStore.keep(database, revisions.here(), stores, past);
    }
  }

  /** Returns what was changed of a store that was there before. */
  private Set<Kind> kinds(int key) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    if (!before.hoursFlagged(key).equals(after.hoursFlagged(key))
        || !before.zoneFlagged(key).equals(after.zoneFlagged(key))) {
      kinds.add(Kind.FLAGS);
    }
    if (!Arrays.equals(before.packedHours(key), after.packedHours(key))) {
      kinds.add(Kind.HOURS);
    }
    if (!Objects.equals(before.zone(key), after.zone(key))) {
      kinds.add(Kind.ZONES);
    }
    if (!before.tags(key).equals(after.tags(key))) {
      kinds.add(Kind.TAGS);
    }
    return kinds;
  }

  private void note(Kind kind, int key, Span time) {
    StoreSet store = new StoreSet();
    store.add(key);
    revisions.note(new Change(kind, store, time, 1));
  }

  /** Notes changes of hours from a date on, and returns whether there are any. */
  private boolean noteDatedHours() {
    boolean changed = false;
    for (int key = 1; key <= after.size(); key++) {
      var was = key <= before.size() ? before.datedHours(key) : null;
      var is = after.datedHours(key);
      if (was == null ? !is.isEmpty() : !was.equals(is)) {
        note(Kind.HOURS, key, new Span(firstDifference(was, is), Change.ALWAYS.end()));
        changed = true;
      }
    }
    return changed;
  }

  private static <V> long firstDifference(
      @Nullable NavigableMap<LocalDate, V> was, NavigableMap<LocalDate, V> is) {
    Set<LocalDate> dates = new LinkedHashSet<>(is.keySet());
    if (was != null) {
      dates.addAll(was.keySet());
    }
    return dates.stream()
        .filter(date -> was == null || !Objects.equals(was.get(date), is.get(date)))
        .mapToLong(date -> time(date).start())
        .min()
        .orElseThrow();
  }

  /** Notes entries that came, went or were changed, and returns whether there are any. */
  private <E> boolean noteEntries(
      Kind kind,
      Function<Registry, List<E>> entries,
      Function<E, Target> target,
      Function<E, Span> time) {
    List<E> was = entries.apply(before);
    List<E> is = entries.apply(after);
    if (was.equals(is)) {
      return false;
    }
    int same = same(was, is);
    List<E> had = was.subList(same, was.size());
    List<E> has = is.subList(same, is.size());
    Set<E> gone = without(had, has);
    Set<E> come = without(has, had);
    note(kind, before, gone, target, time);
    note(kind, after, come, target, time);
    return true;
  }

  /** Returns how many entries are the same from the beginning; most changes are at the end. */
  private static <E> int same(List<E> was, List<E> is) {
    int most = Math.min(was.size(), is.size());
    int same = 0;
    while (same < most && was.get(same).equals(is.get(same))) {
      same++;
    }
    return same;
  }

  /** Notes some entries as one change, because there may be very many of them. */
  private <E> void note(
      Kind kind,
      Registry registry,
      Set<E> entries,
      Function<E, Target> target,
      Function<E, Span> time) {
    if (entries.isEmpty()) {
      return;
    }
    StoreSet stores = new StoreSet();
    entries.stream()
        .map(target)
        .filter(some -> !some.isAll())
        .distinct()
        .forEach(some -> some.keys(registry).forEach(stores::add));
    boolean isOfAll = entries.stream().anyMatch(entry -> target.apply(entry).isAll());
    revisions.note(
        new Change(
            kind,
            isOfAll ? null : stores,
            new Span(
                entries.stream().mapToLong(entry -> time.apply(entry).start()).min().orElseThrow(),
                entries.stream().mapToLong(entry -> time.apply(entry).end()).max().orElseThrow()),
            entries.size()));
  }

  private static <E> Set<E> without(List<E> some, List<E> others) {
    Set<E> rest = new LinkedHashSet<>(some);
    Set.copyOf(others).forEach(rest::remove);
    return rest;
  }

  /** Returns the time in which a closure may be, wherever the stores are. */
  private static Span time(Closure closure) {
    return switch (closure) {
      case Closure.Fixed fixed -> fixed.span();
      case Closure.Local local -> new Span(time(local.from().toLocalDate()).start(), end(local));
    };
  }

  private static long end(Closure.Local closure) {
    LocalDate until = closure.until();
    if (closure.repeat() == Closure.Repeat.ONCE) {
      return time(closure.to().toLocalDate()).end();
    }
    return until == null
        ? Change.ALWAYS.end()
        : time(until.plusDays(Closure.LONGEST.toDays())).end();
  }

  /** Returns the time of a business day, with its night, wherever the store is. */
  private static Span time(LocalDate date) {
    return new Span(
        Micros.of(date.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)),
        Micros.of(date.plusDays(4).atStartOfDay().toInstant(ZoneOffset.UTC)));
  }

  /**
   * Says of new entries from which revision on they hold, and of those that went until which. One
   * that is put back holds from now on; a copy of it tells of the time before.
   */
  private void keepEntries(String table) {
    int now = revisions.here();
    run("UPDATE %s SET held_from = %d WHERE held_from IS NULL".formatted(table, now));
    run(
        """
        INSERT INTO %1$s (%2$s, removed_at, held_from, held_until)
        SELECT %3$s, 0, held_from, held_until FROM %1$s
        WHERE removed_at IS NULL AND held_until IS NOT NULL\
        """
            .formatted(
                table,
                COLUMNS.get(table),
                String.valueOf(COLUMNS.get(table)).replace("entered_by", "NULL")));
    run(
        """
        UPDATE %s SET held_from = %d, held_until = NULL
        WHERE removed_at IS NULL AND held_until IS NOT NULL\
        """
            .formatted(table, now));
    run(
        """
        UPDATE %s SET held_until = %d WHERE removed_at IS NOT NULL AND held_until IS NULL\
        """
            .formatted(table, now));
  }

  private void run(String sql) {
    database.jdbc().sql(sql).update();
  }
}
