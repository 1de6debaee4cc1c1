package dev.storewatch.lake;

import dev.storewatch.database.Workbench;
import dev.storewatch.entry.EntryTexts;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.entry.StoreIds;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.RowSink;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.importing.RowSource;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** What a lake says of stores, as imports take it, a source for each kind. */
final class StoreRows {
  private final Path folder;
  private final Manifest manifest;
  private final Workbench bench;
  private final Set<String> zones = ZoneTable.inUse().names();

  /** The ids of the stores, which every other row has to name; read once. */
  private @Nullable Set<String> known;

  StoreRows(Path folder, Manifest manifest, Workbench bench) {
    this.folder = folder;
    this.manifest = manifest;
    this.bench = bench;
  }

  /** Returns what it means that a lake that was checked cannot be read. */
  static BadLake changedMeanwhile(Path folder, RuntimeException e) {
    return new BadLake(
        "%s cannot be read any more, although it was whole when the import began (%s): let an export to it end, and import it again"
            .formatted(folder, LakeCheck.firstLine(e)),
        e);
  }

  /** Whoever receives rows. */
  private interface Receiver {
    void take(Row row);
  }

  /** A row: its values by column. */
  private final class Row {
    private final LakeTable table;
    private final Map<String, Object> values = new HashMap<>();

    Row(LakeTable table) {
      this.table = table;
    }

    @Nullable String text(String column) {
      return (String) values.get(column);
    }

    String said(String column) {
      return (String) values.getOrDefault(column, "");
    }

    @Nullable Integer number(String column) {
      return (Integer) values.get(column);
    }

    int given(String column) {
      return (Integer) values.getOrDefault(column, -1);
    }

    @Nullable Long instant(String column) {
      return (Long) values.get(column);
    }

    /** Returns the store, which has to be one of the lake. */
    String store() {
      String id = said("store_id");
      if (!known().contains(id)) {
        throw wrong("names the store '%s', which is not among the stores".formatted(id));
      }
      return id;
    }

    LocalDate date(String column) {
      try {
        return LocalDate.parse(said(column));
      } catch (DateTimeException e) {
        throw wrong("has the %s '%s': use for example 2026-12-24".formatted(column, said(column)));
      }
    }

    /** Returns whether it says that stores are closed, and checks the times if it does not. */
    boolean isClosed() {
      Integer opens = number("opens_second");
      Integer closes = number("closes_second");
      if (opens == null && closes == null) {
        return true;
      }
      boolean isRight =
          opens != null
              && closes != null
              && opens >= 0
              && opens < OpeningInterval.DAY_SECONDS
              && closes >= 0
              && closes <= OpeningInterval.DAY_SECONDS;
      if (!isRight) {
        throw wrong("opens at %s and closes at %s".formatted(opens, closes));
      }
      return false;
    }

    BadLake wrong(String what) {
      return new BadLake(
          "%s is damaged: a row of %s %s: %s"
              .formatted(folder, table.word(), what, manifest.mend()));
    }
  }

  /** Reads the ids first: a connection of DuckDB reads one result at a time. */
  private void read(LakeTable table, Receiver receiver) {
    Set<String> _ = known();
    readRows(table, receiver);
  }

  private void readRows(LakeTable table, Receiver receiver) {
    String sql =
        "SELECT %s FROM %s"
            .formatted(table.read(), LakeFiles.rowsOf(folder, manifest.files(table)));
    try {
      bench.read(sql, chunk -> take(table, chunk, receiver));
    } catch (Workbench.Failed e) {
      throw changedMeanwhile(folder, e);
    }
  }

  private void take(LakeTable table, DuckDBDataChunkReader chunk, Receiver receiver) {
    List<LakeTable.Column> columns = table.columns();
    for (int i = 0; i < chunk.rowCount(); i++) {
      Row row = new Row(table);
      for (int column = 0; column < columns.size(); column++) {
        DuckDBReadableVector vector = chunk.vector(column);
        if (!vector.isNull(i)) {
          row.values.put(columns.get(column).name(), value(columns.get(column), vector, i));
        } else if (!columns.get(column).isNullable()) {
          throw row.wrong("has no " + columns.get(column).name());
        }
      }
      receiver.take(row);
    }
  }

