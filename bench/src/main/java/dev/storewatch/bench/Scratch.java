package dev.storewatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that a measurement makes and deletes. */
final class Scratch {
  private Scratch() {}

  static void delete(Path folder) throws IOException {
    List<Path> contents;
    try (Stream<Path> walk = Files.walk(folder)) {
      contents = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : contents) {
      Files.deleteIfExists(path);
    }
  }

  /** Returns the bytes of all files in a folder. */
  static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        size += Files.size(path);
      }
    }
    return size;
  }
}
