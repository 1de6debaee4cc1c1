package dev.storewatch.spark;

import dev.storewatch.entry.StoreIds;
import dev.storewatch.notice.FaultKind;
import dev.storewatch.notice.Finding;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What notices need to know of all stores, found in one pass over the results: each query of Spark
 * costs more than that, however few stores there are.
 */
final class Gathered implements Serializable {
  private static final long serialVersionUID = 1;

  private final EnumMap<FaultKind, Some> ofKinds = new EnumMap<>(FaultKind.class);
  private final boolean[] isUnfinished;
  private final Some unfinished = new Some();
  private final Some behind = new Some();
  private long reported;

  /** How many stores, and the first ids of them. */
  static final class Some implements Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> first = new ArrayList<>(Finding.MOST_EXAMPLES + 1);
    private long count;

    long count() {
      return count;
    }

    List<String> first() {
      return first;
    }

    private void take(String id) {
      count++;
      keep(id);
    }

    private void keep(String id) {
      if (first.size() == Finding.MOST_EXAMPLES
          && StoreIds.ORDER.compare(id, first.getLast()) > 0) {
        return;
      }
      first.add(id);
      first.sort(StoreIds.ORDER);
      if (first.size() > Finding.MOST_EXAMPLES) {
        first.removeLast();
      }
    }

    private void take(Some others) {
      count += others.count;
      others.first.forEach(this::keep);
    }
  }

  private Gathered(int windows) {
    for (FaultKind kind : FaultKind.values()) {
      ofKinds.put(kind, new Some());
    }
    this.isUnfinished = new boolean[windows];
  }

  /** Goes over the results. */
  static Gathered of(Dataset<Row> results, Question question) {
    int windows = question.names().length;
    long onTime = question.asOf() - question.ruleOf().carryMicros();
    return results
        .select(Results.STORE, Results.REPORTED, Results.NEWEST, Results.FAULTS, Results.UNFINISHED)
        .toJavaRDD()
        .mapPartitions(rows -> List.of(of(rows, windows, onTime)).iterator())
        .fold(new Gathered(windows), Gathered::and);
  }

  private static Gathered of(Iterator<Row> rows, int windows, long onTime) {
    Gathered all = new Gathered(windows);
    rows.forEachRemaining(row -> all.take(row, onTime));
    return all;
  }

  private void take(Row row, long onTime) {
    String id = row.getString(0);
    int faults = row.getInt(3);
    for (FaultKind kind : FaultKind.values()) {
      if ((faults & kind.bit()) != 0) {
        of(kind).take(id);
      }
    }
    if (!row.getBoolean(1)) {
      return;
    }
    reported++;
    if (row.isNullAt(2) || row.getLong(2) < onTime) {
      behind.take(id);
    }
    String marks = row.getString(4);
    if (marks.indexOf('1') >= 0) {
      unfinished.take(id);
      for (int window = 0; window < isUnfinished.length; window++) {
        isUnfinished[window] |= marks.charAt(window) == '1';
      }
    }
  }

  private Gathered and(Gathered others) {
    Gathered all = new Gathered(isUnfinished.length);
    for (Gathered each : List.of(this, others)) {
      for (FaultKind kind : FaultKind.values()) {
        all.of(kind).take(each.of(kind));
      }
      for (int window = 0; window < isUnfinished.length; window++) {
        all.isUnfinished[window] |= each.isUnfinished[window];
      }
      all.unfinished.take(each.unfinished);
      all.behind.take(each.behind);
      all.reported += each.reported;
    }
    return all;
  }

  /** Returns the stores with a fault. */
  Some of(FaultKind kind) {
    return Objects.requireNonNull(ofKinds.get(kind));
  }

  /** Returns how many stores the report has. */
  long reported() {
    return reported;
  }

  /** Returns those of which no poll is as new as it has to be to speak at the as-of instant. */
  Some behind() {
    return behind;
  }

  /** Returns those with a period that is not over on their clocks. */
  Some unfinished() {
    return unfinished;
  }

  /** Returns whether a window is not over at some store. */
  boolean isUnfinished(int window) {
    return isUnfinished[window];
  }
}
