package dev.storewatch.store;

import dev.storewatch.database.Columns;
import dev.storewatch.entry.EntryTexts;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A special day of one store, of all stores with a tag, or of all stores, as somebody entered it.
 *
 * @param id what it is known by
 * @param target of which stores it is
 * @param date the date on the clocks of each store
 * @param hours what begins on it, whatever the weekday; none if the stores are closed
 * @param label what the day is; null if nobody said
 * @param enteredAt when somebody entered it, or changed it last, in microseconds since the epoch
 * @param enteredBy who did; null if that is not known
 */
public record PlannedDay(
    String id,
    Target target,
    LocalDate date,
    List<OpeningInterval> hours,
    @Nullable String label,
    long enteredAt,
    @Nullable String enteredBy)
    implements CalendarEntry {
  private static final int MOST_INTERVALS = 100;

  /**
   * Checks the label and the hours, and copies the list.
   *
   * @throws WrongInput if one is invalid
   */
  public PlannedDay {
    String problem = EntryTexts.labelProblem(label);
    if (problem != null) {
      throw new WrongInput(problem);
    }
    if (hours.size() > MOST_INTERVALS) {
      throw new WrongInput(
          "a special day has at most %d intervals, not %d".formatted(MOST_INTERVALS, hours.size()));
    }
    hours = hours.stream().distinct().toList();
  }

  /** Returns the hours as they are kept: {@code 32400-50400,64800-7200}; empty for closed. */
  public String keptHours() {
    return hours.stream()
        .map(interval -> interval.opens() + "-" + interval.closes())
        .collect(Collectors.joining(","));
  }

  /** Returns days as rows, in which 0 and empty texts stand for null. */
  static Columns columns(List<PlannedDay> days) {
    return EntryRows.of(days)
        .ints("date", days.stream().mapToInt(day -> (int) day.date.toEpochDay()).toArray())
        .texts("hours", days.stream().map(PlannedDay::keptHours).toList())
        .texts("label", days.stream().map(day -> EntryRows.text(day.label)).toList());
  }

  /** Reads hours as they are kept. */
  public static List<OpeningInterval> readHours(LocalDate date, String kept) {
    return kept.isEmpty()
        ? List.of()
        : Arrays.stream(kept.split(",", -1))
            .map(interval -> interval.split("-", -1))
            .map(
                times ->
                    new OpeningInterval(
                        date.getDayOfWeek(),
                        Integer.parseInt(times[0]),
                        Integer.parseInt(times[1])))
            .toList();
  }
}
