package dev.storewatch.store;

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
  private static final int LONGEST_REASON = 500;

  /**
   * Checks the reason.
   *
   * @throws WrongInput if it is invalid
   */
  public PlannedClosure {
    checkReason(closure.reason());
  }

  /**
   * Checks a reason.
   *
   * @throws WrongInput if it is empty, too long, or holds control characters
   */
  public static void checkReason(String reason) {
    if (reason.isBlank()
        || reason.length() > LONGEST_REASON
        || reason.codePoints().anyMatch(StoreIds::isControlOrHalf)) {
      throw new WrongInput(
          "the reason of a closure has 1 to %d characters, none of them a control character: use for example \"Independence Day\""
              .formatted(LONGEST_REASON));
    }
  }

  /** Returns it as it is from now on. */
  public PlannedClosure changed(Closure to, long at, @Nullable String by) {
    return new PlannedClosure(id, target, to, at, by);
  }
}
