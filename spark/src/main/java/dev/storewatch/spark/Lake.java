package dev.storewatch.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * The lake: which of its files count, as its manifest says. A file that an export left behind is
 * not among them.
 */
final class Lake {
  private static final String MANIFEST = "manifest.json";
  private static final String FORMAT = "storewatch-lake";
  private static final String DATE = "date=";

  private final Path folder;
  private final List<String> files;
  private final Set<String> withoutRows;

  private Lake(Path folder, List<String> files, Set<String> withoutRows) {
    this.folder = folder;
    this.files = files;
    this.withoutRows = withoutRows;
  }

  /**
   * Opens a lake.
   *
   * @throws BadInput if the folder is none
   */
  static Lake open(String folder, Folders folders) throws IOException {
    Path path = new Path(folder);
    JsonNode manifest;
    try {
      manifest = new ObjectMapper().readTree(folders.read(new Path(path, MANIFEST)));
    } catch (FileNotFoundException e) {
      throw new BadInput(
          "there is no %s in %s: name the folder that `storewatch export --format parquet` wrote"
              .formatted(MANIFEST, folder));
    } catch (JsonProcessingException e) {
      throw new BadInput(
          "%s in %s is damaged: take the folder from a copy, or write the lake again"
              .formatted(MANIFEST, folder));
    }
    if (!manifest.path("format").asText().equals(FORMAT)) {
      throw new BadInput("%s in %s is no manifest of a lake".formatted(MANIFEST, folder));
    }
    if (manifest.path("version").asInt() > 1) {
      throw new BadInput(
          "the lake %s was written by a newer program: use a newer storewatch-spark.jar"
              .formatted(folder));
    }
    List<String> files = new ArrayList<>();
    Set<String> withoutRows = new HashSet<>();
    for (JsonNode file : manifest.path("files")) {
      String name = file.path("path").asText();
      files.add(name);
      if (file.path("rows").asLong(1) == 0) {
        withoutRows.add(name);
      }
    }
    return new Lake(path, files, withoutRows);
  }

  /** Returns the files of a table. */
  List<String> table(String name) {
    return files.stream()
        .filter(file -> file.startsWith(name + "/"))
        .map(file -> new Path(folder, file).toString())
        .toList();
  }

  /** Returns the files of a table that have rows: each file that need not be read saves a job. */
  List<String> rowsOf(String name) {
    return files.stream()
        .filter(file -> file.startsWith(name + "/") && !withoutRows.contains(file))
        .map(file -> new Path(folder, file).toString())
        .toList();
  }

  /** Returns the files of polls by the date in UTC, the newest first. */
  NavigableMap<String, List<String>> polls() {
    NavigableMap<String, List<String>> dates = new TreeMap<>(Collections.reverseOrder());
    for (String file : files) {
      int at = file.indexOf(DATE);
      if (file.startsWith("polls/") && at >= 0) {
        String date = file.substring(at + DATE.length(), file.indexOf('/', at));
        dates.computeIfAbsent(date, _ -> new ArrayList<>()).add(new Path(folder, file).toString());
      }
    }
    return dates;
  }
}
