package dev.storewatch.store;

import dev.storewatch.database.Database;
import dev.storewatch.entry.StoreIds;
import dev.storewatch.revision.Revisions;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of stores that somebody asks for, one store at a time.
 *
 * <p>Only a caller who may see every store may add one: to anybody else, the id of a store that
 * they do not see must look like one that is free. And nobody can put a store out of their own
 * sight.
 */
public final class Registrar {
  private final Database database;
  private final Stores stores;
  private final List<Belongings> belongings;
  private final @Nullable String by;

  /** A registrar for stores, and for what else is kept of them. */
  public Registrar(Database database, Stores stores, List<Belongings> belongings) {
    this(database, stores, List.copyOf(belongings), null);
  }

  private Registrar(
      Database database, Stores stores, List<Belongings> belongings, @Nullable String by) {
    this.database = database;
    this.stores = stores;
    this.belongings = belongings;
    this.by = by;
  }

  /** Returns a registrar whose changes are kept as those of somebody. */
  public Registrar by(String who) {
    return new Registrar(database, stores, belongings, who);
  }

  /** The store is there already. */
  public static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken(String id) {
      super(
          "there is a store with the id %s already: use another id, or change it with PATCH or PUT"
              .formatted(id));
    }
  }

  /** This is not allowed to somebody who may see only some stores. */
  public static final class OutOfScope extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfScope(String message) {
      super(message);
    }

    static OutOfScope adding() {
      return new OutOfScope(
          "only who may see every store adds one: ask an admin without tags to add it");
    }

    /** Somebody enters or changes something of stores that they may not all see. */
    public static OutOfScope notAllInSight(Set<String> tags) {
      return new OutOfScope(
          "it is of stores out of your sight: name a store, or one of the tags %s"
              .formatted(String.join(", ", tags)));
    }

    static OutOfScope leaving(Scope scope) {
      return new OutOfScope(
          "the store would be out of your sight: leave it one of the tags %s"
              .formatted(String.join(", ", scope.tags() == null ? List.of() : scope.tags())));
    }
  }

  /**
   * Adds a store.
   *
   * @return its id, which is the given one without the blanks around it
   * @throws IllegalArgumentException if the id is invalid
   * @throws Taken if there is a store of that id
   * @throws OutOfScope if not every store is in the scope
   */
  public String add(Scope scope, String given, StoreDetails details) {
    requireEverything(scope);
    String id = StoreIds.check(given);
    change(
        () -> {
          if (stores.registry().key(id).isPresent()) {
            throw new Taken(id);
          }
          return addNew(id, details);
        });
    return id;
  }

  /**
   * Says something about a store, which is added if it is not there; parts that are not said stay
   * as they are.
   *
   * @return whether it was added
   * @throws IllegalArgumentException if the id is invalid
   * @throws OutOfScope if the store is not there and not every store is in the scope, or would not
   *     be in the scope any more
   */
  boolean put(Scope scope, String id, StoreEdit edit) {
    return change(
        () -> {
          OptionalInt key = scope.key(stores.registry(), id);
          if (key.isEmpty()) {
            requireEverything(scope);
            return addNew(StoreIds.check(id), edit.details());
          }
          revise(scope, key.getAsInt(), edit);
          return false;
        });
  }

  /**
   * Says something about a store that is there; parts that are not said stay as they are.
   *
   * @throws UnknownStore if there is no store of that id in the scope
   * @throws OutOfScope if the store would not be in the scope any more
   */
  void patch(Scope scope, String id, StoreEdit edit) {
    change(
        () -> {
          OptionalInt key = scope.key(stores.registry(), id);
          revise(scope, key.orElseThrow(() -> new UnknownStore(id)), edit);
          return true;
        });
  }

  /**
   * Says parts of a store that is there, as somebody read and changed them: those that are as they
   * are known are not said anew, and stay flagged.
   *
   * @throws UnknownStore if there is no store of that id in the scope
   * @throws OutOfScope if the store would not be in the scope any more
   */
  public void change(Scope scope, String id, StoreDetails details, Set<StorePart> parts) {
    patch(scope, id, new StoreEdit(details, parts, parts));
  }

  private void revise(Scope scope, int key, StoreEdit edit) {
    if (edit.says(StorePart.TAGS) && !scope.includes(edit.details().tags())) {
      throw OutOfScope.leaving(scope);
    }
    Set<StorePart> parts = edit.partsFor(stores.registry(), key);
    if (!parts.isEmpty()) {
      stores.revise(key, edit.laterFor(stores.registry(), key), parts);
    }
  }

  /**
   * Deletes a store with all that belongs to it.
   *
   * @throws UnknownStore if there is no store of that id in the scope
   */
  public void delete(Scope scope, String id) {
    change(
        () -> {
          OptionalInt key = scope.key(stores.registry(), id);
          if (key.isEmpty()) {
            throw new UnknownStore(id);
          }
          belongings.forEach(each -> each.delete(key.getAsInt()));
          stores.delete(key.getAsInt());
          return true;
        });
  }

  private static void requireEverything(Scope scope) {
    if (!scope.isEverything()) {
      throw OutOfScope.adding();
    }
  }

  /** Adds a store under the next key, or under the one that it had before it was deleted. */
  private boolean addNew(String id, StoreDetails details) {
    Registry registry = stores.registry();
    OptionalInt earlier = registry.keyEver(id);
    int key = earlier.orElse(registry.size() + 1);
    if (earlier.isEmpty()) {
      stores.add(key, List.of(id));
    }
    stores.describe(key, details);
    return true;
  }

  /** A change, which returns something about itself. */
  private interface Change {
    boolean make();
  }

  private boolean change(Change change) {
    return database.inWriteTransaction(
        () -> {
          new Revisions(database).by(by, null);
          return change.make();
        });
  }
}
