package dev.storewatch.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a lake that an export writes into.
 *
 * <p>New files are made under other names, and get theirs when all are complete. Then the manifest
 * is put in the place of the one before, in one step; only after that the files go that it does not
 * name. So whoever reads the files of the manifest that is there finds all of them, whenever an
 * export is broken off.
 */
final class LakeFolder implements AutoCloseable {
  private static final String PART = ".part";
  private static final String LOCK = ".lock";

  private static final Logger LOG = LoggerFactory.getLogger(LakeFolder.class);

  private final Path path;
  private final FileChannel channel;
  private final Consumer<String> beforeStep;

  private LakeFolder(Path path, FileChannel channel, Consumer<String> beforeStep) {
    this.path = path;
    this.channel = channel;
    this.beforeStep = beforeStep;
  }

  /**
   * Takes a folder, and makes it if it is not there.
   *
   * @param beforeStep called before each change of the folder, with what it is
   * @throws BadLake if another process exports to it, or it holds something else
   */
  static LakeFolder take(Path path, Consumer<String> beforeStep) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new BadLake("%s is a file: name a folder for the lake".formatted(path));
      }
      Files.createDirectories(path);
      requireLakeOrEmpty(path);
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new BadLake(
            "another process exports to %s: wait for it to end, or name another folder"
                .formatted(path));
      }
      return new LakeFolder(path, channel, beforeStep);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder %s cannot be used: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Refuses a folder with files of others: an export that was broken off leaves only its own. */
  private static void requireLakeOrEmpty(Path path) throws IOException {
    if (Files.exists(path.resolve(Manifest.NAME))) {
      return;
    }
    Set<String> own =
        Stream.of(LakeTable.values()).map(LakeTable::word).collect(Collectors.toSet());
    own.add(LOCK);
    own.add(Manifest.NAME + PART);
    try (Stream<Path> found = Files.list(path)) {
      var other =
          found.map(file -> String.valueOf(file.getFileName())).filter(name -> !own.contains(name));
      other
          .findFirst()
          .ifPresent(
              name -> {
                throw new BadLake(
                    "%s holds %s and no %s: name an empty folder, or the one of an earlier export"
                        .formatted(path, name, Manifest.NAME));
              });
    }
  }

  /** Returns the folder. */
  Path path() {
    return path;
  }

  /** Returns the manifest; null if nothing was exported yet. */
  @Nullable Manifest manifest() {
    return manifest(path);
  }

  static @Nullable Manifest manifest(Path folder) {
    Path file = folder.resolve(Manifest.NAME);
    try {
      return Files.exists(file) ? Manifest.read(file.toString(), Files.readAllBytes(file)) : null;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Returns where a new file is made, before it gets its name. */
  Path make(String file) {
    step("make " + file);
    Path part = path.resolve(file + PART);
    try {
      Files.createDirectories(part.getParent());
      Files.deleteIfExists(part);
      return part;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(String what) {
    beforeStep.accept(what);
  }

  /**
   * Gives new files their names, then puts the manifest in its place, then deletes what it does not
   * name.
   *
   * @param made the paths of the files that were made
   */
  void commit(Manifest manifest, List<String> made) {
    try {
      Set<Path> folders = new LinkedHashSet<>();
      for (String file : made) {
        Path to = path.resolve(file);
        force(path.resolve(file + PART));
        step("name " + file);
        Files.move(path.resolve(file + PART), to, StandardCopyOption.ATOMIC_MOVE);
        for (Path of = to.getParent(); of != null && !of.equals(path); of = of.getParent()) {
          folders.add(of);
        }
      }
      folders.forEach(LakeFolder::forceNames);
      step("write the manifest");
      Path part = path.resolve(Manifest.NAME + PART);
      Files.writeString(part, manifest.json(), StandardCharsets.UTF_8);
      force(part);
      step("name the manifest");
      Files.move(
          part,
          path.resolve(Manifest.NAME),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      forceNames(path);
      clearAway(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException("the lake cannot be written: %s".formatted(e.getMessage()), e);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Has the names of a folder reach the disk, where the system can say so of folders. */
  private static void forceNames(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.debug("the names in {} reach the disk when the system likes", folder, e);
    }
  }

  /**
   * Deletes the files of exports that a manifest does not name, and folders of dates that have none
   * any more.
   *
   * @param manifest null if there is none
   */
  void clearAway(@Nullable Manifest manifest) throws IOException {
    Set<String> named =
        manifest == null
            ? Set.of()
            : manifest.files().stream().map(LakeFile::path).collect(Collectors.toSet());
    List<Path> left = new ArrayList<>();
    for (LakeTable table : LakeTable.values()) {
      Path folder = path.resolve(table.word());
      if (Files.isDirectory(folder)) {
        try (Stream<Path> found = Files.walk(folder, 2)) {
          left.addAll(found.filter(file -> isLeft(file, named)).toList());
        }
      }
    }
    for (Path file : left) {
      step("delete " + relative(file));
      Files.deleteIfExists(file);
      deleteIfEmpty(Objects.requireNonNull(file.getParent()));
    }
    Files.deleteIfExists(path.resolve(Manifest.NAME + PART));
  }

  private boolean isLeft(Path file, Set<String> named) {
    String name = relative(file);
    String complete = name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name;
    return LakeFile.isOurs(complete) && !named.contains(name);
  }

  private String relative(Path file) {
    return path.relativize(file).toString().replace('\\', '/');
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      if (found.findAny().isPresent()) {
        return;
      }
    }
    Files.deleteIfExists(folder);
  }

  /** Returns the SHA-256 of a file, in hexadecimal. */
  static String sha256(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long _ = new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
