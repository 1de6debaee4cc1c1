package dev.storewatch.spark;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Polls in columns of Spark: Parquet or a table of a database. A period is asked of the column of
 * timestamps itself, so that Spark reads no more than that; all else is whole microseconds.
 */
final class PollTable {
  private final Dataset<Row> table;
  private final Map<String, String> columns;
  private final String name;
  private final boolean isParquet;

  /**
   * The polls of a table.
   *
   * @param columns how columns are called that have other names, by ours
   * @param name what to call it in messages
   * @throws BadInput if a column is missing or of another type
   */
  PollTable(Dataset<Row> table, Map<String, String> columns, String name, boolean isParquet) {
    this.table = table;
    this.columns = columns;
    this.name = name;
    this.isParquet = isParquet;
    check("store_id", StringType.class, "a text: cast it, since a number may have lost digits");
    check("at", TimestampType.class, "a timestamp with a time zone (an instant in UTC)");
    DataType active = type("active");
    if (!(active instanceof BooleanType) && !(active instanceof StringType)) {
      throw wrongType("active", active, "a boolean, or a text that is active or inactive");
    }
  }

  private String column(String ours) {
    return columns.getOrDefault(ours, ours);
  }

  private boolean has(String column) {
    return Arrays.asList(table.columns()).contains(column);
  }

  private DataType type(String ours) {
    if (!has(column(ours))) {
      throw new BadInput(
          "%s has no column %s (it has %s): name it with --columns %s=COLUMN"
              .formatted(name, column(ours), String.join(", ", table.columns()), ours));
    }
    return table.schema().apply(column(ours)).dataType();
  }

  private void check(String ours, Class<? extends DataType> wanted, String words) {
    DataType type = type(ours);
    if (!wanted.isInstance(type)) {
      throw wrongType(ours, type, words);
    }
  }

  private BadInput wrongType(String ours, DataType type, String words) {
    return new BadInput(
        "the column %s of %s is of the type %s: it has to be %s"
            .formatted(column(ours), name, type.simpleString(), words));
  }

  /** Returns the store of each poll. */
  Dataset<Row> ids() {
    return table.select(checked("store_id", col(column("store_id"))).as(StoreRows.STORE));
  }

  /** Returns the polls of a period, as {@link StoreRows}. */
  Dataset<Row> in(Span period) {
    return rows(table.filter(isIn(period)));
  }

  /** Returns the polls that are not in a period: the store, and when. */
  Dataset<Row> outside(Span period) {
    return table
        .filter(isIn(period).unary_$bang())
        .select(
            checked("store_id", col(column("store_id"))).as(StoreRows.STORE),
            unix_micros(col(column("at"))).as(StoreRows.AT));
  }

  /** Returns the newest poll that is not after an instant; null for none. */
  @Nullable Long newest(long until) {
    Row found =
        table
            .filter(col(column("at")).leq(instant(until)))
            .select(unix_micros(col(column("at"))).as(StoreRows.AT))
            .groupBy()
            .max(StoreRows.AT)
            .first();
    return found.isNullAt(0) ? null : Long.valueOf(found.getLong(0));
  }

  private Column isIn(Span period) {
    Column at = col(column("at"));
    return at.geq(instant(period.start())).and(at.lt(instant(period.end())));
  }

  private static Column instant(long micros) {
    return lit(Micros.toInstant(micros));
  }

  private Dataset<Row> rows(Dataset<Row> some) {
    Column active = col(column("active"));
    Column bit =
        type("active") instanceof BooleanType
            ? when(active, lit(1L)).when(active.equalTo(false), lit(0L))
            : when(lower(trim(active)).equalTo("active"), lit(1L))
                .when(lower(trim(active)).equalTo("inactive"), lit(0L));
    return some.select(
        checked("store_id", col(column("store_id"))).as(StoreRows.STORE),
        checked("at", unix_micros(col(column("at")))).as(StoreRows.AT),
        shiftleft(sequence(some), 1).bitwiseOR(checked("active", bit)).as(StoreRows.ORDER),
        lit(null).cast(DataTypes.StringType).as(StoreRows.TEXT));
  }

  private Column checked(String ours, Column value) {
    String problem =
        "a row of %s has no valid %s: mend it, or leave such rows out"
            .formatted(name, column(ours));
    return coalesce(value, raise_error(lit(problem)).cast(typeOf(ours)));
  }

  private static DataType typeOf(String ours) {
    return ours.equals("store_id") ? DataTypes.StringType : DataTypes.LongType;
  }

  /**
   * Returns the order in which polls were read: a column, else that of the files and their rows.
   */
  private Column sequence(Dataset<Row> some) {
    if (has(column("sequence"))) {
      return col(column("sequence")).cast(DataTypes.LongType);
    }
    if (!isParquet) {
      return lit(0L);
    }
    List<String> files = Arrays.stream(some.inputFiles()).sorted().toList();
    Column all = lit(files.toArray(String[]::new));
    return shiftleft(array_position(all, col("_metadata.file_path")), 38)
        .plus(col("_metadata.row_index"));
  }
}
