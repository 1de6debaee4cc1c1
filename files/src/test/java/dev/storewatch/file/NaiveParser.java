package dev.storewatch.file;

import dev.storewatch.hours.ZoneTable;
import dev.storewatch.interval.Micros;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
          "(?<year>[0-9]{4})(?<dash>-?)(?<month>[0-9]{2})\\k<dash>(?<day>[0-9]{2})[ Tt]"
              + "(?:(?<h>[0-9]{1,2}):(?<m>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.](?<f>[0-9]{1,12}))?)?"
              + "|(?<bh>[0-9]{2})(?<bm>[0-9]{2})(?:(?<bs>[0-9]{2})(?:[.](?<bf>[0-9]{1,12}))?)?)"
              + "(?: ?(?:UTC|GMT|[Zz](?:\\[UTC])?)| ?(?<zero>[+-]00(?::?00)?)(?: UTC|\\[UTC])"
              + "| ?(?<sign>[+-])(?<oh>[0-9]{2})(?::?(?<om>[0-9]{2}))?)?");
  private static final Pattern TIME_OF_DAY =
      Pattern.compile(
          "(?:([0-9]{2})([0-9]{2})|([0-9]{1,2})|([0-9]{1,2})[:hH]([0-9]{2})"
              + "(?::([0-9]{2})(?:[.](?:0+|(9{3,})))?)?)(?:[ \u00A0\u202F]*([aApP])[.]?[mM][.]?)?");
  private static final String BLANKS =
      "[\\p{IsWhite_Space}\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+";
  private static final Pattern CUT =
      Pattern.compile("-?[0-9]{1,3}(?:[.,][0-9]+[eE][+-]?|[eE][+])[0-9]{1,3}");
  private static final Instant LIMIT = Instant.parse("2200-01-01T00:00:00Z");

  /** What is read of a file that numbers its days another way. */
  static final String REFUSED = "refused";

  private final List<String> header;
  private final List<String> rows = new ArrayList<>();

  private NaiveParser(List<String> header) {
    this.header = header;
  }

  /** Reads a file whose first line is a plain header. */
  static List<String> read(byte[] file) {
    List<int[]> lines = lines(file);
    String first = new String(bytes(file, lines, 0, 0), StandardCharsets.UTF_8);
    NaiveParser parser = new NaiveParser(List.of(first.split(",", -1)));
    try {
      for (int line = 1; line < lines.size(); ) {
        line += parser.row(file, lines, line);
      }
    } catch (OtherDays e) {
      return List.of(REFUSED);
    }
    return parser.rows;
  }

  /** Returns where each line begins and where it ends without its line end. */
  private static List<int[]> lines(byte[] file) {
    List<int[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= file.length; i++) {
      if (i == file.length || file[i] == '\n') {
        lines.add(new int[] {start, i > start && file[i - 1] == '\r' ? i - 1 : i});
        start = i + 1;
      }
    }
    return lines;
  }

  private static byte[] bytes(byte[] file, List<int[]> lines, int first, int last) {
    return Arrays.copyOfRange(file, lines.get(first)[0], lines.get(last)[1]);
  }

  /** Reads the row that begins with a line, and returns how many lines it has. */
  private int row(byte[] file, List<int[]> lines, int first) {
    byte[] alone = bytes(file, lines, first, first);
    if (isUtf8(alone) && isUnclosed(new String(alone, StandardCharsets.UTF_8))) {
      for (int last = first + 1; last < Math.min(first + 100, lines.size()); last++) {
        byte[] joined = bytes(file, lines, first, last);
        String row = isUtf8(joined) ? row(new String(joined, StandardCharsets.UTF_8)) : null;
        if (row != null && joined.length <= 65_536) {
          rows.add(row);
          return last - first + 1;
        }
      }
    }
    line(first + 1, alone);
    return 1;
  }

  /** Returns whether a quote of a line could be closed by a later line. */
  private static boolean isUnclosed(String line) {
    return Pattern.compile(
            "(?:[ \t]*(?:\"(?:[^\"]|\"\")*+\"[ \t]*|[^\",]*),)*[ \t]*\"(?:[^\"]|\"\")*",
            Pattern.DOTALL)
        .matcher(line)
        .matches();
  }

  private void line(int number, byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    if (text.matches("[ \t,]*")) {
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
    String id = field(fields, "store_id").replaceAll("\\A" + BLANKS + "|" + BLANKS + "\\z", "");
    if (id.isEmpty()
        || CUT.matcher(id).matches()
        || id.getBytes(StandardCharsets.UTF_8).length > 256
        || id.codePoints().anyMatch(Character::isISOControl)) {
      return null;
    }
    if (header.contains("status")) {
      return poll(id, field(fields, "status"), field(fields, "timestamp_utc"));
    }
    if (header.contains("timezone_str")) {
      String zone = forgiven(field(fields, "timezone_str"));
      return ZoneTable.bundled().names().stream()
          .filter(name -> forgiven(name).equals(zone))
          .findFirst()
          .map(name -> "zone " + id + " " + name)
          .orElse(null);
    }
    return hours(
        id,
        field(fields, "day"),
        field(fields, "start_time_local"),
        field(fields, "end_time_local"));
  }

  private static String forgiven(String zone) {
    return zone.toLowerCase(Locale.ROOT).replaceAll("[_\\p{Z}]", "");
  }

  private String field(List<String> fields, String column) {
    return fields.get(header.indexOf(column));
  }

  private static @Nullable String poll(String id, String status, String timestamp) {
    String lower = status.toLowerCase(Locale.ROOT);
    OptionalLong at = timestamp(timestamp);
    boolean active = List.of("active", "up", "online", "true", "1").contains(lower);
    boolean known =
        (active || List.of("inactive", "down", "offline", "false", "0").contains(lower))
            && status.matches("[A-Za-z01]+");
    return known && at.isPresent() ? "poll " + id + " " + at.getAsLong() + " " + active : null;
  }

  private static @Nullable String hours(String id, String day, String opens, String closes) {
    if (day.matches("[0-6]") && opens.matches("(?i)(closed)?") && closes.matches("(?i)(closed)?")) {
      return "closed " + id + " " + day;
    }
    int start = timeOfDay(opens);
    int end = timeOfDay(closes);
    int last = end <= 86_400 ? end : end - 86_400 <= start ? end - 86_400 : -1;
    int number = day(day);
    return number >= 0 && start >= 0 && start < 86_400 && last >= 0
        ? "hours " + id + " " + number + " " + start + " " + last
        : null;
  }

  /** A day 7 stands in the file. */
  private static final class OtherDays extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static int day(String text) {
    if (text.matches("7([.]0+)?")) {
      throw new OtherDays();
    }
    if (text.matches("[0-6]([.]0+)?")) {
      return text.charAt(0) - '0';
    }
    String name = text.toUpperCase(Locale.ROOT).replaceAll("[.]$", "");
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> name.length() > 1 && day.name().startsWith(name))
        .mapToInt(day -> day.getValue() - 1)
        .findFirst()
        .orElse(-1);
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
    if (!parts.matches() || (parts.group("bh") != null && !parts.group("dash").isEmpty())) {
      return OptionalLong.empty();
    }
    try {
      int hour = number(either(parts, "h", "bh"));
      LocalTime time =
          LocalTime.of(
              hour == 24 ? 0 : hour,
              number(either(parts, "m", "bm")),
              number(either(parts, "s", "bs")),
              nanos(either(parts, "f", "bf")));
      if (hour == 24 && !time.truncatedTo(ChronoUnit.MICROS).equals(LocalTime.MIDNIGHT)) {
        return OptionalLong.empty();
      }
      LocalDate date =
          LocalDate.of(
              number(parts.group("year")),
              number(parts.group("month")),
              number(parts.group("day")));
      Instant midnight = date.atTime(time).toInstant(offset(parts));
      Instant instant = hour == 24 ? midnight.plus(1, ChronoUnit.DAYS) : midnight;
      return midnight.isBefore(Instant.EPOCH) || !instant.isBefore(LIMIT)
          ? OptionalLong.empty()
          : OptionalLong.of(Micros.of(instant));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static @Nullable String either(Matcher parts, String one, String other) {
    return parts.group(one) == null ? parts.group(other) : parts.group(one);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : number((fraction + "00000000").substring(0, 9));
  }

  private static ZoneOffset offset(Matcher parts) {
    int sign = "-".equals(parts.group("sign")) ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(
        sign * number(parts.group("oh")), sign * number(parts.group("om")));
  }

  static int timeOfDay(String text) {
    Matcher parts = TIME_OF_DAY.matcher(text);
    if (!parts.matches()) {
      return -1;
    }
    int hour = number(first(parts, 1, 3, 4));
    int minute = number(first(parts, 2, 5));
    int second = number(parts.group(6));
    String half = parts.group(8);
    if (minute > 59 || second > 59 || (half != null && (hour < 1 || hour > 12))) {
      return -1;
    }
    if (half != null) {
      hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }
    int seconds = (hour * 60 + minute) * 60 + second + (parts.group(7) == null ? 0 : 1);
    return seconds <= 30 * 3600 ? seconds : -1;
  }

  private static @Nullable String first(Matcher parts, int... groups) {
    return Arrays.stream(groups)
        .mapToObj(parts::group)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
