package dev.storewatch.push;

import dev.storewatch.file.Lines;
import dev.storewatch.file.Statuses;
import dev.storewatch.file.Timestamps;
import dev.storewatch.file.Utf8;
import dev.storewatch.file.Words;
import dev.storewatch.poll.FuturePolls;
import dev.storewatch.store.StoreIds;
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
 * A reader of pushed polls, each a JSON object such as {@code
 * {"store_id":"42","status":"active","timestamp_utc":"2023-01-25T18:13:22Z"}}.
 *
 * <p>It is used again for the next poll. What is wrong with a poll is a sentence that says what
 * would be right.
 */
final class PushedPoll {
  static final String TOO_LONG = "item longer than 64 KiB: the limit is 65,536 bytes";

  private static final String EXAMPLE =
      """
      {"store_id":"42","status":"active","timestamp_utc":"2023-01-25T18:13:22Z"}\
      """;
  private static final String NO_OBJECT = "not an object: write a poll like " + EXAMPLE;
  private static final String BAD_UTF_8 = "bad UTF-8: send the body in UTF-8";
  private static final String TOO_MUCH =
      "nested too deeply, or with too long a name or number: write a poll like " + EXAMPLE;

  private static final List<String> FIELDS = List.of("store_id", "status", "timestamp_utc");
  private static final int LONGEST_TIME = 64;
  private static final int NAME_SHOWN = 60;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  private final Timestamps timestamps = new Timestamps();
  private final byte[] text = new byte[LONGEST_TIME + 1 + Lines.SLACK];

  private String storeId = "";
  private int status;
  private long at;
  private int found;
  private @Nullable String problem;
  private @Nullable Broken broken;

  /**
   * Where an item stops being JSON: in an array, nobody knows where the next item begins after
   * that.
   *
   * @param line the line in the item, from 1
   * @param column the column in that line, from 1
   */
  record Broken(int line, int column) {}

  /**
   * Reads a poll.
   *
   * @param now the moment at which it is received, in microseconds since the epoch
   * @return what is wrong with it; null when it is right
   */
  @Nullable String read(byte[] item, int length, long now) {
    problem = null;
    broken = null;
    found = 0;
    if (Words.hasNonAscii(item, 0, length) && !Utf8.isValid(item, 0, length)) {
      return BAD_UTF_8;
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), item, 0, length)) {
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
    checkFields(now);
    return problem;
  }

  /** Returns where the item stops being JSON, if it does. */
  @Nullable Broken broken() {
    return broken;
  }

  String storeId() {
    return storeId;
  }

  boolean isActive() {
    return status == Statuses.ACTIVE;
  }

  /** Returns the instant in microseconds since the epoch. */
  long at() {
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
    int field = FIELDS.indexOf(name);
    if (field < 0) {
      note("unknown field '%s': use store_id, status and timestamp_utc".formatted(cut(name)));
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
      note("store_id is %s: write a text such as \"42\", or a whole number".formatted(type(value)));
      return;
    }
    storeId = json.getString();
    String wrong = StoreIds.problem(storeId);
    if (wrong != null) {
      note(wrong);
    }
  }

  private void takeStatus(JsonToken value, JsonParser json) {
    if (value != JsonToken.VALUE_STRING) {
      note("status is %s: write \"active\" or \"inactive\"".formatted(type(value)));
      return;
    }
    int length = spread(json.getString());
    status = length < 0 ? Statuses.UNKNOWN : Statuses.read(text, 0, length);
    if (status == Statuses.UNKNOWN) {
      note(Statuses.PROBLEM);
    }
  }

  private void takeTime(JsonToken value, JsonParser json) {
    if (value != JsonToken.VALUE_STRING) {
      note(
          "timestamp_utc is %s: write a text such as \"2023-01-25T18:13:22Z\""
              .formatted(type(value)));
      return;
    }
    int length = spread(json.getString());
    at = length < 0 ? Timestamps.IMPOSSIBLE : timestamps.read(text, 0);
    if (at == Timestamps.IMPOSSIBLE || timestamps.end() != length) {
      note(Timestamps.IMPOSSIBLE_PROBLEM);
    } else if (at == Timestamps.OTHER_YEARS) {
      note(Timestamps.OTHER_YEARS_PROBLEM);
    }
  }

  /**
   * Copies a text to the array from which times are read as in a file; returns its length, or -1 if
   * it is too long.
   */
  private int spread(String value) {
    if (value.length() > LONGEST_TIME) {
      return -1;
    }
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      text[i] = (byte) (letter < 0x80 ? letter : '?');
    }
    text[value.length()] = '\n';
    return value.length();
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

  private void checkFields(long now) {
    for (int field = 0; field < FIELDS.size(); field++) {
      if ((found & (1 << field)) == 0) {
        note(
            "%s is missing: every poll has store_id, status and timestamp_utc"
                .formatted(FIELDS.get(field)));
      }
    }
    if (problem == null && at > FuturePolls.latest(now)) {
      note(FuturePolls.problem(now));
    }
  }

  private void note(String found) {
    if (problem == null) {
      problem = found;
    }
  }
}
