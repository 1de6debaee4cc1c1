package dev.storewatch.calendar;

import dev.storewatch.database.Database;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.CalendarEntry;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one kind in an installation: what somebody enters, changes and deletes.
 *
 * <p>Who may see some stores alone sees the entries that are of any of those, and changes those
 * that are of no others: of a store in the scope, or of one of its tags.
 *
 * <p>What a call answers is told by the stores as they were before it, which are in memory: a
 * change of entries makes them all be read again, once it is committed.
 *
 * @param <E> an entry
 * @param <V> an entry as it is shown
 */
abstract class EntryBook<E extends CalendarEntry, V> {
  private final Database database;
  private final Revisions revisions;
  private final Stores stores;
  private final Clock clock;
  private final String what;
  private final int most;

  /**
   * The entries of a database.
   *
   * @param what what one is called in messages
   * @param most how many there may be, because all of them are in memory
   */
  EntryBook(Database database, Stores stores, Clock clock, String what, int most) {
    this.database = database;
    this.revisions = new Revisions(database);
    this.stores = stores;
    this.clock = clock;
    this.what = what;
    this.most = most;
  }

  /** Returns all entries, in the order in which they were entered. */
  abstract List<E> all(Registry registry);

  abstract void write(Stores to, E entry);

  abstract void remove(Stores from, String id, long at, @Nullable String by);

  abstract V view(Registry registry, E entry, Scope scope);

  final Registry registry() {
    return stores.registry();
  }

  final Instant instant() {
    return clock.instant();
  }

  final long now() {
    return Micros.of(clock.instant());
  }

  /**
   * Enters something.
   *
   * @throws WrongInput if there are too many
   */
  final V enter(Scope scope, Function<Registry, E> entry) {
    return database.inWriteTransaction(
        () -> {
          Registry before = registry();
          E entered = entry.apply(before);
          if (all(before).size() >= most) {
            throw new WrongInput(
                "there are %d %ss already: delete some, or enter one for a tag"
                    .formatted(most, what));
          }
          revisions.by(entered.enteredBy(), null);
          write(stores, entered);
          return view(before, entered, scope);
        });
  }

  /**
   * Returns the entries that a caller may see.
   *
   * @param store only those that are of a store; null for all
   * @param tag only those of a tag; null for all
   * @throws UnknownStore if the store is not in the scope
   */
  final Stream<E> seen(
      Registry registry, Scope scope, @Nullable String store, @Nullable String tag) {
    OptionalInt key = store == null ? OptionalInt.empty() : scope.key(registry, store);
    if (store != null && key.isEmpty()) {
      throw new UnknownStore(store);
    }
    return all(registry).stream()
        .filter(entry -> entry.target().isInSight(scope, registry))
        .filter(entry -> key.isEmpty() || entry.target().includes(registry, key.getAsInt()))
        .filter(entry -> tag == null || tag.equals(entry.target().tag()));
  }

  /**
   * Returns the entries that a caller may see, the one that was entered last first.
   *
   * @param most how many at most
   */
  public final List<V> newest(Scope scope, int most) {
    Registry registry = registry();
    return all(registry).reversed().stream()
        .filter(entry -> entry.target().isInSight(scope, registry))
        .limit(most)
        .map(entry -> view(registry, entry, scope))
        .toList();
  }

  /**
   * Returns an entry.
   *
   * @throws UnknownEntry if the caller sees none of that id
   */
  public final V get(Scope scope, String id) {
    Registry registry = registry();
    return view(registry, find(scope, registry, id), scope);
  }

  private E find(Scope scope, Registry registry, String id) {
    return all(registry).stream()
        .filter(entry -> entry.id().equals(id) && entry.target().isInSight(scope, registry))
        .findFirst()
        .orElseThrow(() -> new UnknownEntry(what, id));
  }

  /**
   * Puts an entry in the place of another.
   *
   * @param by who does
   * @throws UnknownEntry if the caller sees none of that id
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  final V replace(
      Scope scope, @Nullable String by, String id, BiFunction<Registry, E, E> replacement) {
    return removing(
        scope,
        by,
        id,
        (before, had) -> {
          E entry = replacement.apply(before, had);
          write(stores, entry);
          return view(before, entry, scope);
        });
  }

  /**
   * Deletes an entry, as if it had never been entered; that it was there is kept.
   *
   * @param by who does
   * @throws UnknownEntry if the caller sees none of that id
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  public final void delete(Scope scope, @Nullable String by, String id) {
    var _ = removing(scope, by, id, (before, had) -> true);
  }

  private <T> T removing(
      Scope scope, @Nullable String by, String id, BiFunction<Registry, E, T> then) {
    return database.inWriteTransaction(
        () -> {
          Registry before = registry();
          E had = find(scope, before, id);
          Targets.requireWithin(before, scope, had.target());
          revisions.by(by, null);
          remove(stores, id, now(), by);
          return then.apply(before, had);
        });
  }
}
