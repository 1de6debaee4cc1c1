package dev.storewatch.copy;

import dev.storewatch.interval.Span;

/** A part of the work that is one transaction, and is done or not. */
sealed interface Unit {
  /** Returns its name, which no other unit of the same source has. */
  String name();

  /** Returns about how many rows it has. */
  long rows();

  /** Rows of a table. */
  record OfTable(Table table, Slice slice, long rows) implements Unit {
    @Override
    public String name() {
      return table.name() + slice;
    }
  }

  /**
   * Polls of a part of time, of the stores with keys from one to another.
   *
   * @param part the name of the part
   */
  record OfPolls(String part, Span time, int firstKey, int lastKey, long rows) implements Unit {
    @Override
    public String name() {
      return "%s of the stores %d to %d".formatted(part, firstKey, lastKey);
    }
  }

  /** The uploaded file of an import. */
  record OfUpload(String importId) implements Unit {
    @Override
    public String name() {
      return "uploaded file " + importId;
    }

    @Override
    public long rows() {
      return 1;
    }
  }
}
