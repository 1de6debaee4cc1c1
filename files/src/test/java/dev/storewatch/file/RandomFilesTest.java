package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

/** Compares the parser with the naive one on files made by chance. */
@ParameterizedClass
@Seeds
class RandomFilesTest {
  private static final String[] HEADERS = {
    "store_id,status,timestamp_utc",
    "timestamp_utc,store_id,status",
    "status,note,timestamp_utc,store_id,more",
    "store_id,day,start_time_local,end_time_local",
    "end_time_local,x,start_time_local,store_id,day",
    "store_id,timezone_str",
    "timezone_str,x,store_id",
  };
  private static final String[] ODD_BYTES = {
    "\"", ",", "\n", "\r", "\r\n", "\0", " ", "\t", "\"\"", ":", "-", ".", "+", "Z", "T", "é",
    "\u0085", "\uFEFF", "\u007F", "\u00A0", "\u3000", "\u200B", "e+1",
  };
  private static final String[] ZONE_NAMES = {
    "America/Chicago",
    "UTC",
    "Asia/Kolkata",
    "Etc/GMT+12",
    "America/Argentina/Buenos_Aires",
    "Mars/Base",
  };

  private final Random random;

  RandomFilesTest(long seed) {
    random = new Random(seed);
  }

  @Test
  void readsWellFormedFilesAsTheNaiveParserDoes() throws IOException {
    for (int i = 0; i < Seeds.Rounds.of(60); i++) {
      byte[] file = file().getBytes(StandardCharsets.UTF_8);
      assertThat(read(file))
          .as(() -> new String(file, StandardCharsets.UTF_8))
          .isEqualTo(NaiveParser.read(file));
    }
  }

  @Test
  void acceptsADamagedFileExactlyWhereTheNaiveParserDoes() throws IOException {
    for (int i = 0; i < Seeds.Rounds.of(300); i++) {
      byte[] file = damaged(file().getBytes(StandardCharsets.UTF_8));
      assertThat(read(file))
          .as(() -> new String(file, StandardCharsets.UTF_8))
          .isEqualTo(NaiveParser.read(file));
    }
  }

