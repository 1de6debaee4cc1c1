package dev.storewatch.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import dev.storewatch.interval.Micros;
import dev.storewatch.notice.FaultKind;
import dev.storewatch.notice.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What whoever reads the report must know about the data that it rests on, in the order and in the
 * words of the server. Counts and three ids of each kind come to the driver, and nothing else.
 */
final class Notices {
  /** How far the newest polls of stores that are polled at one time lie apart. */
  private static final long NEAR = Micros.of(Duration.ofHours(1));

  private static final Column IS_REPORTED = col(Results.REPORTED);

  private final Dataset<Row> results;
  private final Question question;
  private final Supplier<Dataset<Row>> earlier;

  /**
   * The notices of a report.
   *
   * @param earlier gives the newest poll of each store before the time that the report reads, which
   *     is looked for only when it is needed
   */
  Notices(Dataset<Row> results, Question question, Supplier<Dataset<Row>> earlier) {
    this.results = results;
    this.question = question;
    this.earlier = earlier;
  }

  List<Finding> find() {
    Gathered gathered = Gathered.of(results, question);
    List<Finding> all = new ArrayList<>();
    Finding late = question.horizon().end() <= question.asOf() ? null : lateAsOf(gathered);
    if (late != null) {
      all.add(late);
    }
    if (gathered.unfinished().count() > 0) {
      all.add(unfinished(gathered));
    }
    faults(gathered, all);
    return all;
  }

  private void faults(Gathered gathered, List<Finding> all) {
    for (FaultKind kind : FaultKind.values()) {
      Gathered.Some stores = gathered.of(kind);
      if (stores.count() > 0) {
        List<Finding.NearMiss> meant = kind == FaultKind.POLLED_ONLY ? nearMisses() : List.of();
        all.add(
            new Finding(
                kind.code(), (int) stores.count(), stores.first(), meant.isEmpty() ? null : meant));
      }
    }
  }

  private static Column is(FaultKind kind) {
    return col(Results.FAULTS).bitwiseAND(kind.bit()).notEqual(0);
  }

  private List<String> examples(Column wanted) {
    return results
        .filter(wanted)
        .select(Results.STORE)
        .orderBy(Results.STORE)
        .limit(Finding.MOST_EXAMPLES)
        .as(Encoders.STRING())
        .collectAsList();
  }

  private List<Finding.NearMiss> nearMisses() {
    Dataset<Row> described =
        results
            .filter(col(Results.DESCRIBED))
            .groupBy(Results.NORMAL)
            .agg(min(Results.STORE).as("meant"));
    return results
        .filter(is(FaultKind.POLLED_ONLY))
        .select(Results.STORE, Results.NORMAL)
        .join(described, Results.NORMAL)
        .select(Results.STORE, "meant")
        .orderBy(Results.STORE)
        .limit(Finding.MOST_EXAMPLES)
        .collectAsList()
        .stream()
        .map(row -> new Finding.NearMiss(row.getString(0), row.getString(1)))
        .toList();
  }

  private Finding unfinished(Gathered gathered) {
    String[] names = question.names();
    List<String> periods =
        IntStream.range(0, names.length)
            .filter(gathered::isUnfinished)
            .mapToObj(window -> names[window])
            .toList();
    return Finding.of(
        new Finding.Unfinished(question.asOf(), periods),
        (int) gathered.unfinished().count(),
        gathered.unfinished().first());
  }

  private @Nullable Finding lateAsOf(Gathered gathered) {
    long carry = question.ruleOf().carryMicros();
    long stores = gathered.reported();
    long behind = gathered.behind().count();
    if (2 * behind <= stores) {
      return null;
    }
    Dataset<Row> known =
        results
            .filter(IS_REPORTED)
            .join(earlier.get(), col(Results.STORE).equalTo(col("earlier_store")), "left")
            .select(col(Results.STORE), coalesce(newest(), col("earlier")).as(Results.NEWEST));
    Long right = rightForMost(known, stores, carry);
    if (right == null) {
      return null;
    }
    return Finding.of(
        new Finding.LateAsOf(
            question.asOf(),
            carry,
            (int) stores,
            right,
            examples(IS_REPORTED.and(newest().gt(right)))),
        (int) behind,
        gathered.behind().first());
  }

  private static Column newest() {
    return col(Results.NEWEST);
  }

  /**
   * Returns the newest poll of the bulk of the stores, as the server does: from the store in the
   * middle on, the last poll that follows the one before within an hour.
   */
  private static @Nullable Long rightForMost(Dataset<Row> known, long stores, long carry) {
    Dataset<Row> polled = known.filter(newest().isNotNull()).select(newest());
    long without = stores - polled.count();
    Iterator<Row> sorted =
        polled.orderBy(newest()).offset((int) Math.max(0, stores / 2 - without)).toLocalIterator();
    if (!sorted.hasNext()) {
      return null;
    }
    long middle = sorted.next().getLong(0);
    long last = middle;
    while (sorted.hasNext()) {
      long next = sorted.next().getLong(0);
      if (next - last > NEAR || next - middle > carry) {
        return last;
      }
      last = next;
    }
    return last;
  }
}
