/**
 * What a request passes before it reaches a handler.
 *
 * <h2>Rationale</h2>
 *
 * <p>What each role may call is one table, {@code Calls}, and not an annotation at each handler: a
 * call that is not in it is open to nobody, so one that somebody forgets is closed and not open. It
 * is decided by the pattern of the handler that was found, because a rule on paths can be led past
 * by another spelling of a path.
 */
@NullMarked
package dev.storewatch.gate;

import org.jspecify.annotations.NullMarked;