  @Test
  void readsEveryShapeOfTimestampAsJavaTimeDoes() {
    Meaning meaning = new Meaning("test.csv", ReadOptions.NONE);
    for (int i = 0; i < Seeds.Rounds.of(30_000); i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-86_400, 7_258_204_800L), random.nextInt(1_000_000_000));
      assertSameTimestamp(meaning, timestamp(instant));
    }
  }

  @Test
  void takesADamagedTimestampExactlyWhenJavaTimeDoes() {
    Meaning meaning = new Meaning("test.csv", ReadOptions.NONE);
    String bytes = "0123456789012345678901234567890123456789-:. TZUTC+/;,@A\"\n\t\u007Fé";
    for (int i = 0; i < Seeds.Rounds.of(30_000); i++) {
      StringBuilder text = new StringBuilder(timestamp(instant()));
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, bytes.charAt(random.nextInt(bytes.length())));
          default -> text.setCharAt(at, bytes.charAt(random.nextInt(bytes.length())));
        }
      }
      assertSameTimestamp(meaning, text.toString());
    }
  }

  @Test
  void readsTimesOfDayAsTheNaiveParserDoes() {
    TimesOfDay times = new TimesOfDay();
    String bytes = "0123456789:::.0-hHaApPmM. 99";
    for (int i = 0; i < Seeds.Rounds.of(30_000); i++) {
      StringBuilder text = new StringBuilder(timeOfDay());
      if (random.nextBoolean()) {
        text.setCharAt(random.nextInt(text.length()), bytes.charAt(random.nextInt(bytes.length())));
      }
      if (random.nextInt(4) == 0) {
        text.setLength(random.nextInt(text.length() + 1));
      }
      byte[] ascii = ("12" + text + ":00").getBytes(StandardCharsets.UTF_8);
      assertThat(times.closing(ascii, 2, 2 + text.length()))
          .as(() -> text.toString())
          .isEqualTo(NaiveParser.timeOfDay(text.toString()));
    }
  }

  private static void assertSameTimestamp(Meaning meaning, String text) {
    byte[] bytes = Arrays.copyOf((text + "\n").getBytes(StandardCharsets.UTF_8), 150);
    long at = meaning.instant(bytes, 0, indexOfEnd(bytes));
    assertThat(at < 0 ? OptionalLong.empty() : OptionalLong.of(at))
        .as(text)
        .isEqualTo(NaiveParser.timestamp(text));
  }

  /** Returns the position of the last line feed: there may be others in a damaged text. */
  private static int indexOfEnd(byte[] bytes) {
    return IntStream.iterate(bytes.length - 1, at -> at - 1)
        .filter(at -> bytes[at] == '\n')
        .findFirst()
        .orElseThrow();
  }

  private List<String> read(byte[] file) throws IOException {
    int block = random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(100);
    try {
      return RecordedRows.of(new ByteArrayInputStream(file), block).rows;
    } catch (BadFileException e) {
      return List.of(NaiveParser.REFUSED);
    }
  }

  private byte[] damaged(byte[] file) {
    int header = Words.lineEnd(Arrays.copyOf(file, file.length + 8), 0) + 1;
    byte[] damaged = file;
    for (int damage = random.nextInt(4); damage >= 0 && damaged.length > header; damage--) {
      int at = header + random.nextInt(damaged.length - header);
      byte[] odd = ODD_BYTES[random.nextInt(ODD_BYTES.length)].getBytes(StandardCharsets.UTF_8);
      switch (random.nextInt(4)) {
        case 0 -> damaged = replaced(damaged, at, at + 1, new byte[0]);
        case 1 -> damaged = replaced(damaged, at, at, odd);
        case 2 -> damaged = replaced(damaged, at, at + 1, odd);
        default -> damaged[at] = (byte) random.nextInt(256);
      }
    }
    return damaged;
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
    return result;
  }

  private String file() {
    String header = HEADERS[random.nextInt(HEADERS.length)];
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    StringBuilder file = new StringBuilder(header).append(lineEnd);
    for (int row = random.nextInt(20); row >= 0; row--) {
      String[] columns = header.split(",", -1);
      file.append(Arrays.stream(columns).map(this::field).collect(Collectors.joining(",")));
      file.append(lineEnd.repeat(random.nextInt(20) == 0 ? 2 : 1));
    }
    file.setLength(file.length() - (random.nextInt(4) == 0 ? 1 : 0));
    return file.toString();
  }

  private String field(String column) {
    String value =
        switch (column) {
          case "store_id" -> id();
          case "status" ->
              random.nextBoolean() ? "active" : random.nextBoolean() ? "inactive" : "InActive";
          case "timestamp_utc" -> timestamp(instant());
          case "day" -> Integer.toString(random.nextInt(7));
          case "start_time_local", "end_time_local" -> timeOfDay();
          case "timezone_str" -> ZONE_NAMES[random.nextInt(ZONE_NAMES.length)];
          default -> "some note, \"with ü\" and more".substring(random.nextInt(29));
        };
    boolean quotes = value.matches("(?s).*[\",].*") || random.nextInt(20) == 0;
    String written = quotes ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    return random.nextInt(20) == 0 ? " " + written + "\t" : written;
  }

  private String id() {
    return switch (random.nextInt(10)) {
      case 3 -> "\u00A0 " + random.nextInt(9) + "\u2003\uFEFF";
      case 4 -> "8.4195" + (random.nextBoolean() ? "E+0" : "e") + "18".substring(random.nextInt(3));
      case 0 -> "store \"" + random.nextInt(9) + "\", Köln 😀";
      case 1 -> "a".repeat(250 + random.nextInt(10));
      case 2 -> "!" + random.nextInt(9);
      default -> Long.toString(random.nextLong() >>> 1);
    };
  }

  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextInt(1_600_000_000, 1_800_000_000), random.nextInt(1_000_000_000));
  }

  /** Writes an instant in one of the many accepted ways. */
  private String timestamp(Instant instant) {
    ZoneOffset offset =
        random.nextInt(3) == 0
            ? ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1))
            : ZoneOffset.UTC;
    LocalDateTime local = LocalDateTime.ofInstant(instant, offset);
    String time =
        switch (random.nextInt(4)) {
          case 0 -> local.format(DateTimeFormatter.ofPattern("HH:mm"));
          case 1 -> local.format(DateTimeFormatter.ofPattern("HH:mm:ss"));
          default ->
              local.format(
                  DateTimeFormatter.ofPattern("HH:mm:ss." + "S".repeat(1 + random.nextInt(9))));
        };
    return local.toLocalDate()
        + (random.nextBoolean() ? "T" : " ")
        + time
        + zone(OffsetDateTime.of(local, offset));
  }

  private String zone(OffsetDateTime time) {
    if (time.getOffset().equals(ZoneOffset.UTC) && random.nextInt(4) > 0) {
      return new String[] {"Z", " UTC", "", " Z"}[random.nextInt(4)];
    }
    String pattern = new String[] {"xxx", "xx", "x", " xxx"}[random.nextInt(4)];
    return time.format(DateTimeFormatter.ofPattern(pattern));
  }

  private String timeOfDay() {
    String fraction = random.nextInt(4) == 0 ? "." + "0".repeat(1 + random.nextInt(6)) : "";
    int second = random.nextInt(3) == 0 ? random.nextInt(60) : 0;
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(10) + ":%02d".formatted(random.nextInt(60));
      case 1 -> "%02d:%02d".formatted(random.nextInt(26), random.nextInt(60));
      default ->
          "%02d:%02d:%02d%s".formatted(random.nextInt(25), random.nextInt(60), second, fraction);
    };
  }
}
