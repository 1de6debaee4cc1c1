package dev.storewatch.source;

import dev.storewatch.entry.FuturePolls;
import dev.storewatch.file.CsvPoll;
import dev.storewatch.file.JsonPoll;
import dev.storewatch.file.PollItems;
import dev.storewatch.file.RejectedText;
import dev.storewatch.poll.PollBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the values of records, one after the other. Its good polls go into a batch, whatever
 * is wrong with the others.
 */
final class KafkaValue {
  private static final int TEXT_SHOWN = 500;
  private static final String TOO_LONG = "longer than 64 KiB: the limit is 65,536 bytes";

  private final KafkaFormat format;
  private final long mostBytes;
  private final JsonPoll json = new JsonPoll();
  private final CsvPoll csv = new CsvPoll();

  private long now;
  private int wrong;
  private @Nullable String reason;
  private String text = "";

  /**
   * A reader.
   *
   * @param mostBytes the largest value that is read
   */
  KafkaValue(KafkaFormat format, long mostBytes) {
    this.format = format;
    this.mostBytes = mostBytes;
  }

  /**
   * Reads a value, and adds its good polls to a batch.
   *
   * @param item the number under which they are added
   * @param at the clock, in microseconds since the epoch
   */
  void read(byte[] value, long item, PollBatch batch, long at) {
    now = at;
    wrong = 0;
    reason = null;
    text = "";
    if (value.length > mostBytes) {
      String problem =
          "value of %d bytes: the limit is %d (%s.record-bytes)"
              .formatted(value.length, mostBytes, KafkaSettings.PREFIX);
      reject(problem, value, value.length);
      return;
    }
    try {
      if (isJson(value)) {
        readJson(value, item, batch);
      } else {
        readCsv(value, item, batch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of an array in memory
    }
  }

  /** Returns how many polls of the value are wrong. */
  int wrong() {
    return wrong;
  }

  /** Returns what is wrong with the value, of which more may be wrong; null if nothing is. */
  @Nullable String reason() {
    return wrong > 1 ? "%s (and %d more)".formatted(reason, wrong - 1) : reason;
  }

  /** Returns the poll that is wrong, or the first of them, cut if it is long. */
  String text() {
    return text;
  }

  private boolean isJson(byte[] value) {
    return switch (format) {
      case JSON -> true;
      case CSV -> false;
      case AUTO -> beginsWithBracket(value);
    };
  }

  private static boolean beginsWithBracket(byte[] value) {
    for (byte each : value) {
      // A byte order mark is three bytes below zero.
      if (each == '{' || each == '[') {
        return true;
      }
      if (each > ' ') {
        return false;
      }
    }
    return false;
  }

  private void readJson(byte[] value, long item, PollBatch batch) throws IOException {
    PollItems items = PollItems.ofJson(new ByteArrayInputStream(value));
    int number = 0;
    while (items.next()) {
      number++;
      String problem = problemOfJson(items);
      if (problem == null) {
        batch.add(item, json.storeId(), json.at(), json.isActive());
        continue;
      }
      reject(named(items, number, problem), items.bytes(), items.length());
      if (items.form() == PollItems.Form.ARRAY && json.broken() != null) {
        return; // nobody knows where the next one begins
      }
    }
    if (items.form() == PollItems.Form.ARRAY && items.breakage() != null) {
      reject("%s; what is before it was taken".formatted(items.breakage()), value, value.length);
    } else if (items.form() == PollItems.Form.OTHER) {
      reject(
          "neither an object nor an array: write a poll like"
              + " {\"store_id\":\"42\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T18:13:22Z\"}",
          value,
          value.length);
    }
  }

  private @Nullable String problemOfJson(PollItems items) {
    if (items.isTooLong()) {
      return TOO_LONG;
    }
    if (items.form() == PollItems.Form.OBJECT && items.breakage() != null) {
      return "text after the end of the object: send several polls as an array";
    }
    String problem = json.read(items.bytes(), 0, items.length());
    return problem == null ? problemOfTime(json.at()) : problem;
  }

  private @Nullable String problemOfTime(long at) {
    return at > FuturePolls.latest(now) ? FuturePolls.problem(now) : null;
  }

  private static String named(PollItems items, int number, String problem) {
    return items.form() == PollItems.Form.ARRAY
        ? "item %d: %s".formatted(number, problem)
        : problem;
  }

  private void readCsv(byte[] value, long item, PollBatch batch) throws IOException {
    csv.begin();
    PollItems lines = PollItems.ofLines(new ByteArrayInputStream(value));
    int number = 0;
    while (lines.next()) {
      number++;
      if (number == 1 && !lines.isTooLong() && csv.takeHeader(lines.bytes(), 0, lines.length())) {
        continue;
      }
      String problem = problemOfCsv(lines);
      if (problem == null) {
        batch.add(item, csv.storeId(), csv.at(), csv.isActive());
      } else {
        reject("line %d: %s".formatted(number, problem), lines.bytes(), lines.length());
      }
    }
    if (number == 0) {
      reject("nothing but blanks: write a poll, or send no value at all", value, value.length);
    }
  }

  private @Nullable String problemOfCsv(PollItems lines) {
    if (lines.isTooLong()) {
      return TOO_LONG;
    }
    String problem = csv.read(lines.bytes(), 0, lines.length());
    return problem == null ? problemOfTime(csv.at()) : problem;
  }

  private void reject(String problem, byte[] bytes, int length) {
    wrong++;
    if (reason == null) {
      reason = problem;
      text = RejectedText.start(bytes, 0, length, TEXT_SHOWN).strip();
    }
  }
}
