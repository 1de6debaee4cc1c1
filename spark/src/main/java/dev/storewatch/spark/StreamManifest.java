package dev.storewatch.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a lake consists of that a stream writes, in the words that all readers of lakes know, and
 * how far the stream is.
 *
 * @param query the id of the stream, which its checkpoint has
 * @param topic the topic that it reads
 * @param batch the last batch that is in the lake
 * @param stores how many stores there are
 * @param dates how many polls there are of each date: a file may say one again
 * @param files the files that count
 * @param dropped files that counted before the last batch: who reads an older manifest reads them
 */
record StreamManifest(
    String query,
    String topic,
    long batch,
    long stores,
    SortedMap<String, Long> dates,
    List<File> files,
    List<String> dropped) {
  static final String NAME = "manifest.json";

  /** The tables in the order of the manifests of exports. */
  static final List<String> TABLES =
      List.of("polls", "stores", "tags", "hours", "later_hours", "special_days", "closures");

  private static final String FORMAT = "storewatch-lake";

  /** No batch yet. */
  static final long NO_BATCH = -1;

  /** A file that counts. */
  record File(String path, long rows, long bytes, String sha256) {
    String table() {
      return path.substring(0, path.indexOf('/'));
    }

    /** Returns the number in its name. */
    long number() {
      return Long.parseLong(
          path.substring(path.lastIndexOf('-') + 1, path.length() - ".parquet".length()));
    }

    boolean isOf(String date) {
      return path.startsWith("polls/date=%s/".formatted(date));
    }
  }

  /** Copies the files into the order of a manifest. */
  StreamManifest {
    dates = new TreeMap<>(dates);
    files =
        files.stream()
            .sorted(
                Comparator.comparingInt((File file) -> TABLES.indexOf(file.table()))
                    .thenComparing(File::path))
            .toList();
    dropped = List.copyOf(dropped);
  }

  static StreamManifest empty(String query, String topic) {
    return new StreamManifest(query, topic, NO_BATCH, 0, new TreeMap<>(), List.of(), List.of());
  }

  List<File> files(String table) {
    return files.stream().filter(file -> file.table().equals(table)).toList();
  }

  byte[] json(Instant now) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", 1);
    root.put("export", batch + 1);
    root.put("written_at", now.toString());
    root.put("time_zone", "UTC");
    // So that an installation does not export into it: it is not its lake.
    root.put(
        "installation", Long.toUnsignedString(UUID.fromString(query).getMostSignificantBits(), 16));
    root.put("revision", batch + 1);
    root.put("revision_made_at", 0);
    root.putNull("first_date");
    root.put("stores", stores);
    root.put("polls", dates.values().stream().mapToLong(Long::longValue).sum());
    ObjectNode byDate = root.putObject("polls_by_date");
    dates.forEach(byDate::put);
    ObjectNode stream = root.putObject("stream");
    stream.put("query", query);
    stream.put("topic", topic);
    stream.put("batch", batch);
    ArrayNode gone = stream.putArray("dropped");
    dropped.forEach(gone::add);
    ArrayNode all = root.putArray("files");
    for (File file : files) {
      all.addObject()
          .put("path", file.path)
          .put("rows", file.rows)
          .put("bytes", file.bytes)
          .put("sha256", file.sha256);
    }
    return (mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a manifest.
   *
   * @param folder the lake, for messages
   * @return null if an installation exports into the lake
   * @throws BadInput if it is none, damaged, or of a newer program
   */
  static @Nullable StreamManifest read(String folder, byte[] json) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (java.io.IOException e) {
      throw damaged(folder);
    }
    if (!root.path("format").asText().equals(FORMAT)) {
      throw new BadInput(
          "%s in %s is no manifest of a lake: name another folder".formatted(NAME, folder));
    }
    if (root.path("version").asInt() > 1) {
      throw new BadInput(
          "the lake %s was written by a newer program: use a newer storewatch-spark.jar"
              .formatted(folder));
    }
    JsonNode stream = root.path("stream");
    if (stream.isMissingNode()) {
      return null;
    }
    try {
      SortedMap<String, Long> dates = new TreeMap<>();
      root.required("polls_by_date")
          .properties()
          .forEach(date -> dates.put(date.getKey(), date.getValue().longValue()));
      List<File> files = new ArrayList<>();
      for (JsonNode file : root.required("files")) {
        files.add(
            new File(
                file.required("path").asText(),
                file.required("rows").longValue(),
                file.required("bytes").longValue(),
                file.required("sha256").asText()));
      }
      List<String> dropped = new ArrayList<>();
      stream.required("dropped").forEach(path -> dropped.add(path.asText()));
      return new StreamManifest(
          stream.required("query").asText(),
          stream.required("topic").asText(),
          stream.required("batch").longValue(),
          root.required("stores").longValue(),
          dates,
          files,
          dropped);
    } catch (IllegalArgumentException e) {
      throw damaged(folder);
    }
  }

  private static BadInput damaged(String folder) {
    return new BadInput(
        "%s in %s is damaged: take the folder from a copy, or begin a new lake with a new checkpoint"
            .formatted(NAME, folder));
  }
}
