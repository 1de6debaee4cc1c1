package dev.storewatch.file;

import dev.storewatch.entry.StoreIds;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.instant.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * A reader of polls in JSON, as they are pushed and as files have one on each line: each an object
 * such as {@code {"store_id":"42","status":"active","timestamp_utc":"2023-01-25T18:13:22Z"}}.
 *
 * <p>It is used again for the next poll. What is wrong with a poll is a sentence that says what
 * would be right.
 */
public final class JsonPoll {
  private static final String EXAMPLE =
      """
      {"store_id":"42","status":"active","timestamp_utc":"2023-01-25T18:13:22Z"}\
      """;
  private static final String NO_OBJECT = "not an object: write a poll like " + EXAMPLE;
  private static final String BAD_UTF_8 = "bad UTF-8: write all of it in UTF-8";
  private static final String TOO_MUCH =
      "nested too deeply, or with too long a name or number: write a poll like " + EXAMPLE;

  private static final List<String> FIELDS = List.of("store_id", "status", "timestamp_utc");
  private static final int LONGEST_TEXT = 256;
  private static final int NAME_SHOWN = 60;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  /** What the file means by its words; null for pushes, which use our own. */
  private final @Nullable Meaning meaning;

  /** What the fields are called, in the order of {@link #FIELDS}. */
  private final List<String> names;

  private final InstantReader instants = new InstantReader();
  private final byte[] text = new byte[LONGEST_TEXT + 1 + Lines.SLACK];

  private String storeId = "";
  private int status;
  private long at;
  private int found;
  private @Nullable String problem;
  private @Nullable Broken broken;

  /** A reader of polls that are pushed. */
  public JsonPoll() {
    this(null, FIELDS);
  }

  private JsonPoll(@Nullable Meaning meaning, List<String> names) {
    this.meaning = meaning;
    this.names = names;
  }

