package dev.storewatch.hours;

import java.time.LocalDate;

/** The rule that makes a store open, closed, or excluded from up and down time for a while. */
public sealed interface Basis {
  /** Returns the rule as people read it, such as {@code weekly hours since 2026-06-01}. */
  String words();

  /**
   * The hours of the week.
   *
   * @param since the date from which they hold; {@link LocalDate#MIN} from the beginning of time
   */
  record Weekly(LocalDate since) implements Basis {
    /** Returns whether they hold from the beginning of time. */
    public boolean isFromBeginning() {
      return since.equals(LocalDate.MIN);
    }

    @Override
    public String words() {
      return isFromBeginning() ? "weekly hours" : "weekly hours since " + since;
    }
  }

  /** The hours of a special day, which replace those of the week. */
  record Special(SpecialDay day) implements Basis {
    @Override
    public String words() {
      String label = day.label();
      return "special day %s of %s".formatted(label == null ? day.date() : label, day.of().words());
    }
  }

  /** A planned closure. */
  record Planned(Closure closure) implements Basis {
    @Override
    public String words() {
      return "closure " + closure.reason();
    }
  }

  /** Returns what the hours of a date rest on. */
  static Basis of(DatedHours.Day day) {
    SpecialDay special = day.special();
    return special == null ? new Weekly(day.since()) : new Special(special);
  }
}
