package dev.storewatch.store;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Something that somebody entered of one store, of all stores with a tag, or of all stores. */
public sealed interface CalendarEntry permits PlannedClosure, PlannedDay {
  /** The order in which entries were entered. */
  Comparator<CalendarEntry> AS_ENTERED =
      Comparator.comparingLong(CalendarEntry::enteredAt).thenComparing(CalendarEntry::id);

  /** Returns what it is known by, the same through all changes. */
  String id();

  /** Returns of which stores it is. */
  Target target();

  /** Returns when somebody entered it, or changed it last, in microseconds since the epoch. */
  long enteredAt();

  /** Returns who did; null if that is not known. */
  @Nullable String enteredBy();
}
