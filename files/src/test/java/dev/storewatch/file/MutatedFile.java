package dev.storewatch.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file made by chance as real programs write and spoil them, and what is in it: it is made of
 * rows of which it is known whether they are good and what they say, so nothing has to parse it.
 */
final class MutatedFile {
  /** Stands for a byte that is not UTF-8. */
  private static final char BAD_BYTE = '\uE000';

  private static final String[] BLANKS = {
    " ", "\u00A0", "\u2003", "\u3000", "\uFEFF", "\u200B", "\u202F \u00A0", "\u200E",
  };
  private static final String[] BAD_IDS = {
    "",
    "\u00A0",
    "\u200B\uFEFF",
    "8.41953794191982E+018",
    "9.07E+18",
    "1.5e+10",
    "a\u0001b",
    "x".repeat(257),
    "店".repeat(86),
  };
  private static final String[] BAD_STATUSES = {
    "", "asleep", "activ", "inactiveX", "2", "yes", "a ctive", "-1", "OK",
  };
  private static final String[] BAD_TIMES = {
    "",
    "yesterday",
    "2026-02-30 10:00:00 UTC",
    "2026-13-01T10:00:00Z",
    "2026-02-02 25:00:00",
    "2026-02-02 10:61:00",
    "02/03/2026 09:16",
    "1770045360",
    "1770045360000",
    "2026-02-02 15:16:00 CST",
    "2026-02-02 15:16:00 -0500 EST",
    "1969-12-31 23:59:59 UTC",
    "2200-01-01T00:00:00Z",
    "2026-02-02T10:00:00+19:00",
    "2026-02-02",
    "2026-02-01 24:00:01 UTC",
  };
  private static final String[] BAD_DAYS = {"", "8", "-1", "x", "Moonday", "0.5", "Tu esday", "M"};
  private static final String[] BAD_OPENINGS = {"24:00", "31:00", "nine", "9:5", "13 PM", "0960"};
  private static final String[] BAD_CLOSINGS = {"30:01", "x", "12:60", "0 AM", "24:00:00.5"};
  private static final String[] BAD_TAGS = {"no tag", "-west", "a#b", "(west)", "x".repeat(65)};
  private static final String[] BAD_ZONES = {"", "Mars/Base", "PST", "+05:00", "America", "CST6"};
  private static final String[][] ZONES = {
    {"America/Chicago", "America/Chicago"},
    {"america/los_angeles", "America/Los_Angeles"},
    {"America/New York", "America/New_York"},
    {"Pacific Standard Time", "America/Los_Angeles"},
    {"HST", "HST"},
    {"UTC", "UTC"},
  };
  private static final String[] DAYS = {"Monday", "TUE", "wednesday", "Thurs.", "fr", "Sat", "Su"};
  private static final String[][] STATUSES = {
    {"active", "ACTIVE", "up", "Online", "true", "1"},
    {"inactive", "Inactive", "DOWN", "offline", "False", "0"},
  };

  private final Random random;
  private final boolean json;
  private final FileKind kind;
  private final char separator;
  private final String lineEnd;
  private final boolean hasNote;
  private final Charset charset;
  private final List<Part> parts = new ArrayList<>();

  /** What {@link RecordedRows} must have of it. */
  private final List<String> expected = new ArrayList<>();

  private int line;

  /** A file in an archive, or the only one. */
  private record Part(String text) {}

  /** A row; {@code says} is null when it is bad. */
  private record Row(String text, @Nullable String says) {}

  /** A value as it may be written, and what it means; {@code means} is null when it is bad. */
  private record Value(String text, @Nullable String means) {}

  MutatedFile(Random random) {
    this.random = random;
    this.json = random.nextInt(4) == 0;
    this.kind =
        json
            ? FileKind.POLLS
            : oneOf(
                FileKind.POLLS,
                FileKind.POLLS,
                FileKind.HOURS,
                FileKind.ZONES,
                FileKind.TAGS,
                FileKind.STORES);
    this.separator = oneOf(',', ',', ';', '\t', '|');
    this.lineEnd = oneOf("\n", "\n", "\r\n", "\r");
    this.hasNote = random.nextBoolean();
    this.charset =
        oneOf(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);
    for (int part = random.nextInt(5) == 0 ? 1 : 0; part >= 0; part--) {
      parts.add(part());
    }
  }

  List<String> expected() {
    return expected;
  }

  @Override
  public String toString() {
    return "%s %s %s%n%s".formatted(kind, charset, json ? "JSON" : "CSV", parts);
  }

