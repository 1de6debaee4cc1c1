package dev.storewatch.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
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
}
