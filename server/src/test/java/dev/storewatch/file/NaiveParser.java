package dev.storewatch.file;

import dev.storewatch.interval.Micros;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of import files a second time: slow, with strings, patterns and {@code java.time}, and
 * nothing in common with the parser that is tested. Writes rows as {@link RecordedRows} does.
 */
final class NaiveParser {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})["
              + " T]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,9}))?)?(?: UTC| ?Z|"
              + " ?([+-])([0-9]{2})(?::?([0-9]{2}))?)?");
  private static final Pattern TIME_OF_DAY =
      Pattern.compile("([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\\.0+)?)?");
  private static final Instant LIMIT = Instant.parse("2200-01-01T00:00:00Z");

  private final List<String> header;
  private final List<String> rows = new ArrayList<>();

  private NaiveParser(List<String> header) {
    this.header = header;
  }

  /** Reads a file whose first line is a plain header. */
  static List<String> read(byte[] file) {
    List<byte[]> lines = lines(file);
    String first = new String(lines.getFirst(), StandardCharsets.UTF_8);
    NaiveParser parser = new NaiveParser(List.of(first.split(",", -1)));
    for (int i = 1; i < lines.size(); i++) {
      parser.line(i + 1, lines.get(i));
    }
    return parser.rows;
  }

  private static List<byte[]> lines(byte[] file) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= file.length; i++) {
      if (i == file.length || file[i] == '\n') {
        int end = i > start && file[i - 1] == '\r' ? i - 1 : i;
        lines.add(Arrays.copyOfRange(file, start, end));
        start = i + 1;
      }
    }
    return lines;
  }

  private void line(int number, byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    if (text.matches("[ \t]*")) {
      return;
    }
    if (line.length > 65_536) {
      rows.add(
          "rejected "
              + number
              + " "
              + text.replace('\0', '\uFFFD').substring(0, 1_000)
              + "… (cut)");
      return;
    }
    String row = isUtf8(line) ? row(text) : null;
    rows.add(row == null ? "rejected " + number + " " + text.replace('\0', '\uFFFD') : row);
  }

  private static boolean isUtf8(byte[] line) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private @Nullable String row(String text) {
    List<String> fields = fields(text);
    if (fields == null || fields.size() != header.size()) {
      return null;
    }
    String id = field(fields, "store_id");
    if (id.isEmpty()
        || id.getBytes(StandardCharsets.UTF_8).length > 256
        || id.codePoints().anyMatch(Character::isISOControl)) {
      return null;
    }
    if (header.contains("status")) {
      return poll(id, field(fields, "status"), field(fields, "timestamp_utc"));
    }
    if (header.contains("timezone_str")) {
      String zone = field(fields, "timezone_str");
      return ZoneId.getAvailableZoneIds().contains(zone) ? "zone " + id + " " + zone : null;
    }
    return hours(
        id,
        field(fields, "day"),
        field(fields, "start_time_local"),
        field(fields, "end_time_local"));
  }

  private String field(List<String> fields, String column) {
    return fields.get(header.indexOf(column));
  }

  private static @Nullable String poll(String id, String status, String timestamp) {
    String lower = status.toLowerCase(Locale.ROOT);
    OptionalLong at = timestamp(timestamp);
    boolean known =
        (lower.equals("active") || lower.equals("inactive")) && status.matches("[A-Za-z]+");
    return known && at.isPresent()
        ? "poll " + id + " " + at.getAsLong() + " " + lower.equals("active")
        : null;
  }

  private static @Nullable String hours(String id, String day, String opens, String closes) {
    if (day.matches("[0-6]") && opens.matches("(?i)(closed)?") && closes.matches("(?i)(closed)?")) {
      return "closed " + id + " " + day;
    }
    int start = timeOfDay(opens);
    int end = timeOfDay(closes);
    return day.matches("[0-6]") && start >= 0 && start < 86_400 && end >= 0
        ? "hours " + id + " " + day + " " + start + " " + end
        : null;
  }

  /** Returns the fields of a line, null if its quotes are wrong. */
  private static @Nullable List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    Matcher field =
        Pattern.compile("[ \t]*(?:\"((?:[^\"]|\"\")*)\"[ \t]*|([^\",]*))(,|\\z)", Pattern.DOTALL)
            .matcher(line);
    int at = 0;
    while (field.find(at) && field.start() == at) {
      String quoted = field.group(1);
      fields.add(
          quoted == null
              ? field.group(2).replaceAll("\\A[ \t]+|[ \t]+\\z", "")
              : quoted.replace("\"\"", "\""));
      if (field.group(3).isEmpty()) {
        return field.end() == line.length() ? fields : null;
      }
      at = field.end();
    }
    return null;
  }

  static OptionalLong timestamp(String text) {
    Matcher parts = TIMESTAMP.matcher(text);
    if (!parts.matches()) {
      return OptionalLong.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(parts.group(1)),
              number(parts.group(2)),
              number(parts.group(3)),
              number(parts.group(4)),
              number(parts.group(5)),
              number(parts.group(6)),
              nanos(parts.group(7)));
      Instant instant = local.toInstant(offset(parts));
      return instant.isBefore(Instant.EPOCH) || !instant.isBefore(LIMIT)
          ? OptionalLong.empty()
          : OptionalLong.of(Micros.of(instant));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : number((fraction + "00000000").substring(0, 9));
  }

  private static ZoneOffset offset(Matcher parts) {
    int sign = "-".equals(parts.group(8)) ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(sign * number(parts.group(9)), sign * number(parts.group(10)));
  }

  static int timeOfDay(String text) {
    Matcher parts = TIME_OF_DAY.matcher(text);
    if (!parts.matches() || number(parts.group(2)) > 59 || number(parts.group(3)) > 59) {
      return -1;
    }
    int seconds =
        (number(parts.group(1)) * 60 + number(parts.group(2))) * 60 + number(parts.group(3));
    return seconds <= 86_400 ? seconds : -1;
  }
}
