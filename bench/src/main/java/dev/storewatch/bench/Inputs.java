package dev.storewatch.bench;

import java.nio.file.Path;
import java.util.List;

/** The three files that are measured. */
record Inputs(Path polls, Path hours, Path zones) {
  List<Path> all() {
    return List.of(hours, zones, polls);
  }
}
