package dev.storewatch.demo;

import dev.storewatch.demo.Dice.Share;
import dev.storewatch.hours.OpeningInterval;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The opening hours that stores of a chain have on record. */
final class Hours {
  private static final double WITHOUT_HOURS = 0.15;
  private static final double OTHER_HOURS_AT_WEEKEND = 0.25;

  /** What a store does on one weekday, in parts of a hundred. */
  private static final List<Share<List<Shift>>> DAYS =
      List.of(
          day(13, "11:00:00-21:00:00"),
          day(10, "11:00:00-22:00:00"),
          day(8, "10:00:00-22:00:00"),
          day(7, "11:00:00-20:30:00"),
          day(7, "06:00:00-19:00:00"),
          day(6, "07:00:00-21:00:00"),
          day(6, "11:00:00-23:00:00"),
          day(8, "11:00:00-23:59:00"),
          day(7, "10:00:00-23:59:59"),
          day(4, "11:00:00-14:30:00 17:00:00-22:00:00"),
          day(2, "07:00:00-10:30:00 11:30:00-15:00:00 17:30:00-21:00:00"),
          day(4, "17:00:00-02:00:00"),
          day(3, "11:00:00-00:00:00"),
          day(5, "00:00:00-02:00:00 17:00:00-23:59:59"),
          day(5, "00:00:00-23:59:00"),
          day(3, "00:00:00-23:59:59"),
          day(1, "00:00:00-24:00:00"),
          day(1, "06:00:00-06:00:00"));

  /** The weekdays on which a store stays closed, in parts of a hundred. */
  private static final List<Share<Set<DayOfWeek>>> CLOSED =
      List.of(
          new Share<>(76, Set.of()),
          new Share<>(11, Set.of(DayOfWeek.SUNDAY)),
          new Share<>(9, Set.of(DayOfWeek.MONDAY)),
          new Share<>(4, Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)));

  private Hours() {}

  /** Returns the intervals of a store's week in no order; none if no hours are on record. */
  static List<OpeningInterval> draw(Dice dice) {
    if (dice.chance(WITHOUT_HOURS)) {
      return List.of();
    }
    List<Shift> weekday = dice.pickByShare(DAYS);
    List<Shift> weekend = dice.chance(OTHER_HOURS_AT_WEEKEND) ? dice.pickByShare(DAYS) : weekday;
    Set<DayOfWeek> closed = dice.pickByShare(CLOSED);
    return dice.shuffled(
        Arrays.stream(DayOfWeek.values())
            .filter(day -> !closed.contains(day))
            .flatMap(
                day -> (isWeekend(day) ? weekend : weekday).stream().map(shift -> shift.on(day)))
            .toList());
  }

  private static boolean isWeekend(DayOfWeek day) {
    return day.compareTo(DayOfWeek.FRIDAY) > 0;
  }

  private static Share<List<Shift>> day(int parts, String shifts) {
    return new Share<>(parts, Arrays.stream(shifts.split(" ")).map(Shift::parse).toList());
  }

  /**
   * The times of an opening interval on any weekday.
   *
   * @param opens seconds after midnight
   * @param closes seconds after midnight
   */
  private record Shift(int opens, int closes) {
    static Shift parse(String text) {
      return new Shift(seconds(text.substring(0, 8)), seconds(text.substring(9)));
    }

    private static int seconds(String time) {
      return 3_600 * Integer.parseInt(time.substring(0, 2))
          + 60 * Integer.parseInt(time.substring(3, 5))
          + Integer.parseInt(time.substring(6));
    }

    OpeningInterval on(DayOfWeek day) {
      return new OpeningInterval(day, opens, closes);
    }
  }
}