  private static Object value(LakeTable.Column column, DuckDBReadableVector vector, int row) {
    return switch (column.type()) {
      case TEXT -> vector.getString(row);
      case INSTANT, BIGINT -> vector.getLong(row);
      case BOOLEAN -> vector.getBoolean(row);
      case INT -> vector.getInt(row);
    };
  }

  private Set<String> known() {
    Set<String> ids = known;
    if (ids == null) {
      Set<String> read = new HashSet<>();
      readRows(
          LakeTable.STORES,
          row -> {
            String id = row.said("store_id");
            // An id of before blanks around it were dropped stays as it is.
            String problem = StoreIds.problem(id);
            if (problem != null) {
              throw row.wrong("has the store_id '%s': %s".formatted(id, problem));
            }
            if (!read.add(id)) {
              throw row.wrong("names the store '%s' again".formatted(id));
            }
          });
      if (read.size() != manifest.stores()) {
        throw new BadLake(
            "%s is damaged: it has %,d stores, and the manifest says %,d: %s"
                .formatted(folder, read.size(), manifest.stores(), manifest.mend()));
      }
      known = read;
      ids = read;
    }
    return ids;
  }

  /** Names and tags; so every store is named. */
  final class Described implements RowSource {
    @Override
    public FileKind kind() {
      return FileKind.STORES;
    }

    @Override
    public long read(RowSink sink, StoreIdIndex ids, long latest, String tooLate) {
      Map<String, List<String>> tags = new HashMap<>();
      StoreRows.this.read(
          LakeTable.TAGS,
          row -> tags.computeIfAbsent(row.store(), first -> new ArrayList<>()).add(tag(row)));
      long[] rows = {0};
      StoreRows.this.read(
          LakeTable.STORES,
          row -> {
            rows[0]++;
            String id = row.said("store_id");
            sink.tags(ids.indexOf(id), row.text("name"), tags.getOrDefault(id, List.of()));
          });
      return rows[0];
    }

    private String tag(Row row) {
      String value = row.text("value");
      String tag = value == null ? row.said("name") : row.said("name") + ":" + value;
      String problem = EntryTexts.tagProblem(tag);
      if (problem != null) {
        throw row.wrong("has a tag that is none: " + problem);
      }
      return tag;
    }
  }

  /** Time zones. */
  final class Zones implements RowSource {
    @Override
    public FileKind kind() {
      return FileKind.ZONES;
    }

    @Override
    public long read(RowSink sink, StoreIdIndex ids, long latest, String tooLate) {
      long[] rows = {0};
      StoreRows.this.read(
          LakeTable.STORES,
          row -> {
            int store = ids.indexOf(row.store());
            String zone = row.text("time_zone");
            if (zone != null) {
              rows[0]++;
              take(sink, row, store, zone, rows[0]);
            }
            Long flagged = row.instant("zone_flagged_at");
            if (flagged != null) {
              sink.flaggedZone(store, flagged);
            }
          });
      return rows[0];
    }

    private void take(RowSink sink, Row row, int store, String zone, long number) {
      if (zones.contains(zone)) {
        sink.zone(store, zone);
      } else {
        sink.refusedZone(store);
        sink.rejected(
            number,
            "time_zone is '%s', which is not in the table of time zones in use: use a newer program, or --zone-rules"
                .formatted(zone),
            row.said("store_id") + "," + zone);
      }
    }
  }

  /** Business hours, those from a date on too. */
  final class Hours implements RowSource {
    @Override
    public FileKind kind() {
      return FileKind.HOURS;
    }

    @Override
    public long read(RowSink sink, StoreIdIndex ids, long latest, String tooLate) {
      long[] rows = {0};
      StoreRows.this.read(
          LakeTable.HOURS,
          row -> {
            rows[0]++;
            int store = ids.indexOf(row.store());
            int day = day(row);
            if (row.isClosed()) {
              sink.closed(store, day);
            } else {
              sink.hours(store, day, row.given("opens_second"), row.given("closes_second"));
            }
          });
      StoreRows.this.read(
          LakeTable.LATER_HOURS,
          row -> {
            rows[0]++;
            int store = ids.indexOf(row.store());
            int day = day(row);
            LocalDate from = row.date("valid_from");
            if (row.isClosed()) {
              sink.closedFrom(from, store, day);
            } else {
              sink.hoursFrom(
                  from, store, day, row.given("opens_second"), row.given("closes_second"));
            }
          });
      StoreRows.this.read(
          LakeTable.STORES,
          row -> {
            Long flagged = row.instant("hours_flagged_at");
            if (flagged != null) {
              sink.flaggedHours(ids.indexOf(row.store()), flagged);
            }
          });
      return rows[0];
    }

