package dev.storewatch.importing;

import dev.storewatch.system.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Where uploaded files lie until they are imported: a restart does not lose them. */
public final class UploadFolder {
  private final Path path;

  /** Uses a folder within the data folder. */
  public UploadFolder(DataFolder folder) {
    this.path = folder.path().resolve("uploads");
  }

  /** Returns whether the file of an import is there. */
  public boolean holds(String importId) {
    return Files.exists(file(importId));
  }

  Path file(String importId) {
    return path.resolve(importId);
  }

  /** Moves a file that was received whole to where it waits. */
  void keep(Path received, String importId) throws IOException {
    Files.createDirectories(path);
    Files.move(received, file(importId), StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(String importId) throws IOException {
    Files.deleteIfExists(file(importId));
  }

  /** Returns the imports whose files are there. */
  Stream<String> importIds() {
    if (!Files.isDirectory(path)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + path, e);
    }
  }
}
