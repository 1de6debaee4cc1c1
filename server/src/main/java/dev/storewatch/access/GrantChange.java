package dev.storewatch.access;

import dev.storewatch.store.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What is said anew of a grant; what is not said stays as it is. So whoever gives somebody another
 * password, or another role, does not show them more stores than before by leaving something out.
 *
 * @param role the role, or null for the one before
 * @param scope the scope, or null for the one before
 */
public record GrantChange(@Nullable Role role, @Nullable Scope scope) {
  /** Everything said anew. */
  public static GrantChange to(Grant grant) {
    return new GrantChange(grant.role(), grant.scope());
  }

  /** Returns whether everything stays. */
  public boolean isEmpty() {
    return role == null && scope == null;
  }

  /**
   * Returns the grant after the change. Whoever is made an admin sees all stores, because no admin
   * sees only some.
   *
   * @throws IllegalArgumentException if the two do not go together
   */
  Grant of(Grant before) {
    Role after = role == null ? before.role() : role;
    if (scope != null) {
      return new Grant(after, scope);
    }
    return after == Role.ADMIN ? Grant.ADMIN : new Grant(after, before.scope());
  }
}
