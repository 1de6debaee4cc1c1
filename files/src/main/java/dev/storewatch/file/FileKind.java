package dev.storewatch.file;

import dev.storewatch.input.WrongInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an import file holds, which the columns in its header tell. */
public enum FileKind {
  /** Whether a store was online at an instant. */
  POLLS("polls"),

  /** When a store is open, by its own clock. */
  HOURS("business hours"),

  /** Where a store's clock is. */
  ZONES("time zones"),

  /** Which tags a store has, a row for each. */
  TAGS("tags"),

  /** What a store is called, and which tags it has. */
  STORES("names and tags"),

  /** Dates on which stores have hours of their own. */
  SPECIAL_DAYS("special days"),

  /** When stores are closed on purpose. */
  CLOSURES("planned closures");

  /** What stands for all stores in the place of an id. */
  static final String ALL_STORES = "*";

  /** The column that has tags in the place of ids, of files that are of several stores. */
  static final String TAG = "tag";

  /** The column that says from which date on hours hold. */
  static final String VALID_FROM = "valid_from";

  /** The column that says what a special day is. */
  static final String LABEL = "label";

  private final String words;

  FileKind(String words) {
    this.words = words;
  }

  /** Returns the names of the columns, in the order in which the parser asks for them. */
  List<String> columns() {
    return switch (this) {
      case POLLS -> List.of("store_id", "status", "timestamp_utc");
      case HOURS -> List.of("store_id", "day", "start_time_local", "end_time_local");
      case ZONES -> List.of("store_id", "timezone_str");
      case TAGS -> List.of("store_id", "tag");
      case STORES -> List.of("store_id", "name", "tags");
      case SPECIAL_DAYS -> List.of("store_id", "date", "start_time_local", "end_time_local");
      case CLOSURES -> List.of("store_id", "from_local", "to_local", "reason");
    };
  }

  /** Returns the names of the columns that a file may have besides. */
  List<String> optionalColumns() {
    return switch (this) {
      case HOURS -> List.of(VALID_FROM);
      case SPECIAL_DAYS -> List.of(LABEL);
      case POLLS, ZONES, TAGS, STORES, CLOSURES -> List.of();
    };
  }

  /**
   * Returns the column that a name stands for in the header of a file of this kind, in any letter
   * case, with or without blanks and underscores; or -1. Names of our own come before others.
   */
  int column(String name) {
    String plain = plain(name);
    if (isOfCalendar() && plain.equals(TAG)) {
      return 0;
    }
    for (int column = 0; column < columns().size(); column++) {
      if (names(columns().get(column)).contains(plain)) {
        return column;
      }
    }
    return -1;
  }

  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_\\-]", "");
  }

  /** Returns by which names a column is known, without blanks and underscores. */
  static List<String> names(String column) {
    return switch (column) {
      case "store_id" -> List.of("storeid", "store", "id");
      case "timestamp_utc" -> List.of("timestamputc", "timestamp", "time", "polledat");
      case "day" -> List.of("day", "dayofweek", "weekday");
      case "start_time_local" -> List.of("starttimelocal", "starttime", "open", "opens");
      case "end_time_local" -> List.of("endtimelocal", "endtime", "close", "closes");
      case "timezone_str" -> List.of("timezonestr", "timezone", "tz");
      case "name" -> List.of("name", "storename");
      case VALID_FROM -> List.of("validfrom", "effectivefrom");
      case "from_local" -> List.of("fromlocal", "fromutc");
      case "to_local" -> List.of("tolocal", "toutc");
      default -> List.of(column);
    };
  }

  /**
   * Returns the kind for all whose files add up in a set: names and tags go together, and every
   * other kind is alone.
   */
  public FileKind inSet() {
    return saysTags() ? TAGS : this;
  }

  /** Returns whether it says which tags stores have, and so who may see them. */
  public boolean saysTags() {
    return switch (this) {
      case TAGS, STORES -> true;
      case POLLS, HOURS, ZONES, SPECIAL_DAYS, CLOSURES -> false;
    };
  }

  /** Returns whether it says what differs from the week, of one store, of a tag, or of all. */
  public boolean isOfCalendar() {
    return switch (this) {
      case SPECIAL_DAYS, CLOSURES -> true;
      case POLLS, HOURS, ZONES, TAGS, STORES -> false;
    };
  }

  /** Returns a right header and what it stands for, for messages. */
  public String example() {
    return String.join(",", columns()) + " (" + words + ")";
  }

  /** Returns what it holds, for messages. */
  public String words() {
    return words;
  }

  /** Returns its name in requests and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the kind of a name.
   *
   * @throws WrongInput if there is none
   */
  public static FileKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInput(
                    "kind is '%s': use polls, hours, zones, tags, stores, special_days or closures, or leave it out"
                        .formatted(word)));
  }
}
