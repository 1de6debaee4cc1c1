package dev.storewatch.report;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.database.Columns;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.PackedNumbers;
import dev.storewatch.uptime.PackedTotals;
import dev.storewatch.uptime.WindowTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of some stores that follow each other in a report. The table {@code report_block}
 * keeps them as texts: the figures of all stores for the first window, then for the next, so that
 * each follow others that are like them.
 */
final class ReportBlock {
  /** The rows, each of a store and window, of a block: their text has some 60 KB. */
  private static final int ROWS = 3_072;

  private final int[] stores;
  private final long[] totals;
  private final long[] ends;

  /**
   * Figures that were read; the arrays are not copied.
   *
   * @param stores the keys of the stores
   * @param totals for each store the totals of each window, as {@link WindowTotals} orders them
   * @param ends for each store the start and end of each window if they are not those of every
   *     other store; else empty
   */
  ReportBlock(int[] stores, long[] totals, long[] ends) {
    this.stores = stores;
    this.totals = totals;
    this.ends = ends;
  }

  /** Returns how many stores there are. */
  int size() {
    return stores.length;
  }

  /** Writes the stores of a scope, with the ends of windows that all stores share if they do. */
  void writeTo(RowWriter writer, Registry registry, Scope scope, long[] endsOfAll) {
    boolean own = ends.length > 0;
    for (int i = 0; i < stores.length; i++) {
      if (scope.includes(registry, stores[i])) {
        writer.row(
            registry.id(stores[i]),
            totals,
            i * (totals.length / stores.length),
            own ? ends : endsOfAll,
            own ? i * (ends.length / stores.length) : 0);
      }
    }
  }

  /** Returns the rows of {@code report_block} for a report. */
  static Columns columns(int number, ReportTable table) {
    int size = Math.max(1, ROWS / table.windows());
    int count = (table.size() + size - 1) / size;
    int[] numbers = new int[count];
    Arrays.fill(numbers, number);
    int[] firsts = new int[count];
    List<String> stores = new ArrayList<>(count);
    List<String> figures = new ArrayList<>(count);
    List<String> ends = new ArrayList<>(count);
    for (int block = 0; block < count; block++) {
      int from = block * size;
      int to = Math.min(table.size(), from + size);
      firsts[block] = from;
      stores.add(packStores(table, from, to));
      figures.add(packFigures(table, from, to));
      ends.add(table.hasOwnEnds() ? packEnds(table, from, to) : "");
    }
    return new Columns()
        .ints("report_number", numbers)
        .ints("first_store", firsts)
        .texts("stores", stores)
        .texts("figures", figures)
        .texts("ends", ends);
  }

  private static String packStores(ReportTable table, int from, int to) {
    PackedNumbers.Writer out = new PackedNumbers.Writer(to - from);
    for (int row = from; row < to; row++) {
      out.number(table.store(row));
    }
    return out.text();
  }

  private static String packFigures(ReportTable table, int from, int to) {
    long[] byWindow = new long[(to - from) * table.windows() * WindowTotals.FIELDS];
    int at = 0;
    for (int window = 0; window < table.windows(); window++) {
      for (int row = from; row < to; row++) {
        System.arraycopy(
            table.array(),
            table.offset(row) + window * WindowTotals.FIELDS,
            byWindow,
            at,
            WindowTotals.FIELDS);
        at += WindowTotals.FIELDS;
      }
    }
    return PackedTotals.pack(byWindow, 0, (to - from) * table.windows());
  }

  private static String packEnds(ReportTable table, int from, int to) {
    PackedNumbers.Writer out = new PackedNumbers.Writer(2 * (to - from) * table.windows());
    long before = 0;
    for (int window = 0; window < table.windows(); window++) {
      for (int row = from; row < to; row++) {
        int at = table.firstEnd(row) + 2 * window;
        out.signed(table.ends()[at] - before);
        out.signed(table.ends()[at + 1] - table.ends()[at]);
        before = table.ends()[at];
      }
    }
    return out.text();
  }

  /**
   * Reads a row of {@code report_block}.
   *
   * @param windows how many windows the report has
   */
  static ReportBlock unpack(int windows, String stores, String figures, @Nullable String ends) {
    int[] keys = stores(stores);
    long[] byWindow = new long[keys.length * windows * WindowTotals.FIELDS];
    int _ = PackedTotals.unpack(figures, byWindow);
    long[] totals = new long[byWindow.length];
    int at = 0;
    for (int window = 0; window < windows; window++) {
      for (int row = 0; row < keys.length; row++) {
        System.arraycopy(
            byWindow,
            at,
            totals,
            (row * windows + window) * WindowTotals.FIELDS,
            WindowTotals.FIELDS);
        at += WindowTotals.FIELDS;
      }
    }
    return new ReportBlock(
        keys,
        totals,
        ends == null || ends.isEmpty() ? new long[0] : unpackEnds(windows, keys.length, ends));
  }

  /** Reads the stores of a row of {@code report_block}. */
  static int[] stores(String packed) {
    PackedNumbers.Reader in = new PackedNumbers.Reader(packed);
    int[] keys = new int[packed.length()]; // each takes more than a character
    int count = 0;
    while (in.hasNext()) {
      keys[count++] = (int) in.number();
    }
    return Arrays.copyOf(keys, count);
  }

  private static long[] unpackEnds(int windows, int stores, String packed) {
    PackedNumbers.Reader in = new PackedNumbers.Reader(packed);
    long[] ends = new long[2 * windows * stores];
    long start = 0;
    for (int window = 0; window < windows; window++) {
      for (int row = 0; row < stores; row++) {
        int at = 2 * (row * windows + window);
        start += in.signed();
        ends[at] = start;
        ends[at + 1] = start + in.signed();
      }
    }
    return ends;
  }
}
