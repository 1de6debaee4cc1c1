package dev.storewatch.copy;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.importing.Uploads;
import dev.storewatch.poll.PollPart;
import dev.storewatch.poll.Polls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an installation is: in a data folder that this process holds, or in PostgreSQL. */
public final class Place implements AutoCloseable {
  /** After how many polls of a comparison the progress is told. */
  private static final int STEP = 1 << 14;

  private static final Logger LOG = LoggerFactory.getLogger(Place.class);

  private final String name;
  private final DataFolder folder;
  private final Database database;
  private final Side side;
  private final Polls polls;
  private final Uploads uploads;

  private Place(DataFolder folder, DatabaseSettings settings, Database database) {
    this.name = settings.nameOr(folder);
    this.folder = folder;
    this.database = database;
    this.side = Side.of(database);
    this.polls = Polls.open(database);
    this.uploads = Uploads.open(database, folder);
  }

  /**
   * Opens a place to copy from.
   *
   * @param folder the data folder, or one for temporary files; closed with the place
   */
  public static Place toCopyFrom(DataFolder folder, DatabaseSettings settings) {
    return new Place(folder, settings, Database.open(folder, settings));
  }

  /** Opens a place to copy to, which may hold a copy that was broken off. */
  public static Place toCopyTo(DataFolder folder, DatabaseSettings settings) {
    return new Place(folder, settings, Database.openThoughUnfinished(folder, settings));
  }

  /** Returns its name in messages. */
  String name() {
    return name;
  }

  Database database() {
    return database;
  }

  Side side() {
    return side;
  }

  Polls polls() {
    return polls;
  }

  List<PollPart> pollParts() {
    return PollPart.of(database);
  }

  /** Returns the imports whose uploaded files wait. */
  List<String> uploads() {
    return uploads.importIds().sorted().toList();
  }

  /** Writes an uploaded file of another place into a temporary one, which the caller deletes. */
  Path fetchUpload(Place from, String importId) {
    try (InputStream bytes = from.uploads.open(importId)) {
      Path file = Files.createTempFile(folder.temporary(), "copy", ".upload");
      Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes over an uploaded file, within the running transaction. */
  void keepUpload(Path file, String importId) {
    try {
      uploads.keep(file, importId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps other processes out from now on.
   *
   * @throws Copying.Failed if some use it already
   */
  void requireAlone() {
    int others = database.shutOthersOut();
    if (others > 0) {
      throw new Copying.Failed(
          "%s is in use by %d other %s: stop every server and command that uses it, then copy again; one that was killed counts for some seconds more"
              .formatted(name, others, others == 1 ? "process" : "processes"));
    }
  }

  /** Returns what is in it, as words. */
  List<String> contents() {
    List<String> found = new ArrayList<>();
    for (Table table : Table.ALL) {
      if (table.division() == null) {
        add(found, table.name(), count(table));
      }
    }
    add(found, Table.POLL.name(), pollParts().stream().mapToLong(PollPart::polls).sum());
    add(found, "uploaded files", uploads().size());
    return found;
  }

  private static void add(List<String> found, String what, long count) {
    if (count > 0) {
      found.add("%s %,d".formatted(what, count));
    }
  }

  long count(Table table) {
    return database.call(
        () ->
            database.jdbc().sql("SELECT count(*) FROM " + table.name()).query(Long.class).single());
  }

  /** Deletes everything. */
  void empty() {
    var _ =
        database.inWriteTransaction(
            () -> {
              // Deleting a large table row by row takes longer than a statement may take.
              String all = database.isShared() ? "TRUNCATE " : "DELETE FROM ";
              Table.ALL.forEach(table -> database.jdbc().sql(all + table.name()).update());
              return polls.deleteBefore(Long.MAX_VALUE);
            });
    for (String importId : uploads()) {
      try {
        uploads.delete(importId);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Tally.Sum sum(Table table, CopyProgress progress) {
    Tally tally = new Tally();
    side.read(
        table,
        Slice.ALL,
        batch -> {
          tally.add(batch);
          progress.moved(batch.size());
        });
    return tally.sum();
  }

  Tally.Sum sumOfPolls(CopyProgress progress) {
    Tally tally = new Tally();
    for (PollPart part : pollParts()) {
      side.readPolls(
          part.time(),
          0,
          Integer.MAX_VALUE,
          (store, poll, revision) -> {
            tally.addPoll(store, poll, revision);
            if (tally.rows() % STEP == 0) {
              progress.moved(STEP);
            }
          });
    }
    return tally.sum();
  }

  Tally.Sum sumOfUploads() {
    Tally tally = new Tally();
    uploads().forEach(importId -> tally.addFile(importId, hash(importId)));
    return tally.sum();
  }

  private long hash(String importId) {
    try (InputStream bytes = uploads.open(importId)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream read = new DigestInputStream(bytes, digest)) {
        long _ = read.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        LOG.debug("the file of import {} is not there as a whole: it is not the same", importId, e);
      }
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