  @SafeVarargs
  private <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  private boolean rarely() {
    return random.nextInt(8) == 0;
  }

  /** Writes it whole, in a packing that it may have. */
  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (parts.size() > 1 || rarely()) {
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        for (int part = 0; part < parts.size(); part++) {
          zip.putNextEntry(new ZipEntry("folder/part-" + part));
          zip.write(encoded(parts.get(part)));
        }
      }
      return bytes.toByteArray();
    }
    byte[] plain = encoded(parts.getFirst());
    if (random.nextBoolean()) {
      return plain;
    }
    int cut = rarely() ? random.nextInt(plain.length + 1) : plain.length;
    bytes.writeBytes(gzip(Arrays.copyOf(plain, cut)));
    if (cut < plain.length) {
      bytes.writeBytes(gzip(Arrays.copyOfRange(plain, cut, plain.length)));
    }
    return bytes.toByteArray();
  }

  /** Writes its first part as gzip that breaks off. */
  byte[] cutGzip() throws IOException {
    byte[] whole = gzip(encoded(parts.getFirst()));
    return Arrays.copyOf(whole, random.nextInt(whole.length));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private byte[] encoded(Part part) {
    boolean utf8 = charset.equals(StandardCharsets.UTF_8);
    byte[] text = ((utf8 && random.nextBoolean() ? "" : "\uFEFF") + part.text).getBytes(charset);
    if (!utf8) {
      return text;
    }
    byte[] bad = Character.toString(BAD_BYTE).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < text.length; at++) {
      if (Arrays.equals(text, at, Math.min(text.length, at + bad.length), bad, 0, bad.length)) {
        bytes.write(0xFF);
        at += bad.length - 1;
      } else {
        bytes.write(text[at]);
      }
    }
    return bytes.toByteArray();
  }

  private Part part() {
    StringBuilder text = new StringBuilder();
    if (!json && rarely()) {
      addLine(text, "sep=" + separator);
    }
    if (rarely()) {
      addLine(text, "");
    }
    int[] order = shuffled(kind.columns().size() + (hasNote ? 1 : 0));
    if (!json) {
      addLine(text, header(order));
    }
    boolean first = true;
    for (int row = random.nextInt(30); row >= 0; row--) {
      if (rarely()) {
        addLine(text, json || random.nextBoolean() ? " " : Character.toString(separator).repeat(3));
      }
      add(text, json ? jsonRow(first) : csvRow(order));
      first = false;
    }
    if (random.nextInt(3) == 0) {
      text.setLength(text.length() - lineEnd.length());
    }
    return new Part(text.toString());
  }

  private void addLine(StringBuilder text, String written) {
    text.append(written).append(lineEnd);
    line++;
  }

  private void add(StringBuilder text, Row row) {
    String said = row.text.replace(BAD_BYTE, '\uFFFD');
    expected.add(
        row.says == null
            ? "rejected %d %s".formatted(line + 1, RejectedText.cut(said, longest(said)))
            : row.says);
    text.append(row.text).append(lineEnd);
    line += 1 + (row.text.length() - row.text.replace(lineEnd, "").length()) / lineEnd.length();
  }

  private static int longest(String text) {
    return text.length() > Lines.LONGEST ? 1_000 : text.length();
  }

  private int[] shuffled(int count) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    if (random.nextBoolean()) {
      Collections.shuffle(order, random);
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private String header(int[] order) {
    List<String> names = new ArrayList<>();
    for (int column : order) {
      names.add(column < kind.columns().size() ? name(kind.columns().get(column)) : "note");
    }
    return String.join(Character.toString(separator), names);
  }

  private String name(String column) {
    String name =
        switch (column) {
          case "store_id" -> oneOf(column, "id", "Store", "STORE ID");
          case "timestamp_utc" -> oneOf(column, "timestamp", "Time", "polled-at");
          case "day" -> oneOf(column, "dayOfWeek", "Weekday", "day_of_week");
          case "start_time_local" -> oneOf(column, "opens", "Open", "start_time");
          case "end_time_local" -> oneOf(column, "closes", "Close", "end_time");
          case "timezone_str" -> oneOf(column, "tz", "Time Zone", "timezone");
          default -> oneOf(column, column.toUpperCase(Locale.ROOT));
        };
    return rarely() ? "\"" + name + "\"" : name;
  }

  private Row csvRow(int[] order) {
    Value[] values = values(rarely());
    @Nullable String says = says(values);
    List<String> fields = new ArrayList<>();
    for (int column : order) {
      fields.add(column < values.length ? field(values[column].text) : field(note()));
    }
    if (rarely()) {
      says = null;
      spoil(fields);
    }
    if (says == null) {
      fields.replaceAll(field -> field.contains(lineEnd) ? "one line" : field);
    }
    return new Row(String.join(Character.toString(separator), fields), says);
  }

  /** Makes a row bad that was good, whatever its fields are. */
  private void spoil(List<String> fields) {
    int at = random.nextInt(fields.size());
    String plain = "x" + random.nextInt(9);
    switch (random.nextInt(6)) {
      case 0 -> fields.add(plain);
      case 1 -> {
        fields.removeLast();
        if (fields.stream().allMatch(String::isBlank)) {
          fields.set(0, plain);
        }
      }
      case 2 -> fields.set(at, plain + "\"" + plain);
      case 3 -> fields.set(at, "\"" + plain + "\"" + plain);
      case 4 -> {
        boolean bytes = charset.equals(StandardCharsets.UTF_8);
        fields.set(at, bytes ? plain + BAD_BYTE : "\"" + plain);
      }
      default -> {
        boolean isLong = random.nextInt(20) == 0;
        fields.set(
            at, isLong ? "x".repeat(Lines.LONGEST + 1 + random.nextInt(100_000)) : "\"" + plain);
      }
    }
  }

  private String note() {
    return switch (random.nextInt(6)) {
      case 0 -> "a \"b\" " + separator + " c";
      case 1 -> "two" + lineEnd + "lines";
      case 2 -> "é店😀";
      case 3 -> "";
      default -> "note " + random.nextInt(9);
    };
  }

  private String field(String value) {
    boolean quotes = value.matches("(?s).*[\"\r\n" + separator + "].*") || rarely();
    String written = quotes ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    return rarely() ? " " + written + " " : written;
  }

  /** Returns the values of a row, of which one is bad if so wanted. */
  private Value[] values(boolean bad) {
    int wrong = bad ? random.nextInt(kind.columns().size()) : -1;
    Value id = wrong == 0 ? new Value(oneOf(BAD_IDS), null) : id();
    return switch (kind) {
      case POLLS ->
          new Value[] {
            id,
            wrong == 1 ? new Value(oneOf(BAD_STATUSES), null) : status(),
            wrong == 2 ? new Value(oneOf(BAD_TIMES), null) : time(),
          };
      case HOURS ->
          new Value[] {
            id,
            wrong == 1 ? new Value(oneOf(BAD_DAYS), null) : day(),
            wrong == 2 ? new Value(oneOf(BAD_OPENINGS), null) : timeOfDay(),
            wrong == 3 ? new Value(oneOf(BAD_CLOSINGS), null) : timeOfDay(),
          };
      case ZONES -> new Value[] {id, wrong == 1 ? new Value(oneOf(BAD_ZONES), null) : zone()};
      case TAGS -> new Value[] {id, wrong == 1 ? new Value(oneOf(BAD_TAGS), null) : tag()};
      case STORES ->
          new Value[] {
            id,
            wrong == 1 ? new Value("a\u0007b", null) : new Value("Main Street", "Main Street"),
            wrong == 2 ? new Value(oneOf(BAD_TAGS), null) : tag(),
          };
      case SPECIAL_DAYS, CLOSURES -> throw new IllegalArgumentException("adds no store");
    };
  }

  private @Nullable String says(Value[] values) {
    if (Arrays.stream(values).anyMatch(value -> value.means == null)) {
      return null;
    }
    return switch (kind) {
      case POLLS -> "poll %s %s %s".formatted(values[0].means, values[2].means, values[1].means);
      case HOURS ->
          "hours %s %s %s %s"
              .formatted(values[0].means, values[1].means, values[2].means, values[3].means);
      case ZONES -> "zone %s %s".formatted(values[0].means, values[1].means);
      case TAGS -> "tags %s null [%s]".formatted(values[0].means, values[1].means);
      case STORES -> "tags %s %s [%s]".formatted(values[0].means, values[1].means, values[2].means);
      case SPECIAL_DAYS, CLOSURES -> throw new IllegalArgumentException("adds no store");
    };
  }

  private Value tag() {
    String tag = oneOf("region:west", "Größe/2", "a.b_c-d", "42");
    return new Value(tag, tag);
  }

  private Value id() {
    String id =
        switch (random.nextInt(6)) {
          case 0 -> "Łódź " + random.nextInt(9);
          case 1 -> "00" + random.nextInt(99) + ".0";
          case 2 -> "NYC, \"" + random.nextInt(9) + "\"";
          case 3 -> "12E" + random.nextInt(9);
          default -> Long.toString(random.nextLong() >>> 1);
        };
    return new Value(rarely() ? oneOf(BLANKS) + id + oneOf(BLANKS) : id, id);
  }

  private Value status() {
    int status = random.nextInt(2);
    return new Value(oneOf(STATUSES[status]), Boolean.toString(status == 0));
  }

  private Value time() {
    long micros = random.nextLong(1_600_000_000_000_000L, 1_800_000_000_000_000L);
    Instant instant = Instant.EPOCH.plusNanos(1_000 * micros);
    LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    OffsetDateTime there = instant.atOffset(ZoneOffset.ofHours(random.nextInt(-12, 13)));
    String text =
        switch (random.nextInt(9)) {
          case 0 -> format(utc, "uuuu-MM-dd HH:mm:ss.SSSSSS' UTC'");
          case 1 -> format(utc, "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
          case 2 -> format(utc, "uuuu-MM-dd't'HH:mm:ss.SSSSSS'" + random.nextInt(10) + "z'");
          case 3 -> format(utc, "uuuu-MM-dd HH:mm:ss.SSSSSS'999999 UTC'");
          case 4 -> format(utc, "uuuu-MM-dd HH:mm:ss.SSSSSS' +0000 UTC'");
          case 5 -> format(utc, "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z[UTC]'");
          case 6 -> format(utc, "uuuuMMdd'T'HHmmss.SSSSSS'Z'");
          case 7 -> there.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSxxx"));
          default -> there.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'H:mm:ss.SSSSSS xx"));
        };
    return new Value(text, Long.toString(micros));
  }

  private static String format(LocalDateTime time, String pattern) {
    return time.format(DateTimeFormatter.ofPattern(pattern));
  }

  private Value day() {
    int day = random.nextInt(7);
    return new Value(oneOf(Integer.toString(day), day + ".0", DAYS[day]), Integer.toString(day));
  }

  private Value timeOfDay() {
    int hour = random.nextInt(24);
    int minute = random.nextInt(60);
    int twelve = hour % 12 == 0 ? 12 : hour % 12;
    String half = hour < 12 ? "am" : "p.m.";
    String text =
        switch (random.nextInt(6)) {
          case 0 -> "%02d:%02d:00".formatted(hour, minute);
          case 1 -> "%d:%02d".formatted(hour, minute);
          case 2 -> "%02d%02d".formatted(hour, minute);
          case 3 -> "%d:%02d %s".formatted(twelve, minute, half);
          case 4 -> "%02dh%02d".formatted(hour, minute);
          default -> "%02d:%02d:00.000".formatted(hour, minute);
        };
    return new Value(text, Integer.toString((hour * 60 + minute) * 60));
  }

  private Value zone() {
    String[] zone = oneOf(ZONES);
    return new Value(zone[0], zone[1]);
  }

  private Row jsonRow(boolean good) {
    Value[] values = values(!good && rarely());
    List<String> fields = new ArrayList<>();
    for (int column : shuffled(values.length)) {
      fields.add(quoted(kind.columns().get(column)) + ":" + quoted(values[column].text));
    }
    boolean spoiled = !good && rarely();
    return new Row(spoiled ? spoiledObject(fields) : object(fields), spoiled ? null : says(values));
  }

  private String object(List<String> fields) {
    String gap = rarely() ? " " : "";
    return gap + "{" + gap + String.join(gap + "," + gap, fields) + "}" + gap;
  }

  private String spoiledObject(List<String> fields) {
    switch (random.nextInt(6)) {
      case 0 -> fields.removeFirst();
      case 1 -> fields.add("\"latency\":12");
      case 2 -> fields.set(0, "\"store_id\":null");
      case 3 -> {
        return object(fields) + "x";
      }
      case 4 -> {
        String whole = "{" + String.join(",", fields);
        return whole.substring(0, 2 + random.nextInt(whole.length() - 1));
      }
      default -> {
        return "[" + object(fields) + "]";
      }
    }
    return object(fields);
  }

  /** Writes a text in JSON, some characters of it by their numbers. */
  private String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      boolean byNumber = letter < ' ' || letter == '\uFEFF' || random.nextInt(50) == 0;
      if (byNumber) {
        json.append("\\u%04x".formatted((int) letter));
      } else {
        json.append(letter == '"' || letter == '\\' ? "\\" : "").append(letter);
      }
    }
    return json.append('"').toString();
  }
}
