package dev.storewatch.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The folder of a lake that a stream writes into.
 *
 * <p>The files of a batch are made in a hidden folder and get names that come from the number of
 * the batch. Then the manifest is put in the place of the one before, in one step. So a batch that
 * was broken off counts for nothing, and when it is run again it makes the same names.
 */
final class StreamLake {
  /** Where files are made. */
  private static final String DRAFT = ".batch";

  private static final String REJECTS = "rejects";

  private static final Pattern POLLS =
      Pattern.compile("polls/date=\\d{4}-\\d{2}-\\d{2}/polls-\\d{6,9}\\.parquet");
  private static final Pattern OTHERS = Pattern.compile("[a-z_]+/[a-z_]+-\\d{6,9}\\.parquet");

  private final String name;
  private final Path folder;
  private final Folders folders;
  private final Consumer<String> beforeStep;
  private final StreamManifest start;

  private StreamLake(
      String name,
      Path folder,
      Folders folders,
      Consumer<String> beforeStep,
      StreamManifest start) {
    this.name = name;
    this.folder = folder;
    this.folders = folders;
    this.beforeStep = beforeStep;
    this.start = start;
  }

  /**
   * Checks that a stream may write into a folder.
   *
   * @throws BadInput if it holds something else, or an installation exports into it
   */
  static void check(String name, Folders folders) throws IOException {
    Path folder = new Path(name);
    FileSystem system = folders.of(folder);
    if (!system.exists(folder)) {
      return;
    }
    if (system.getFileStatus(folder).isFile()) {
      throw new BadInput("--lake %s is a file: name a folder".formatted(name));
    }
    if (system.exists(new Path(folder, StreamManifest.NAME))) {
      if (StreamManifest.read(name, folders.read(new Path(folder, StreamManifest.NAME))) == null) {
        throw new BadInput(
            "an installation exports into the lake %s: name another folder for the stream"
                .formatted(name));
      }
      return;
    }
    Set<String> own = new HashSet<>(StreamManifest.TABLES);
    own.add(DRAFT);
    own.add(REJECTS);
    for (FileStatus file : system.listStatus(folder)) {
      if (!own.contains(file.getPath().getName())) {
        throw new BadInput(
            "--lake %s holds %s and no %s: name an empty folder, or the lake of this stream"
                .formatted(name, file.getPath().getName(), StreamManifest.NAME));
      }
    }
  }

  /**
   * Opens the lake for a batch.
   *
   * @param query the id of the stream, which its checkpoint has
   * @param beforeStep called before each change of the folder, with what it is
   * @throws BadInput if it is the lake of another stream, or is not at this batch
   */
  static StreamLake open(
      String name,
      Folders folders,
      String query,
      String topic,
      long batch,
      Consumer<String> beforeStep)
      throws IOException {
    check(name, folders);
    Path folder = folders.of(new Path(name)).makeQualified(new Path(name));
    StreamManifest manifest;
    try {
      manifest = StreamManifest.read(name, folders.read(new Path(folder, StreamManifest.NAME)));
    } catch (FileNotFoundException e) {
      manifest = null;
    }
    if (manifest == null) {
      manifest = StreamManifest.empty(query, topic);
    }
    if (!manifest.query().equals(query)) {
      throw new BadInput(
          "the lake %s is of a stream with another checkpoint: name that checkpoint, or an empty folder"
              .formatted(name));
    }
    if (!manifest.topic().equals(topic)) {
      throw new BadInput(
          "the lake %s has the topic %s: name that, or another lake and another checkpoint"
              .formatted(name, manifest.topic()));
    }
    if (batch > manifest.batch() + 1 || batch < manifest.batch()) {
      throw new BadInput(
          "the lake %s has all batches up to %d, and the checkpoint goes on with %d: put back the lake and the checkpoint of one time, or begin a new lake with a new checkpoint"
              .formatted(name, manifest.batch(), batch));
    }
    StreamLake lake = new StreamLake(name, folder, folders, beforeStep, manifest);
    lake.clearAway();
    return lake;
  }

  String name() {
    return name;
  }

  Folders folders() {
    return folders;
  }

  /** Returns the manifest as it was when the lake was opened. */
  StreamManifest manifest() {
    return start;
  }

