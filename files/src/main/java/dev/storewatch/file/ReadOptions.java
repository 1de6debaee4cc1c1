package dev.storewatch.file;

import dev.storewatch.input.WrongInput;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file that does not say by itself what it means.
 *
 * @param days how it numbers the days of the week; null if it does as usual
 * @param columns for some of our columns, what the file calls it
 * @param active more words for the status active
 * @param inactive more words for the status inactive
 * @param time how it writes the instants of polls
 * @param knownStoresOnly whether rows of stores that are not there yet are rejected
 * @param words how messages about the file call options; no option itself, and not kept
 */
public record ReadOptions(
    @Nullable DayNumbers days,
    Map<String, String> columns,
    List<String> active,
    List<String> inactive,
    TimeForm time,
    boolean knownStoresOnly,
    OptionWords words) {
  /** No options: everything is as usual. */
  public static final ReadOptions NONE =
      new ReadOptions(
          null,
          Map.of(),
          List.of(),
          List.of(),
          new TimeForm.Standard(),
          false,
          OptionWords.COMMAND);

  /** The names of the options, as they are in requests and are kept. */
  public static final List<String> NAMES =
      List.of("days", "columns", "statuses", "time", "time-zone", "known-stores-only");

  private static final String COLUMNS_EXAMPLE = "for example store_id=Shop,status=State";
  private static final String STATUSES_EXAMPLE = "for example active=OK,inactive=CRITICAL;WARNING";
  private static final int LONGEST = 1_000;

  /** Copies the collections. */
  public ReadOptions {
    columns = Map.copyOf(columns);
    active = List.copyOf(active);
    inactive = List.copyOf(inactive);
  }

  /**
   * Reads options from their texts, by the names of {@link #NAMES}.
   *
   * @throws WrongInput if one of them is wrong; the message says what would be right
   */
  public static ReadOptions of(Map<String, String> texts) {
    texts.forEach(
        (name, text) -> {
          if (text.length() > LONGEST) {
            throw new WrongInput("%s is longer than %d characters".formatted(name, LONGEST));
          }
        });
    String days = texts.get("days");
    Map<String, String> statuses = pairs("statuses", texts.get("statuses"), STATUSES_EXAMPLE);
    for (String name : statuses.keySet()) {
      if (!name.equals("active") && !name.equals("inactive")) {
        throw new WrongInput(
            "statuses names '%s': use active and inactive, %s".formatted(name, STATUSES_EXAMPLE));
      }
    }
    return new ReadOptions(
        days == null ? null : DayNumbers.of(days.strip().toLowerCase(Locale.ROOT)),
        checkColumns(pairs("columns", texts.get("columns"), COLUMNS_EXAMPLE)),
        words(statuses.get("active")),
        words(statuses.get("inactive")),
        TimeForm.of(texts.get("time"), texts.get("time-zone")),
        knownStoresOnly(texts.get("known-stores-only")),
        OptionWords.COMMAND);
  }

  private static boolean knownStoresOnly(@Nullable String text) {
    return switch (text == null ? "false" : text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "" -> true;
      case "false" -> false;
      default ->
          throw new WrongInput("known-stores-only is '%s': use true or false".formatted(text));
    };
  }

  private static Map<String, String> checkColumns(Map<String, String> columns) {
    List<String> known =
        Arrays.stream(FileKind.values())
            .flatMap(
                kind -> Stream.concat(kind.columns().stream(), kind.optionalColumns().stream()))
            .distinct()
            .toList();
    for (String name : columns.keySet()) {
      if (!known.contains(name)) {
        throw new WrongInput(
            "columns names '%s', which is not one of ours: they are %s; write ours first, %s"
                .formatted(name, String.join(", ", known), COLUMNS_EXAMPLE));
      }
    }
    return columns;
  }

  /** Reads {@code name=value,name=value}. */
  private static Map<String, String> pairs(String option, @Nullable String text, String example) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (text == null || text.isBlank()) {
      return pairs;
    }
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      if (name.isEmpty() || value.isEmpty() || pairs.put(name, value) != null) {
        throw new WrongInput(
            "%s is '%s': write name=value, each name once, %s".formatted(option, text, example));
      }
    }
    return pairs;
  }

  private static List<String> words(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(";"))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
  }

  /** Returns the same options for a file of somebody who says them elsewhere. */
  public ReadOptions in(OptionWords place) {
    return new ReadOptions(days, columns, active, inactive, time, knownStoresOnly, place);
  }

  /** Returns the options as texts by their names, those alone that are not as usual. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    if (days != null) {
      texts.put("days", days.word());
    }
    if (!columns.isEmpty()) {
      texts.put("columns", joined(new TreeMap<>(columns)));
    }
    Map<String, String> statuses = new LinkedHashMap<>();
    if (!active.isEmpty()) {
      statuses.put("active", String.join(";", active));
    }
    if (!inactive.isEmpty()) {
      statuses.put("inactive", String.join(";", inactive));
    }
    if (!statuses.isEmpty()) {
      texts.put("statuses", joined(statuses));
    }
    texts.putAll(time.texts());
    if (knownStoresOnly) {
      texts.put("known-stores-only", "true");
    }
    return texts;
  }

  private static String joined(Map<String, String> pairs) {
    return String.join(
        ",", pairs.entrySet().stream().map(pair -> pair.getKey() + "=" + pair.getValue()).toList());
  }
}
