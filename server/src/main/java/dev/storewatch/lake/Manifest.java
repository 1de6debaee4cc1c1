package dev.storewatch.lake;

import dev.storewatch.input.WrongInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a lake consists of: the files that count, and what they have.
 *
 * @param export how many exports made it, which numbers the files of each
 * @param writtenAt when the last of them ended
 * @param installation tells the installation that it is of from others
 * @param revision the revision of the data
 * @param revisionMadeAt when it was made, in microseconds since the epoch
 * @param firstDate the first date whose polls are kept; null if all are
 * @param stores how many stores there are
 * @param dates how many polls there are of each date: a file may say one again
 * @param files the files
 * @param isOfStream whether a stream on Spark writes it, and no export
 */
record Manifest(
    int export,
    Instant writtenAt,
    long installation,
    int revision,
    long revisionMadeAt,
    @Nullable LocalDate firstDate,
    long stores,
    SortedMap<LocalDate, Long> dates,
    List<LakeFile> files,
    boolean isOfStream) {
  static final String NAME = "manifest.json";

  private static final String FORMAT = "storewatch-lake";

  /** Raised by a change of the format by which older programs would read something wrong. */
  private static final int VERSION = 1;

  private static final JsonMapper JSON = new JsonMapper();

  /** Returns how many polls there are. */
  long polls() {
    return dates.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the files of polls of a date. */
  List<LakeFile> files(LocalDate date) {
    return files.stream().filter(file -> date.equals(file.date())).toList();
  }

  /** Returns the files of a table. */
  List<LakeFile> files(LakeTable table) {
    return files.stream().filter(file -> file.table() == table).toList();
  }

  /** Returns what to do when the lake is damaged and there is no copy of it, for messages. */
  String mend() {
    return isOfStream
        ? "put back the folder and the checkpoint of its stream as both were at one time, or begin"
            + " a new lake with a new checkpoint"
        : "export it again with --anew";
  }

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", FORMAT);
    fields.put("version", VERSION);
    fields.put("export", export);
    fields.put("written_at", writtenAt.toString());
    fields.put("time_zone", "UTC");
    fields.put("installation", Long.toUnsignedString(installation, 16));
    fields.put("revision", revision);
    fields.put("revision_made_at", revisionMadeAt);
    fields.put("first_date", firstDate == null ? null : firstDate.toString());
    fields.put("stores", stores);
    fields.put("polls", polls());
    Map<String, Long> counts = new LinkedHashMap<>();
    dates.forEach((date, polls) -> counts.put(date.toString(), polls));
    fields.put("polls_by_date", counts);
    fields.put("files", files.stream().map(Manifest::fields).toList());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n";
  }

  private static Map<String, Object> fields(LakeFile file) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", file.path());
    fields.put("rows", file.rows());
    fields.put("bytes", file.bytes());
    fields.put("sha256", file.sha256());
    return fields;
  }

  /**
   * Reads a manifest.
   *
   * @param where the file, for messages
   * @throws BadLake if it is none, or of a newer program
   */
  static Manifest read(String where, byte[] json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw damaged(where, e);
    }
    if (!root.path("format").asString("").equals(FORMAT)) {
      throw new BadLake(
          "%s is no manifest of a lake of Storewatch: name the folder that `export --format parquet` wrote"
              .formatted(where));
    }
    int version = root.path("version").asInt(0);
    if (version > VERSION) {
      throw new BadLake(
          "%s has version %d of the format, and this program knows versions up to %d: use a newer program"
              .formatted(where, version, VERSION));
    }
    try {
      return of(root);
    } catch (JacksonException | WrongInput | NumberFormatException | DateTimeException e) {
      throw damaged(where, e);
    }
  }

  private static BadLake damaged(String where, RuntimeException e) {
    return new BadLake(
        "%s is damaged (%s): take the folder from a copy, or export to an empty folder"
            .formatted(where, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
        e);
  }

  private static Manifest of(JsonNode root) {
    SortedMap<LocalDate, Long> dates = new TreeMap<>();
    root.required("polls_by_date")
        .properties()
        .forEach(date -> dates.put(LocalDate.parse(date.getKey()), date.getValue().longValue()));
    List<LakeFile> files = new ArrayList<>();
    for (JsonNode file : root.required("files")) {
      files.add(
          LakeFile.of(
              file.required("path").asString(),
              file.required("rows").longValue(),
              file.required("bytes").longValue(),
              file.required("sha256").asString()));
    }
    JsonNode first = root.required("first_date");
    Manifest manifest =
        new Manifest(
            root.required("export").intValue(),
            Instant.parse(root.required("written_at").asString()),
            Long.parseUnsignedLong(root.required("installation").asString(), 16),
            root.required("revision").intValue(),
            root.required("revision_made_at").longValue(),
            first.isNull() ? null : LocalDate.parse(first.asString()),
            root.required("stores").longValue(),
            dates,
            files,
            root.has("stream"));
    manifest.check(root.required("polls").longValue());
    return manifest;
  }

  /** Checks that the parts agree. */
  private void check(long polls) {
    if (polls != polls()) {
      throw new WrongInput("it has %d polls, and %d by date".formatted(polls, polls()));
    }
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.POLLS && files(table).size() != 1) {
        throw new WrongInput("it needs one file of " + table.word());
      }
    }
    for (LakeFile file : files(LakeTable.POLLS)) {
      if (!dates.containsKey(file.date())) {
        throw new WrongInput("it has no count of polls of " + file.date());
      }
    }
  }
}
