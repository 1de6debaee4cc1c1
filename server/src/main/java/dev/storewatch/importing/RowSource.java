package dev.storewatch.importing;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.RowSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the rows of an import come from: all are of one kind. */
public interface RowSource {
  /** Returns what they say. */
  FileKind kind();

  /**
   * Gives all rows to a sink.
   *
   * @param ids gives each store the number by which the sink knows it, and gets stores that are new
   * @param latest the latest instant of a poll, in microseconds since the epoch
   * @param tooLate what is wrong with a later one, and what would be right
   * @return how many rows there were
   * @throws IOException if they cannot be read to the end
   */
  long read(RowSink sink, StoreIdIndex ids, long latest, String tooLate) throws IOException;

  /** Returns how many bytes of plain text the rows have; 0 where that is not known. */
  default long plainBytes() {
    return 0;
  }

  /** Returns the header above the rows, if they have one; known once they are read. */
  default Optional<String> headerText() {
    return Optional.empty();
  }

  /** Returns what whoever brought them should know, complete once they are read. */
  default List<String> notes() {
    return List.of();
  }
}