  String path(String file) {
    return new Path(folder, file).toString();
  }

  String draft(String file) {
    return new Path(new Path(folder, DRAFT), file).toString();
  }

  private FileSystem system() throws IOException {
    return folders.of(folder);
  }

  /** Deletes what no manifest names: what a batch that was broken off left, and dropped files. */
  private void clearAway() throws IOException {
    delete(new Path(folder, DRAFT));
    for (String path : start.dropped()) {
      delete(new Path(folder, path));
    }
  }

  /** Deletes the files of batches that were broken off, wherever they are. */
  void clearAwayAll() throws IOException {
    Set<String> named = new HashSet<>();
    start.files().forEach(file -> named.add(file.path()));
    for (String table : StreamManifest.TABLES) {
      Path own = new Path(folder, table);
      if (system().exists(own)) {
        clearAway(own, table, named);
      }
    }
  }

  private void clearAway(Path in, String relative, Set<String> named) throws IOException {
    for (FileStatus file : system().listStatus(in)) {
      String path = relative + "/" + file.getPath().getName();
      if (file.isDirectory()) {
        clearAway(file.getPath(), path, named);
      } else if (isOurs(path) && !named.contains(path)) {
        delete(file.getPath());
      }
    }
  }

  private static boolean isOurs(String path) {
    return POLLS.matcher(path).matches() || OTHERS.matcher(path).matches();
  }

  private void delete(Path path) throws IOException {
    if (system().exists(path)) {
      beforeStep.accept("delete " + path.getName());
      system().delete(path, true);
    }
  }

  void deleteRejects(long batch) throws IOException {
    delete(new Path(folder, rejects(batch)));
  }

  static String rejects(long batch) {
    return "%s/batch-%06d.csv".formatted(REJECTS, batch);
  }

  /** Returns the one file of Parquet that Spark made in a folder. */
  Path made(Path in) throws IOException {
    List<Path> files =
        Stream.of(system().listStatus(in))
            .map(FileStatus::getPath)
            .filter(file -> file.getName().startsWith("part-"))
            .toList();
    if (files.size() != 1) {
      throw new IOException("%s has %d files, and not one".formatted(in, files.size()));
    }
    return files.getFirst();
  }

  List<Path> folders(Path in, String key) throws IOException {
    return Stream.of(system().listStatus(in))
        .map(FileStatus::getPath)
        .filter(each -> each.getName().startsWith(key + "="))
        .toList();
  }

  /** Returns what a manifest says of a file. */
  StreamManifest.File describe(Path made, String path) throws IOException {
    long rows;
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(made, folders.hadoop()))) {
      rows = reader.getRecordCount();
    }
    return new StreamManifest.File(
        path, rows, system().getFileStatus(made).getLen(), folders.sha256(made));
  }

  /** Gives a file its name. */
  void move(Path made, String path) throws IOException {
    beforeStep.accept("name " + path);
    folders.replace(made, new Path(folder, path));
  }

  /** Puts a manifest in the place of the one before. */
  void commit(StreamManifest manifest) throws IOException {
    beforeStep.accept("name the manifest");
    folders.write(
        new Path(folder, StreamManifest.NAME),
        new Path(draft(StreamManifest.NAME)),
        manifest.json(Instant.now()));
  }

  /** Deletes what was made on the way. */
  void close() throws IOException {
    system().delete(new Path(folder, DRAFT), true);
  }

  /** Writes a file of Parquet without a row: no task of Spark is needed for that. */
  static void writeNoRows(Path file, StructType columns, Folders folders) throws IOException {
    StringBuilder type = new StringBuilder("message spark_schema {");
    for (StructField column : columns.fields()) {
      String ofColumn =
          switch (column.dataType()) {
            case TimestampType _ -> "int64 %s (TIMESTAMP(MICROS,true))";
            case IntegerType _ -> "int32 %s";
            default -> "binary %s (STRING)";
          };
      type.append(" optional ").append(ofColumn.formatted(column.name())).append(';');
    }
    ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, folders.hadoop()))
        .withType(MessageTypeParser.parseMessageType(type.append(" }").toString()))
        .build()
        .close();
  }
}
