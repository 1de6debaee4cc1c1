package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Scope;

/**
 * What somebody may do, and with which stores.
 *
 * @param role what
 * @param scope which stores
 */
public record Grant(Role role, Scope scope) {
  /** The grant to do everything. */
  static final Grant ADMIN = new Grant(Role.ADMIN, Scope.EVERYTHING);

  /**
   * Checks that the two go together.
   *
   * @throws IllegalArgumentException if an administrator is to see only some stores
   */
  public Grant {
    if (role == Role.ADMIN && !scope.isEverything()) {
      throw new WrongInput(
          "an admin changes keys and people, so its scope would hold nobody: leave the tags out, or"
              + " use the role operator or viewer");
    }
  }
}
