package dev.storewatch.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

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
    List<Finding> all = new ArrayList<>();
    Finding late = question.horizon().end() <= question.asOf() ? null : lateAsOf();
    if (late != null) {
      all.add(late);
    }
    Finding unfinished = unfinished();
    if (unfinished != null) {
      all.add(unfinished);
    }
    faults(all);
    return all;
  }

  private void faults(List<Finding> all) {
    FaultKind[] kinds = FaultKind.values();
    Column[] counts = new Column[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      counts[i] = count(when(is(kinds[i]), lit(1)));
    }
    Row found = aggregated(results, counts);
    for (int i = 0; i < kinds.length; i++) {
      int stores = (int) found.getLong(i);
      if (stores > 0) {
        List<Finding.NearMiss> meant = kinds[i] == FaultKind.POLLED_ONLY ? nearMisses() : List.of();
        all.add(
            new Finding(
                kinds[i].code(), stores, examples(is(kinds[i])), meant.isEmpty() ? null : meant));
      }
    }
  }

  private static Row aggregated(Dataset<Row> rows, Column... columns) {
    Column[] others = new Column[columns.length - 1];
    System.arraycopy(columns, 1, others, 0, others.length);
    return rows.agg(columns[0], others).first();
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

  private @Nullable Finding unfinished() {
    String[] names = question.names();
    Column[] any =
        IntStream.range(0, names.length)
            .mapToObj(window -> max(isUnfinished(window).cast("int")))
            .toArray(Column[]::new);
    Dataset<Row> reported = results.filter(IS_REPORTED);
    Column isAny = col(Results.UNFINISHED).contains("1");
    if (reported.filter(isAny).isEmpty()) {
      return null;
    }
    Row found = aggregated(reported, any);
    List<String> periods =
        IntStream.range(0, names.length)
            .filter(window -> !found.isNullAt(window) && found.getInt(window) == 1)
            .mapToObj(window -> names[window])
            .toList();
    return Finding.of(
        new Finding.Unfinished(question.asOf(), periods),
        (int) reported.filter(isAny).count(),
        examples(IS_REPORTED.and(isAny)));
  }

  private static Column isUnfinished(int window) {
    return col(Results.UNFINISHED).substr(window + 1, 1).equalTo("1");
  }

  private @Nullable Finding lateAsOf() {
    long carry = question.ruleOf().carryMicros();
    Column newest = coalesce(col(Results.NEWEST), lit(Long.MIN_VALUE));
    Column isBehind = IS_REPORTED.and(newest.lt(question.asOf() - carry));
    Row counts = aggregated(results, count(when(IS_REPORTED, 1)), count(when(isBehind, 1)));
    long stores = counts.getLong(0);
    long behind = counts.getLong(1);
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
            examples(IS_REPORTED.and(newest.gt(right)))),
        (int) behind,
        examples(isBehind));
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