    private int day(Row row) {
      int day = row.given("day_of_week");
      if (day < 0 || day > 6) {
        throw row.wrong("has the day_of_week %d: use 0 for Monday to 6 for Sunday".formatted(day));
      }
      return day;
    }
  }

  private RowSink.Target target(Row row, StoreIdIndex ids) {
    String tag = row.text("tag");
    if (row.text("store_id") == null) {
      String problem = tag == null ? null : EntryTexts.tagProblem(tag);
      if (problem != null) {
        throw row.wrong("has a tag that is none: " + problem);
      }
      return new RowSink.Target(-1, tag);
    }
    if (tag != null) {
      throw row.wrong("has both a store and a tag");
    }
    return new RowSink.Target(ids.indexOf(row.store()), null);
  }

  /** Special days. */
  final class SpecialDays implements RowSource {
    @Override
    public FileKind kind() {
      return FileKind.SPECIAL_DAYS;
    }

    /** A date of some stores. */
    private record Place(RowSink.Target target, LocalDate date) {}

    @Override
    public long read(RowSink sink, StoreIdIndex ids, long latest, String tooLate) {
      Map<Place, List<Row>> places = new LinkedHashMap<>();
      StoreRows.this.read(
          LakeTable.SPECIAL_DAYS,
          row ->
              places
                  .computeIfAbsent(
                      new Place(target(row, ids), row.date("date")), first -> new ArrayList<>())
                  .add(row));
      places.forEach((place, rows) -> give(sink, place, rows));
      return places.values().stream().mapToLong(List::size).sum();
    }

    /**
     * Gives the rows of a date, whose labels are shown together where they are of several entries.
     */
    private void give(RowSink sink, Place place, List<Row> rows) {
      String labels =
          rows.stream()
              .map(row -> row.said("label"))
              .filter(label -> !label.isEmpty())
              .distinct()
              .collect(Collectors.joining("; "));
      String label = labels.isEmpty() ? null : labels;
      String problem = EntryTexts.labelProblem(label);
      if (problem != null) {
        label = rows.getFirst().text("label");
        String own = EntryTexts.labelProblem(label);
        if (own != null) {
          throw rows.getFirst().wrong("has a label that is none: " + own);
        }
      }
      for (Row row : rows) {
        if (row.isClosed()) {
          sink.specialClosed(place.target, place.date, label);
        } else {
          sink.specialHours(
              place.target,
              place.date,
              row.given("opens_second"),
              row.given("closes_second"),
              label);
        }
      }
    }
  }

  /** Planned closures. */
  final class Closures implements RowSource {
    @Override
    public FileKind kind() {
      return FileKind.CLOSURES;
    }

    @Override
    public long read(RowSink sink, StoreIdIndex ids, long latest, String tooLate) {
      long[] rows = {0};
      StoreRows.this.read(
          LakeTable.CLOSURES,
          row -> {
            rows[0]++;
            sink.closure(target(row, ids), closure(row));
          });
      return rows[0];
    }

    private Closure closure(Row row) {
      try {
        String reason = row.said("reason");
        EntryTexts.checkReason(reason);
        Long from = row.instant("from_utc");
        Long to = row.instant("to_utc");
        if (from != null && to != null && from < to) {
          return new Closure.Fixed(new Span(from, to), reason);
        }
        String last = row.text("last_date");
        return new Closure.Local(
            LocalDateTime.parse(row.said("from_local")),
            LocalDateTime.parse(row.said("to_local")),
            repeat(row),
            last == null ? null : LocalDate.parse(last),
            reason);
      } catch (DateTimeException | WrongInput e) {
        throw row.wrong("is no closure (%s)".formatted(e.getMessage()));
      }
    }

    private Closure.Repeat repeat(Row row) {
      return Arrays.stream(Closure.Repeat.values())
          .filter(repeat -> repeat.word().equals(row.said("repeats")))
          .findFirst()
          .orElseThrow(
              () -> row.wrong("is no closure: it repeats '%s'".formatted(row.said("repeats"))));
    }
  }
}
