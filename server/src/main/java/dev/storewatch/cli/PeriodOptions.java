package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for periods, which do not end at the as-of instant as windows do. */
final class PeriodOptions {
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern WEEK = Pattern.compile("(?i)\\d{4}-W\\d{2}");
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");

  @Option(
      names = "--from",
      paramLabel = "DATE|INSTANT",
      description =
          "The start of a period: a date on the clocks of each store, such as 2026-03-01, or an"
              + " instant, such as 2026-03-01T00:00:00Z.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "DATE|INSTANT",
      description =
          "The end of the period: its last date, which ends with its night, or the first instant"
              + " after it.")
  private @Nullable String to;

  @Option(
      names = "--day",
      split = ",",
      paramLabel = "DATE",
      description =
          "A business day, which ends when its night ends: 2026-03-04, yesterday or today.")
  private List<String> days = List.of();

  @Option(
      names = "--week",
      split = ",",
      paramLabel = "WEEK",
      description = "A week from Monday to Sunday: 2026-W10, last or this.")
  private List<String> weeks = List.of();

  @Option(
      names = "--month",
      split = ",",
      paramLabel = "MONTH",
      description = "A month: 2026-03, last or this. Each of these several times, or with commas.")
  private List<String> months = List.of();

  /**
   * Returns the periods that are asked for.
   *
   * @throws WrongInput if one is not what its option says
   */
  List<Asked> periods() {
    List<Asked> asked = new ArrayList<>();
    if (from != null || to != null) {
      asked.add(Window.between(from, to));
    }
    days.forEach(day -> asked.add(day(day.strip())));
    weeks.forEach(week -> asked.add(named("--week", week.strip(), WEEK, "week", "2026-W10")));
    months.forEach(month -> asked.add(named("--month", month.strip(), MONTH, "month", "2026-03")));
    return asked;
  }

  private static Asked day(String text) {
    if (Stream.of("yesterday", "today").noneMatch(text::equalsIgnoreCase)
        && !DAY.matcher(text).matches()) {
      throw new WrongInput(
          "--day is '%s': use a date such as 2026-03-04, yesterday or today".formatted(text));
    }
    return Asked.parse(text);
  }

  private static Asked named(
      String option, String text, Pattern form, String unit, String example) {
    if (Stream.of("last", "this").anyMatch(text::equalsIgnoreCase)) {
      return Asked.parse(text + "-" + unit);
    }
    if (!form.matcher(text).matches()) {
      throw new WrongInput(
          "%s is '%s': use for example %s, last or this".formatted(option, text, example));
    }
    return Asked.parse(text);
  }
}
