package dev.storewatch.gate;

import dev.storewatch.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * A call that a request may make, and who may make it.
 *
 * @param role the least role that may
 * @param action the word for it in the audit trail, when it changes something; else null
 * @param isFrequent whether it is done so often that the trail counts it instead of listing it
 * @param isOfAllStores whether its answer is about all stores at once, so that a caller who may see
 *     only some may not make it
 */
record Call(Role role, @Nullable String action, boolean isFrequent, boolean isOfAllStores) {
  static Call reads(Role role) {
    return new Call(role, null, false, false);
  }

  static Call readsAllStores(Role role) {
    return new Call(role, null, false, true);
  }

  static Call changes(Role role, String action) {
    return new Call(role, action, false, false);
  }

  static Call changesAllStores(Role role, String action) {
    return new Call(role, action, false, true);
  }

  static Call changesOften(Role role, String action) {
    return new Call(role, action, true, false);
  }

  /**
   * Returns whether something is there after it that was not before. What takes away, or changes
   * what somebody may do, must be possible on a full disk too.
   *
   * @param method the method of the request
   */
  boolean adds(String method) {
    return action != null && (method.equals("POST") || method.equals("GET"));
  }
}
