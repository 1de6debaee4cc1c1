package dev.storewatch.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The write-ahead log of DuckDB: what was committed since the last time that all was written into
 * the file of the database, and is done again when the database is opened.
 *
 * <p>DuckDB refuses to open a database when an entry of the log does not match its checksum. But it
 * takes an entry that reaches beyond the end of the file for one that was being written when the
 * process ended, and drops it and whatever follows, and a log whose beginning it does not know as a
 * whole, without a word. So this looks at it beforehand. The format is that of DuckDB 2.0; a test
 * tells when another one comes.
 */
final class WriteAheadLog {
  private static final ValueLayout.OfLong SIZE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort FIELD =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The size of an entry and its checksum. */
  private static final int ENTRY_HEAD = 2 * Long.BYTES;

  private static final int END_OF_FIELDS = 0xFFFF;
  private static final int KIND = 100;
  private static final long KIND_VERSION = 98;
  private static final long KIND_CHECKPOINT = 99;
  private static final long KIND_COMMIT = 100;
  private static final int VERSION = 101;
  private static final int DATABASE_ID = 102;
  private static final int CHECKPOINT_NUMBER = 103;

  private final Path file;

  WriteAheadLog(Path database) {
    this.file = database.resolveSibling(database.getFileName() + ".wal");
  }

  /**
   * What DuckDB does not do again.
   *
   * @param file the log
   * @param size its length in bytes
   * @param from the first byte that is not used
   */
  record Lost(Path file, long size, long from) {
    /**
     * Puts a copy of the log aside, because DuckDB writes over it. There is one copy at most, the
     * newest.
     *
     * @return the copy
     */
    Path keepCopy() {
      Path copy = file.resolveSibling(file.getFileName() + ".not-replayed");
      try {
        return Files.copy(
            file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      } catch (IOException e) {
        throw new UncheckedIOException("%s cannot be copied to %s".formatted(file, copy), e);
      }
    }

    /** Says what is lost, and what follows from it. */
    String words(Path database, Path copy) {
      return """
      %d of the %d bytes of the write-ahead log %s were not replayed, from byte %d on: they are \
      what was being written when the program was killed, or the file is damaged or was cut. \
      If it was killed, nothing that was answered for is missing. Otherwise what was answered \
      for between %s and %s may be missing (imports, pushed polls, reports, keys, people): \
      compare the newest imports and polls with what was sent, and send again what is missing, \
      or restore a backup. The log is kept as %s\
      """
          .formatted(size - from, size, file, from, changed(database), changed(copy), copy);
    }

    private static String changed(Path path) {
      try {
        return Files.getLastModifiedTime(path)
            .toInstant()
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
      } catch (IOException e) {
        return "an unknown time";
      }
    }
  }

  /**
   * Returns what will not be done again of the log, if there is a log and anything of that kind.
   */
  Optional<Lost> look() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      long size = channel.size();
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      long used = endOfLastCommit(bytes);
      return used == size ? Optional.empty() : Optional.of(new Lost(file, size, used));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Returns where the entries end that are done again: those of whole transactions. */
  private static long endOfLastCommit(MemorySegment bytes) {
    long at = endOfHead(bytes);
    long committed = at;
    while (at > 0 && bytes.byteSize() - at >= ENTRY_HEAD) {
      long length = bytes.get(SIZE, at);
      long start = at + ENTRY_HEAD;
      if (length <= 0 || length > bytes.byteSize() - start) {
        break;
      }
      at = start + length;
      Reader entry = new Reader(bytes.asSlice(start, length));
      long kind = entry.isField(KIND) ? entry.number() : -1;
      if (kind == KIND_COMMIT || kind == KIND_CHECKPOINT) {
        committed = at;
      }
    }
    return committed;
  }

  /** Returns where the head of the log ends; 0 if it is none that is known. */
  private static long endOfHead(MemorySegment bytes) {
    Reader head = new Reader(bytes);
    if (!head.isField(KIND) || head.number() != KIND_VERSION) {
      return 0;
    }
    if (head.isField(VERSION)) {
      head.number();
    }
    if (head.isField(DATABASE_ID)) {
      for (long left = head.number(); left > 0 && !head.isAtEnd(); left--) {
        head.number();
      }
    }
    if (head.isField(CHECKPOINT_NUMBER)) {
      head.number();
    }
    return head.isField(END_OF_FIELDS) ? head.at : 0;
  }

  /** A reader of the numbers by which DuckDB writes objects. */
  private static final class Reader {
    private final MemorySegment bytes;
    private long at;

    Reader(MemorySegment bytes) {
      this.bytes = bytes;
    }

    boolean isAtEnd() {
      return at >= bytes.byteSize();
    }

    /** Passes the number of a field, if it comes next. */
    boolean isField(int number) {
      if (bytes.byteSize() - at < Short.BYTES || (bytes.get(FIELD, at) & 0xFFFF) != number) {
        return false;
      }
      at += Short.BYTES;
      return true;
    }

    /** Reads seven bits of each byte, until one has the eighth clear; -1 at the end. */
    long number() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE && !isAtEnd(); shift += 7) {
        byte part = bytes.get(ValueLayout.JAVA_BYTE, at++);
        value |= (part & 0x7FL) << shift;
        if (part >= 0) {
          return value;
        }
      }
      return -1;
    }
  }
}
