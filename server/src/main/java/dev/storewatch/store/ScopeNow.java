package dev.storewatch.store;

import java.util.Optional;

/**
 * The stores that somebody may see at the moment, for answers that take so long that this may
 * change meanwhile.
 */
public interface ScopeNow {
  /** Returns the scope; empty when they may not ask any more. */
  Optional<Scope> get();
}
