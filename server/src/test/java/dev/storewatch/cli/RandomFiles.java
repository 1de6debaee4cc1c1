package dev.storewatch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Made-up files as people have them: in any order, of any kind, and with what may go wrong. */
final class RandomFiles {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final Instant START = Instant.parse("2023-01-16T00:00:00Z");
  private static final List<String> ZONES =
      List.of(
          "America/New_York", "America/Denver", "Asia/Kolkata", "Nowhere/Atall", "", "Europe/Rome");
  private static final List<String> BAD_ROWS =
      List.of(
          "s1,maybe,2023-01-20 10:00:00 UTC",
          "s2,active",
          ",active,2023-01-20 10:00:00 UTC",
          "s3,active,yesterday",
          "\"s4,active,2023-01-20 10:00:00 UTC",
          "s1,active,2023-02-30 10:00:00 UTC");

  private final Random random;
  private final List<String> stores = new ArrayList<>();

  RandomFiles(long seed) {
    random = new Random(seed);
    int count = 1 + random.nextInt(25);
    for (int i = 0; i < count; i++) {
      stores.add(
          switch (random.nextInt(6)) {
            case 0 -> "s" + i;
            case 1 -> "14819664988201589" + (10 + i);
            case 2 -> "Zürich \uD83C\uDFEA " + i;
            case 3 -> "\"a, \"\"" + i + "\"\"\"";
            case 4 -> "\uFF5E" + i;
            default -> "store-" + i;
          });
    }
  }

  private String store() {
    return stores.get(random.nextInt(stores.size()));
  }

  private boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  /** Writes files into a folder, and returns them in the order in which they are to be read. */
  List<Path> writeTo(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    int pollFiles = oneIn(8) ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < pollFiles; i++) {
      files.add(oneIn(5) ? jsonPolls(folder, i) : polls(folder, i));
    }
    int hoursFiles = random.nextInt(3);
    for (int i = 0; i < hoursFiles; i++) {
      files.add(write(folder, "hours" + i + ".csv", hours()));
    }
    if (!oneIn(4)) {
      files.add(write(folder, "zones.csv", zones()));
    }
    if (oneIn(2)) {
      files.add(write(folder, "tags.csv", tags()));
    }
    Collections.shuffle(files, random);
    if (oneIn(2)) {
      files.add(write(folder, "days.csv", days()));
      files.add(write(folder, "closures.csv", closures()));
    }
    if (files.isEmpty()) {
      files.add(write(folder, "zones.csv", zones()));
    }
    return files;
  }

  private Path polls(Path folder, int number) throws IOException {
    boolean hasNote = oneIn(3);
    List<String> rows = new ArrayList<>();
    int count = random.nextInt(400);
    boolean hasOrder = oneIn(3);
    for (int i = 0; i < count; i++) {
      if (oneIn(60)) {
        rows.add(BAD_ROWS.get(random.nextInt(BAD_ROWS.size())));
        continue;
      }
      if (oneIn(70)) {
        rows.add("");
      }
      long minutes = hasOrder ? 10_080L * i / count : 30L * random.nextInt(336);
      String status =
          oneIn(40) ? (oneIn(2) ? "up" : "Down") : random.nextInt(4) > 0 ? "active" : "inactive";
      String row =
          "%s,%s,%s".formatted(store(), status, UTC.format(START.plusSeconds(60 * minutes)));
      rows.add(hasNote ? row + "," + note() : row);
    }
    String header = "store_id,status,timestamp_utc" + (hasNote ? ",note" : "");
    return write(folder, "polls" + number + ".csv", text(header, rows));
  }

  private String note() {
    return switch (random.nextInt(8)) {
      case 0 -> "\"two\nlines\"";
      case 1 -> "\"many\r\n\r\nlines, \"\"and\"\" quotes\ns1,active,2023-01-20 10:00:00 UTC\"";
      case 2 -> "\"not closed";
      case 3 -> "";
      default -> "fine";
    };
  }

  private Path jsonPolls(Path folder, int number) throws IOException {
    StringBuilder text = new StringBuilder();
    int count = 1 + random.nextInt(100);
    for (int i = 0; i < count; i++) {
      text.append(
          "{\"store_id\":\"j%d\",\"status\":\"%s\",\"timestamp_utc\":\"%s\"}\n"
              .formatted(
                  random.nextInt(5),
                  oneIn(30) ? "perhaps" : oneIn(3) ? "inactive" : "active",
                  START.plusSeconds(1800L * random.nextInt(336))));
    }
    return write(folder, "polls" + number + ".jsonl", text.toString());
  }

  private String hours() {
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(80); i > 0; i--) {
      String times =
          oneIn(20)
              ? "9 o'clock,17:00"
              : oneIn(10) ? "22:00,04:00" : oneIn(15) ? "," : "08:30,18:00:00";
      rows.add("%s,%s,%s".formatted(store(), oneIn(30) ? "Sonntag" : random.nextInt(7), times));
    }
    return text("store_id,day,start_time_local,end_time_local", rows);
  }

  private String zones() {
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      rows.add(store() + "," + ZONES.get(random.nextInt(ZONES.size())));
    }
    return text("store_id,timezone_str", rows);
  }

  private String tags() {
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      rows.add(store() + "," + (oneIn(10) ? "a;b" : oneIn(2) ? "region:west" : "region:east"));
    }
    return text("store_id,tag", rows);
  }

  private String days() {
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      rows.add(
          "%s,2023-01-%d,%s"
              .formatted(
                  oneIn(5) ? "*" : oneIn(6) ? "unknown" : store(),
                  16 + random.nextInt(9),
                  oneIn(3) ? "," : oneIn(8) ? "noon,17:00" : "10:00,14:00"));
    }
    return text("store_id,date,start_time_local,end_time_local", rows);
  }

  private String closures() {
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      rows.add(
          "%s,2023-01-%dT08:00,2023-01-25T09:00,works"
              .formatted(oneIn(6) ? "unknown" : store(), 16 + random.nextInt(8)));
    }
    return text("store_id,from_local,to_local,reason", rows);
  }

  private String text(String header, List<String> rows) {
    String end = oneIn(3) ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder(oneIn(4) ? "\uFEFF" : "").append(header).append(end);
    rows.forEach(row -> text.append(row).append(end));
    if (oneIn(3)) {
      text.setLength(text.length() - end.length());
    }
    return text.toString();
  }

  private Path write(Path folder, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(8)) {
      case 0 -> {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
          out.write(bytes);
        }
        yield Files.write(folder.resolve(name + ".gz"), packed.toByteArray());
      }
      case 1 -> {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(packed)) {
          out.putNextEntry(new ZipEntry(name));
          out.write(bytes);
        }
        yield Files.write(folder.resolve(name + ".zip"), packed.toByteArray());
      }
      case 2 ->
          Files.write(
              folder.resolve(name),
              text.replace("\uFEFF", "")
                  .getBytes(StandardCharsets.UTF_16)); // which begins with one
      default -> Files.write(folder.resolve(name), bytes);
    };
  }
}
