package dev.storewatch.calendar;

import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Target;
import dev.storewatch.store.UnknownStore;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of which stores somebody says that something is.
 *
 * <p>Who may see some stores alone enters what is of no others: of a store in the scope, or of one
 * of its tags.
 */
final class Targets {
  private Targets() {}

  /**
   * Returns the stores that a request names in one of three ways.
   *
   * @param store the id of one, or null
   * @param tag the tag of some, or null
   * @param all true for all
   * @throws WrongInput if it names none or several, or no store has the tag
   * @throws UnknownStore if the store is not in the scope
   * @throws Registrar.OutOfScope if the caller may not see all of them
   */
  static Target read(
      Registry registry,
      Scope scope,
      @Nullable String store,
      @Nullable String tag,
      @Nullable Boolean all) {
    boolean isOfAll = Boolean.TRUE.equals(all);
    int said = (store == null ? 0 : 1) + (tag == null ? 0 : 1) + (isOfAll ? 1 : 0);
    if (said != 1) {
      throw new WrongInput(
          "it is of one store, of the stores with a tag, or of all stores: send one of store, tag"
              + " and all, for example \"all\": true");
    }
    Target target = store == null ? new Target(null, tag) : one(registry, scope, store);
    requireWithin(registry, scope, target);
    if (tag != null && target.keys(registry).findAny().isEmpty()) {
      throw new WrongInput(
          "there is no store with the tag %s: use a tag that stores have".formatted(tag));
    }
    return target;
  }

  private static Target one(Registry registry, Scope scope, String store) {
    String id = store.strip();
    return new Target(
        scope.key(registry, id).stream().boxed().findAny().orElseThrow(() -> new UnknownStore(id)),
        null);
  }

  /**
   * Checks that a caller may see all stores that something is of.
   *
   * @throws Registrar.OutOfScope if not
   */
  static void requireWithin(Registry registry, Scope scope, Target target) {
    Set<String> own = scope.tags();
    if (own != null && !target.isWithin(scope, registry)) {
      throw Registrar.OutOfScope.notAllInSight(own);
    }
  }
}
