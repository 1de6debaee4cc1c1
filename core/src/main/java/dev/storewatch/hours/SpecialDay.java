package dev.storewatch.hours;

import dev.storewatch.interval.SpanSet;
import java.time.LocalDate;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A date on which a store has hours of its own: they replace all weekly intervals that begin on it.
 * The night before ends as usual.
 *
 * @param date the date on the clocks of the store
 * @param open what begins on it, in microseconds after its midnight; empty for a day on which the
 *     store is closed
 * @param label what the day is, such as a holiday; null if nobody said
 * @param of whether it was said of the store itself, of its tags, or of all stores
 */
public record SpecialDay(LocalDate date, SpanSet open, @Nullable String label, Of of) {
  /** Of which stores somebody said that a day is special. */
  public enum Of {
    /** The store itself. */
    STORE("the store"),
    /** The stores with a tag, or several. */
    TAG("a tag"),
    /** All stores. */
    ALL("all stores");

    private final String words;

    Of(String words) {
      this.words = words;
    }

    /** Returns the words for it in a sentence. */
    public String words() {
      return words;
    }
  }

  /**
   * Returns the day of some intervals, whatever their weekday; none for a day on which the store is
   * closed.
   *
   * @param lateClose how a closing time of 23:59 or later is read
   */
  public static SpecialDay of(
      LocalDate date,
      Collection<OpeningInterval> intervals,
      LateClose lateClose,
      @Nullable String label,
      Of of) {
    return new SpecialDay(date, WeeklyHours.ofDay(intervals, lateClose), label, of);
  }
}
