package dev.storewatch.importing;

import dev.storewatch.database.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/** Uploaded files in a folder within the data folder. */
final class UploadFolder implements Uploads {
  private final Path path;

  UploadFolder(DataFolder folder) {
    this.path = folder.path().resolve("uploads");
  }

  @Override
  public boolean holds(String importId) {
    return Files.exists(file(importId));
  }

  @Override
  public InputStream open(String importId) throws IOException {
    return Files.newInputStream(file(importId));
  }

  @Override
  public Optional<Path> path(String importId) {
    return Optional.of(file(importId));
  }

  private Path file(String importId) {
    return path.resolve(importId);
  }

  @Override
  public void keep(Path received, String importId) throws IOException {
    Files.createDirectories(path);
    Files.move(received, file(importId), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String importId) throws IOException {
    Files.deleteIfExists(file(importId));
  }

  @Override
  public Stream<String> importIds() {
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
