package dev.storewatch.store;

import dev.storewatch.entry.EntryTexts;
import dev.storewatch.hours.Closure;
import dev.storewatch.input.WrongInput;
import org.jspecify.annotations.Nullable;

/**
 * A planned closure, of one store, of all stores with a tag, or of all stores.
 *
 * @param id what it is known by
 * @param target of which stores it is
 * @param closure when it is, and why
 * @param enteredAt when somebody entered it, or changed it last, in microseconds since the epoch
 * @param enteredBy who did; null if that is not known
 */
public record PlannedClosure(
    String id, Target target, Closure closure, long enteredAt, @Nullable String enteredBy)
    implements CalendarEntry {
  /**
   * Checks the reason.
   *
   * @throws WrongInput if it is invalid
   */
  public PlannedClosure {
    EntryTexts.checkReason(closure.reason());
  }

  /** Returns it as it is from now on. */
  public PlannedClosure changed(Closure to, long at, @Nullable String by) {
    return new PlannedClosure(id, target, to, at, by);
  }
}
