package dev.storewatch.file;

import dev.storewatch.input.WrongInput;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a file numbers the days of the week. */
public enum DayNumbers {
  /** 0 to 6 from Monday on: what a file means that says nothing else. */
  MONDAY_0("monday=0", 0, 0),

  /** 1 to 7 from Monday on, as ISO 8601 does. */
  MONDAY_1("monday=1", 1, 0),

  /** 0 to 6 from Sunday on, as cron and JavaScript do. */
  SUNDAY_0("sunday=0", 0, 6),

  /** 1 to 7 from Sunday on, as spreadsheets and some databases do. */
  SUNDAY_1("sunday=1", 1, 6);

  private final String word;
  private final int first;
  private final int shift;

  DayNumbers(String word, int first, int shift) {
    this.word = word;
    this.first = first;
    this.shift = shift;
  }

  /** Returns its name in options. */
  public String word() {
    return word;
  }

  /**
   * Returns the numbering of a name.
   *
   * @throws WrongInput if there is none
   */
  public static DayNumbers of(String word) {
    return Arrays.stream(values())
        .filter(numbers -> numbers.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInput(
                    "days is '%s': use %s"
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(DayNumbers::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** Returns the day of a number, 0 (Monday) to 6 (Sunday), or -1 if there is none. */
  int day(int number) {
    int from = number - first;
    return from < 0 || from > 6 ? -1 : (from + shift) % 7;
  }

  /** Returns which numbers stand for Monday and Sunday, for messages. */
  String range() {
    return shift == 0
        ? "%d (Monday) to %d (Sunday)".formatted(first, first + 6)
        : "%d (Sunday) to %d (Saturday)".formatted(first, first + 6);
  }
}