  /**
   * Returns a reader of the polls of a file, which may have other names and words.
   *
   * @throws BadFileException if two of our fields are to have one name
   */
  static JsonPoll of(String file, Meaning meaning, ReadOptions options) throws BadFileException {
    List<String> names =
        FIELDS.stream().map(field -> options.columns().getOrDefault(field, field)).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new BadFileException(
          file,
          "has one field for two of ours by %s: name another field for each"
              .formatted(options.words().name("columns")));
    }
    return new JsonPoll(meaning, names);
  }

  /**
   * Where an item stops being JSON: in an array, nobody knows where the next item begins after
   * that.
   *
   * @param line the line in the item, from 1
   * @param column the column in that line, from 1
   */
  public record Broken(int line, int column) {}

  /**
   * Reads a poll from the bytes {@code [from, to)} of an array.
   *
   * @return what is wrong with it, but for polls from the future; null when it is right
   */
  public @Nullable String read(byte[] item, int from, int to) {
    problem = null;
    broken = null;
    found = 0;
    if (Words.hasNonAscii(item, from, to) && !Utf8.isValid(item, from, to)) {
      return BAD_UTF_8;
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), item, from, to - from)) {
      readObject(json);
      if (json.nextToken() != null) {
        breakAt(json, "something follows the object");
      }
    } catch (StreamConstraintsException e) {
      return TOO_MUCH;
    } catch (JacksonException e) {
      broken = new Broken(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      return "not JSON: " + words(e.getOriginalMessage());
    }
    checkFields();
    return problem;
  }

  /** Returns where the item stops being JSON, if it does. */
  public @Nullable Broken broken() {
    return broken;
  }

  /** Returns the id, without the blanks around it. */
  public String storeId() {
    return storeId;
  }

  /** Returns whether the store was online. */
  public boolean isActive() {
    return status == Statuses.ACTIVE;
  }

  /** Returns the instant in microseconds since the epoch. */
  public long at() {
    return at;
  }

  private void breakAt(JsonParser json, String reason) {
    broken =
        new Broken(
            json.currentTokenLocation().getLineNr(), json.currentTokenLocation().getColumnNr());
    problem = "not JSON: " + reason;
  }

  /** Leaves out what Jackson adds in brackets, because it is about Jackson's own settings. */
  private static String words(String message) {
    int bracket = message.indexOf(" (start marker");
    return bracket < 0 ? message : message.substring(0, bracket);
  }

  private void readObject(JsonParser json) {
    JsonToken start = json.nextToken();
    if (start != JsonToken.START_OBJECT) {
      if (start == null) {
        broken = new Broken(1, 1);
      }
      note(NO_OBJECT);
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      take(name, value, json);
      json.skipChildren();
    }
  }

  private void take(String name, JsonToken value, JsonParser json) {
    int field = names.indexOf(name);
    if (field < 0) {
      note(
          "unknown field '%s': use %s%s"
              .formatted(
                  cut(name),
                  words(names),
                  meaning == null
                      ? ""
                      : ", or name yours with " + meaning.words().with("columns", "store_id=ID")));
      return;
    }
    if ((found & (1 << field)) != 0) {
      note("the field %s is there twice: write it once".formatted(name));
      return;
    }
    found |= 1 << field;
    switch (field) {
      case 0 -> takeId(value, json);
      case 1 -> takeStatus(value, json);
      default -> takeTime(value, json);
    }
  }

  private static String cut(String name) {
    return name.length() <= NAME_SHOWN ? name : name.substring(0, NAME_SHOWN) + "…";
  }

  private void takeId(JsonToken value, JsonParser json) {
    if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
      note(
          "%s is %s: write a text such as \"42\", or a whole number"
              .formatted(names.getFirst(), type(value)));
      return;
    }
    storeId = StoreIds.stripped(json.getString());
    String wrong = StoreIds.problem(storeId);
    if (wrong != null) {
      note(wrong);
    }
  }

  private void takeStatus(JsonToken value, JsonParser json) {
    if (!isText(value)) {
      note("%s is %s: write \"active\" or \"inactive\"".formatted(names.get(1), type(value)));
      return;
    }
    int length = spread(json.getString());
    status = length < 0 ? Statuses.UNKNOWN : status(length);
    if (status == Statuses.UNKNOWN) {
      note(meaning == null ? Statuses.PROBLEM : meaning.statusProblem());
    }
  }

  private void takeTime(JsonToken value, JsonParser json) {
    if (!isText(value)) {
      note(
          "%s is %s: write a text such as \"2023-01-25T18:13:22Z\""
              .formatted(names.getLast(), type(value)));
      return;
    }
    String time = json.getString();
    int length = spread(time);
    at = length < 0 ? Timestamps.IMPOSSIBLE : instant(length);
    if (at == Timestamps.IMPOSSIBLE) {
      note(meaning == null ? Timestamps.IMPOSSIBLE_PROBLEM : meaning.timeProblem(time));
    } else if (at == Timestamps.OTHER_YEARS) {
      note(Timestamps.OTHER_YEARS_PROBLEM);
    }
  }

  /** Returns whether a value may stand for a text: files may have numbers and truth as well. */
  private boolean isText(JsonToken value) {
    return value == JsonToken.VALUE_STRING
        || (meaning != null && value.isScalarValue() && value != JsonToken.VALUE_NULL);
  }

  private int status(int length) {
    return meaning == null ? Statuses.read(text, 0, length) : meaning.status(text, 0, length);
  }

  private long instant(int length) {
    return meaning == null ? instants.read(text, 0, length) : meaning.instant(text, 0, length);
  }

  /**
   * Copies a text to the array from which times are read as in a file; returns its length, or -1 if
   * it is too long.
   */
  private int spread(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > LONGEST_TEXT) {
      return -1;
    }
    System.arraycopy(utf8, 0, text, 0, utf8.length);
    text[utf8.length] = '\n';
    return utf8.length;
  }

  private static String type(JsonToken value) {
    return switch (value) {
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction";
      default -> "a number";
    };
  }

  private void checkFields() {
    for (int field = 0; field < names.size(); field++) {
      if ((found & (1 << field)) == 0) {
        note("%s is missing: every poll has %s".formatted(names.get(field), words(names)));
      }
    }
  }

  private static String words(List<String> names) {
    return "%s, %s and %s".formatted(names.get(0), names.get(1), names.get(2));
  }

  private void note(String found) {
    if (problem == null) {
      problem = found;
    }
  }
}
