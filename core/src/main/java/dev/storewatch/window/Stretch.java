package dev.storewatch.window;

import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;

/** When a window is at a store, and which part of it is measured at an as-of instant. */
public sealed interface Stretch permits Window {
  /**
   * Returns the span of the window, which may go on after as-of.
   *
   * @param asOf the instant after which nothing is known, in microseconds since the epoch
   * @param schedule that of the store, on whose clocks and after whose nights it begins and ends
   */
  Span whole(long asOf, Schedule schedule);

  /** Returns the part of the window until as-of: empty if it has not begun. */
  default Span span(long asOf, Schedule schedule) {
    return upTo(asOf, whole(asOf, schedule));
  }

  /** Returns whether it ends by as-of, so that all of it is measured. */
  default boolean isOver(long asOf, Schedule schedule) {
    return whole(asOf, schedule).end() <= asOf;
  }

  /**
   * Returns a span in which the {@link #span} of every store of a zone lies, whatever its hours.
   */
  default Span reach(long asOf, Zone zone) {
    return span(asOf, new Schedule(WeeklyHours.always(), zone));
  }

  /** Returns whether it begins at another instant for another store. */
  boolean isLocal();

  /**
   * Checks that it may be asked for at an as-of instant.
   *
   * @throws WrongInput if it begins after that for every store, or ends at an instant after it that
   *     was given
   */
  default void requireKnown(long asOf) {}

  /** Returns the part of a span until an instant. */
  static Span upTo(long asOf, Span whole) {
    return whole.end() <= asOf ? whole : new Span(Math.min(whole.start(), asOf), asOf);
  }
}
