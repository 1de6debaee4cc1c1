package dev.storewatch.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Files and folders of any file system. */
final class Folders {
  private final Configuration hadoop;

  Folders(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  FileSystem of(Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }

  /**
   * Returns the files of some paths, those of a folder in the order of their names; what begins
   * with a dot or an underscore is none.
   *
   * @throws BadInput if one is not there, or a folder has no file
   */
  List<FileStatus> files(String option, List<String> paths) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (String text : paths) {
      Path path = new Path(text);
      List<FileStatus> own = new ArrayList<>();
      try {
        add(of(path), of(path).getFileStatus(path), own);
      } catch (FileNotFoundException e) {
        throw new BadInput("--%s: there is no %s: name a file or a folder".formatted(option, text));
      }
      if (own.isEmpty()) {
        throw new BadInput("--%s: there is no file in %s".formatted(option, text));
      }
      files.addAll(own);
    }
    return files;
  }

  private static void add(FileSystem system, FileStatus status, List<FileStatus> files)
      throws IOException {
    if (status.isFile()) {
      files.add(status);
      return;
    }
    List<FileStatus> inside = new ArrayList<>(List.of(system.listStatus(status.getPath())));
    inside.sort(Comparator.comparing(each -> each.getPath().getName()));
    for (FileStatus each : inside) {
      String name = each.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        add(system, each, files);
      }
    }
  }

  static boolean isParquet(FileStatus file) {
    return file.getPath().getName().endsWith(".parquet");
  }

  byte[] read(Path path) throws IOException {
    try (InputStream bytes = of(path).open(path)) {
      return bytes.readAllBytes();
    }
  }

  /** Returns the SHA-256 of a file, in hexadecimal. */
  String sha256(Path path) throws IOException {
    try (InputStream bytes = of(path).open(path)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long _ = new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Puts a file in the place of another one in one step, when its bytes have reached the disk.
   *
   * <p>Hadoop's own way to rename on a local disk is none: beside each file it keeps one with
   * checksums, which it moves after it, and a process that is killed between the two leaves a file
   * that counts as damaged.
   */
  void replace(Path from, Path to) throws IOException {
    FileSystem system = of(to);
    if (system instanceof LocalFileSystem local) {
      java.nio.file.Path source = local.pathToFile(from).toPath();
      java.nio.file.Path target = local.pathToFile(to).toPath();
      try (FileChannel channel = FileChannel.open(source, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      java.nio.file.Path folder = Files.createDirectories(target.resolveSibling(""));
      Files.deleteIfExists(folder.resolve("." + to.getName() + ".crc")); // of the one before
      Files.move(
          source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
      return;
    }
    system.mkdirs(parent(to));
    FileContext.getFileContext(to.toUri(), hadoop).rename(from, to, Options.Rename.OVERWRITE);
  }

  /** Writes a file so that whoever reads it finds the old one or the whole new one. */
  void write(Path to, Path draft, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = of(draft).create(draft, true)) {
      out.write(bytes);
      out.hsync();
    }
    replace(draft, to);
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  Configuration hadoop() {
    return hadoop;
  }
}
