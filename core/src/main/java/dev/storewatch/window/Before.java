package dev.storewatch.window;

import dev.storewatch.hours.Schedule;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;

/**
 * The time before a window that ends at as-of, of the same length: it ends where that one begins.
 *
 * @param window elapsed time, or years and months of the calendar
 */
public record Before(Window window) implements Window {
  static final String SUFFIX = "-before";

  /**
   * Checks the window.
   *
   * @throws WrongInput if it is the time before another one already
   */
  public Before {
    if (window instanceof Before) {
      throw new WrongInput(
          "'%s' is the time before a window: ask for that of a window itself, for example P7D-before"
              .formatted(window.format()));
    }
  }

  @Override
  public Span whole(long asOf, Schedule schedule) {
    return window.whole(window.whole(asOf, schedule).start(), schedule);
  }

  @Override
  public boolean isLocal() {
    return window.isLocal();
  }

  @Override
  public Window before() {
    return new Before(this);
  }

  @Override
  public String format() {
    return window.format() + SUFFIX;
  }
}
