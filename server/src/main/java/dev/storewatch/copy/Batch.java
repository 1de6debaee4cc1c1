package dev.storewatch.copy;

import dev.storewatch.database.Feed;
import java.util.List;
import java.util.Objects;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/** Some rows of a table in memory, a column at a time. */
final class Batch implements Feed {
  private static final int ROWS = 1 << 14;

  /** The most characters of text in a batch, so that it has fewer rows if their texts are long. */
  private static final int LETTERS = 1 << 21;

  private final Table table;
  private final Cells[] columns;
  private int rows;
  private long letters;
  private int next;

  Batch(Table table) {
    this.table = table;
    this.columns = table.columns().stream().map(Batch::cells).toArray(Cells[]::new);
  }

  /** Whoever receives rows. */
  interface Receiver {
    /** Called with the rows of a batch, which is valid only during the call. */
    void take(Batch batch);
  }

  /** The values of a column. */
  private sealed interface Cells {}

  private static final class Numbers implements Cells {
    private final long[] values = new long[ROWS];
    private final boolean[] missing = new boolean[ROWS];
  }

  private static final class Texts implements Cells {
    private final @Nullable String[] values = new String[ROWS];
  }

  private static Cells cells(Table.Column column) {
    return switch (column.type()) {
      case TEXT -> new Texts();
      case SMALLINT, INTEGER, BIGINT, BOOLEAN -> new Numbers();
    };
  }

  Table table() {
    return table;
  }

  int size() {
    return rows;
  }

  boolean isText(int column) {
    return columns[column] instanceof Texts;
  }

  /** Sets a number, or a truth value as 0 or 1, of the row that comes next. */
  void setNumber(int column, long value) {
    Numbers numbers = numbers(column);
    numbers.values[rows] = value;
    numbers.missing[rows] = false;
  }

  void setText(int column, @Nullable String value) {
    texts(column).values[rows] = value;
    letters += value == null ? 0 : value.length();
  }

  void setNothing(int column) {
    switch (columns[column]) {
      case Numbers numbers -> numbers.missing[rows] = true;
      case Texts texts -> texts.values[rows] = null;
    }
  }

  /** Ends the row that was set; a full batch goes to a receiver and is empty again. */
  void endRow(Receiver receiver) {
    rows++;
    if (rows == ROWS || letters >= LETTERS) {
      giveTo(receiver);
    }
  }

  /** Passes the rows, if there are any, to a receiver. */
  void giveTo(Receiver receiver) {
    if (rows > 0) {
      receiver.take(this);
      rows = 0;
      letters = 0;
      next = 0;
    }
  }

  boolean isNothing(int column, int row) {
    return switch (columns[column]) {
      case Numbers numbers -> numbers.missing[row];
      case Texts texts -> texts.values[row] == null;
    };
  }

  long number(int column, int row) {
    return numbers(column).values[row];
  }

  String text(int column, int row) {
    return Objects.requireNonNull(texts(column).values[row]);
  }

  private Numbers numbers(int column) {
    return (Numbers) columns[column];
  }

  private Texts texts(int column) {
    return (Texts) columns[column];
  }

  @Override
  public List<Column> columns() {
    return table.columns().stream()
        .map(column -> new Column(column.name(), javaType(column.type())))
        .toList();
  }

  private static Class<?> javaType(Table.Type type) {
    return switch (type) {
      case TEXT -> String.class;
      case BOOLEAN -> boolean.class;
      case SMALLINT, INTEGER, BIGINT -> long.class;
    };
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int fill(DuckDBDataChunkWriter chunk) {
    int count = (int) Math.min(chunk.capacity(), rows - next);
    for (int column = 0; column < columns.length; column++) {
      Table.Type type = table.columns().get(column).type();
      DuckDBWritableVector vector = chunk.vector(column);
      for (int place = 0; place < count; place++) {
        write(vector, place, type, column, next + place);
      }
    }
    next += count;
    return count;
  }

  private void write(DuckDBWritableVector vector, int place, Table.Type type, int column, int row) {
    if (isNothing(column, row)) {
      vector.setNull(place);
      return;
    }
    switch (type) {
      case TEXT -> vector.setString(place, text(column, row));
      case BOOLEAN -> vector.setBoolean(place, number(column, row) != 0);
      case SMALLINT, INTEGER, BIGINT -> vector.setLong(place, number(column, row));
    }
  }
}
