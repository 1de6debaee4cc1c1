package dev.storewatch.report;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.interval.Span;
import dev.storewatch.quality.Findings;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.WindowTotals;
import java.util.List;

/**
 * The rows of a computed report, in the order of the store ids: for each store the totals of each
 * window.
 *
 * <p>Kept as primitives, eight numbers for each store and window, because a fleet may have a
 * million stores.
 */
public final class ReportTable {
  private final Registry registry;
  private final int[] stores;
  private final int windows;
  private final long[] totals;

  private final WindowEnds ends;
  private Findings findings = Findings.NONE;
  private int revision;

  ReportTable(Registry registry, int[] stores, ReportSpec spec) {
    this.registry = registry;
    this.stores = stores;
    this.windows = spec.windows().size();
    this.ends = new WindowEnds(spec, stores.length);
    this.totals = new long[Math.multiplyExact(stores.length, windows * WindowTotals.FIELDS)];
  }

  /** Returns the number of stores. */
  public int size() {
    return stores.length;
  }

  /** Returns the number of windows. */
  public int windows() {
    return windows;
  }

  /** Returns the key of the store of a row, counted from 0. */
  public int store(int row) {
    return stores[row];
  }

  /** Returns the id of the store of a row. */
  public String storeId(int row) {
    return registry.id(stores[row]);
  }

  /** Returns the totals of a row for a window. */
  public WindowTotals totals(int row, int window) {
    return WindowTotals.read(totals, offset(row) + window * WindowTotals.FIELDS);
  }

  /**
   * Returns the array of all totals, as {@link dev.storewatch.uptime.UptimeEngine#measure} writes
   * them; not a copy.
   */
  long[] array() {
    return totals;
  }

  /** Returns what whoever reads the rows must know about the data that they rest on. */
  public Findings findings() {
    return findings;
  }

  /** Returns the revision of the data that the rows rest on. */
  public int revision() {
    return revision;
  }

  /** Says which revision of the data the rows rest on. */
  void restsOn(int number) {
    revision = number;
  }

  /** Says what was found in the data that the rows rest on. */
  void found(Findings all) {
    findings = all;
  }

  /** Returns where the totals of a row begin in {@link #array}. */
  int offset(int row) {
    return row * windows * WindowTotals.FIELDS;
  }

  /** Returns whether the windows of one store are not those of every other. */
  boolean hasOwnEnds() {
    return ends.areOwn();
  }

  /** Sets the windows of a row, if those of one store are not those of every other. */
  void setEnds(int row, List<Span> spans) {
    ends.set(row, spans);
  }

  /** Returns the array of the starts and ends of all windows; not a copy. */
  long[] ends() {
    return ends.array();
  }

  /** Returns where the windows of a row begin in {@link #ends}. */
  int firstEnd(int row) {
    return ends.first(row);
  }

  /** Writes all rows. */
  public void writeTo(RowWriter writer) {
    for (int row = 0; row < stores.length; row++) {
      writer.row(storeId(row), totals, offset(row), ends(), firstEnd(row));
    }
    writer.finish();
  }
}
