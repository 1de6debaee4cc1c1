package dev.storewatch.history;

import dev.storewatch.store.Registry;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Dates;
import java.util.Arrays;
import java.util.List;

/** The figures of stores in periods. */
final class HistoryTable {
  private final int[] keys;
  private final int[] rows;
  private final List<Dates> parts;
  private final long[] totals;

  /**
   * A table of nothing.
   *
   * @param keys the stores in the order of their keys
   */
  HistoryTable(Registry registry, int[] keys, List<Dates> parts) {
    this.keys = keys;
    this.parts = List.copyOf(parts);
    this.rows = new int[registry.size() + 1];
    Arrays.fill(rows, -1);
    for (int row = 0; row < keys.length; row++) {
      rows[keys[row]] = row;
    }
    this.totals = new long[Math.multiplyExact(keys.length, parts.size() * WindowTotals.FIELDS)];
  }

  /** Returns how many stores there are. */
  int size() {
    return keys.length;
  }

  /** Returns the stores in the order of their keys; not a copy. */
  int[] keys() {
    return keys;
  }

  int key(int row) {
    return keys[row];
  }

  /** Returns the row of a store; -1 if it has none. */
  int row(int key) {
    return key < rows.length ? rows[key] : -1;
  }

  /** Returns the periods. */
  List<Dates> parts() {
    return parts;
  }

  /** Adds figures, as {@link WindowTotals} orders them, to those of a store in a period. */
  void add(int row, int part, long[] from, int offset) {
    int at = (row * parts.size() + part) * WindowTotals.FIELDS;
    for (int field = 0; field < WindowTotals.FIELDS; field++) {
      totals[at + field] += from[offset + field];
    }
  }

  /** Returns the figures of a store in a period. */
  WindowTotals totals(int row, int part) {
    return WindowTotals.read(totals, (row * parts.size() + part) * WindowTotals.FIELDS);
  }
}
