package dev.storewatch.calendar;

import dev.storewatch.input.WrongInput;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates as people write them. */
public final class Dates {
  private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9998, 12, 31);

  private Dates() {}

  /**
   * Returns a date.
   *
   * @param name what it is, for the message
   * @throws WrongInput if the text is none of the years 1900 to 9998
   */
  public static LocalDate read(String name, String text) {
    try {
      LocalDate date = LocalDate.parse(text.strip());
      if (!date.isBefore(FIRST) && !date.isAfter(LAST)) {
        return date;
      }
    } catch (DateTimeException e) {
      throw wrong(name, text, e);
    }
    throw wrong(name, text, null);
  }

  private static WrongInput wrong(String name, String text, @Nullable Exception cause) {
    return new WrongInput(
        "%s is '%s', which is not a date of the years 1900 to 9998: use for example 2026-11-27"
            .formatted(name, text),
        cause);
  }
}
