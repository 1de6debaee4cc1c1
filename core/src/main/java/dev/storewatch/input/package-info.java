/**
 * What somebody sent, typed or set that is invalid.
 *
 * <h2>Rationale</h2>
 *
 * <p>Everything knows this one type, down to the core, so that one handler can answer it and
 * whatever else is thrown is a bug: 500, logged. When any {@code IllegalArgumentException} was
 * answered as the caller's mistake, mistakes of the program were blamed on callers and never seen.
 */
@NullMarked
package dev.storewatch.input;

import org.jspecify.annotations.NullMarked;
