package dev.storewatch.store;

import java.util.Optional;

/**
 * Which stores somebody may see at the moment; for answers that take so long that it may change
 * meanwhile.
 */
public interface ScopeNow {
  /** Returns the scope, or nothing when they may not ask any more. */
  Optional<Scope> get();
}
