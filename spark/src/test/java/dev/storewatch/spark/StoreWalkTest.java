package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.entry.StoreIds;
import dev.storewatch.file.FileKind;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.interval.Micros;
import dev.storewatch.uptime.Poll;
import dev.storewatch.uptime.RandomQuestion;
import dev.storewatch.uptime.Scenario;
import dev.storewatch.uptime.WindowTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * All rules as data, and random questions, through what a task does with the rows of its stores.
 */
final class StoreWalkTest {
  private static final long NOW = Micros.of(Instant.parse("2100-01-01T00:00:00Z"));

  @TempDir private Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> keepsTheRulesOnFilesOfCsv() {
    return Scenario.all()
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.name(),
                    () -> {
                      List<Row> rows = read(scenario.question());
                      List<WindowTotals> totals =
                          walk(rows, scenario.question(), "PT1H,P1D,P7D", 3).getFirst();
                      assertThat(totals).isEqualTo(scenario.question().measure());
                      for (int window = 0; window < 3; window++) {
                        Scenario.Expected expected = scenario.expected().get(window);
                        assertThat(Math.abs(totals.get(window).up() - expected.up()))
                            .isLessThanOrEqualTo(10);
                        assertThat(Math.abs(totals.get(window).down() - expected.down()))
                            .isLessThanOrEqualTo(10);
                      }
                    }));
  }

  @ParameterizedTest
  @Seeds
  void givesWhatTheEngineGives(long seed) throws IOException {
    for (long each = seed * 1_000; each < seed * 1_000 + 100; each++) {
      dev.storewatch.uptime.Question question = RandomQuestion.of(each);
      String windows =
          String.join(
              ",",
              question.windows().stream()
                  .map(span -> Micros.toInstant(span.start()) + "/" + Micros.toInstant(span.end()))
                  .distinct()
                  .toList());
      if (question.windows().stream().anyMatch(span -> span.length() <= 0)
          || question.polls().stream().anyMatch(poll -> poll.at().isBefore(Instant.EPOCH))) {
        continue; // no window of a report, and no poll of a file
      }
      int count = windows.split(",", -1).length;
      assertThat(walk(read(question), question, windows, count).getFirst())
          .as("seed %d", each)
          .isEqualTo(question.with(question.windows().stream().distinct().toList()).measure());
    }
  }

  @Test
  void keepsStoresWithNearlyTheSameIdApart() throws IOException {
    Path polls =
        Files.writeString(
            folder.resolve("p.csv"),
            """
            store_id,status,timestamp_utc
            0081,active,2023-01-24 10:00:00 UTC
            81,inactive,2023-01-24 10:00:00 UTC
            1.10,active,2023-01-24 10:00:00 UTC
            1.1,inactive,2023-01-24 10:00:00 UTC
            Bogotá,active,2023-01-24 10:00:00 UTC
            Bogota,inactive,2023-01-24 10:00:00 UTC
            """);
    List<Row> rows = new ArrayList<>();
    FileRows.read(
        FileRows.Split.whole(polls.toString(), 0),
        List.of(FileKind.POLLS),
        NOW,
        new Configuration(),
        rows::add);
    Question question =
        new Question(
            Micros.of(Instant.parse("2023-01-24T11:00:00Z")), "nearest", "PT24H", "PT1H", false);
    List<String> ids = new ArrayList<>();
    List<Long> up = new ArrayList<>();
    new StoreWalk(sorted(rows), question, List.of(), Map.of(), false)
        .forEachRemaining(
            row -> {
              ids.add(row.getString(0));
              up.add(Results.unpack(row.<byte[]>getAs(7), 1)[WindowTotals.UP]);
            });

    assertThat(ids).containsExactly("0081", "1.1", "1.10", "81", "Bogota", "Bogotá");
    long hour = Micros.of(Duration.ofHours(1));
    assertThat(up).containsExactly(hour, 0L, hour, 0L, 0L, hour);
  }

  private List<List<WindowTotals>> walk(
      List<Row> rows, dev.storewatch.uptime.Question asked, String windows, int count) {
    Question question =
        new Question(
            asked.asOf(), asked.rule().name(), asked.rule().carry().toString(), windows, false);
    List<List<WindowTotals>> all = new ArrayList<>();
    new StoreWalk(sorted(rows), question, List.of(), Map.of(), false)
        .forEachRemaining(
            row -> {
              long[] numbers = Results.unpack(row.<byte[]>getAs(7), count);
              all.add(
                  IntStream.range(0, count)
                      .mapToObj(each -> WindowTotals.read(numbers, each * WindowTotals.FIELDS))
                      .toList());
            });
    return all;
  }

  /** Sorts rows as Spark does, and gives them as it does: in one object, which changes. */
  private static Iterator<InternalRow> sorted(List<Row> rows) {
    Object[] values = new Object[4];
    GenericInternalRow shared = new GenericInternalRow(values);
    Iterator<Row> sorted =
        rows.stream()
            .sorted(
                Comparator.<Row, String>comparing(row -> row.getString(0), StoreIds.ORDER)
                    .thenComparingLong(row -> row.getLong(1))
                    .thenComparingLong(row -> row.getLong(2)))
            .iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return sorted.hasNext();
      }

      @Override
      public InternalRow next() {
        Row row = sorted.next();
        values[0] = UTF8String.fromString(row.getString(0));
        values[1] = row.getLong(1);
        values[2] = row.getLong(2);
        values[3] = UTF8String.fromString(row.getString(3));
        return shared;
      }
    };
  }

  /** Writes what a question is about as files, and reads those as the job does. */
  private List<Row> read(dev.storewatch.uptime.Question question) throws IOException {
    StringBuilder polls = new StringBuilder("timestamp_utc,store_id,status\n");
    for (Poll poll : question.polls()) {
      polls.append("%s,s,%s\n".formatted(poll.at(), poll.active() ? "active" : "inactive"));
    }
    StringBuilder hours =
        new StringBuilder("store_id,day,start_time_local,end_time_local,valid_from\n");
    addWeek(hours, question.plan().weekly(), "");
    question.plan().later().forEach((from, week) -> addWeek(hours, week, from.toString()));
    StringBuilder days = new StringBuilder("store_id,date,start_time_local,end_time_local\n");
    question
        .plan()
        .special()
        .forEach(
            (date, intervals) -> {
              if (intervals.isEmpty()) {
                days.append("s,%s,,\n".formatted(date));
              }
              intervals.forEach(
                  at ->
                      days.append(
                          "s,%s,%s,%s\n".formatted(date, time(at.opens()), time(at.closes()))));
            });
    List<Row> rows = new ArrayList<>();
    add(rows, 0, FileKind.POLLS, polls);
    add(rows, 1, FileKind.HOURS, hours);
    add(
        rows,
        2,
        FileKind.ZONES,
        new StringBuilder("store_id,timezone_str\ns," + question.zone().name() + "\n"));
    add(rows, 3, FileKind.SPECIAL_DAYS, days);
    for (Closure closure : question.plan().closures()) {
      rows.add(
          RowFactory.create(
              "s",
              StoreRows.BEFORE_POLLS,
              0L,
              Known.closure(closure),
              null,
              null,
              null,
              null,
              null));
    }
    assertThat(rows).allMatch(row -> row.isNullAt(7), "no row is rejected");
    return rows;
  }

  private static void addWeek(
      StringBuilder hours, @Nullable List<OpeningInterval> week, String from) {
    if (week == null) {
      return;
    }
    if (week.isEmpty()) {
      IntStream.range(0, 7).forEach(day -> hours.append("s,%d,,,%s\n".formatted(day, from)));
    }
    week.forEach(
        at ->
            hours.append(
                "s,%d,%s,%s,%s\n"
                    .formatted(
                        at.day().getValue() - 1, time(at.opens()), time(at.closes()), from)));
  }

  private static String time(int second) {
    return "%02d:%02d:%02d".formatted(second / 3_600, second / 60 % 60, second % 60);
  }

  private void add(List<Row> rows, int number, FileKind kind, StringBuilder text)
      throws IOException {
    if (text.toString().lines().count() < 2) {
      return;
    }
    Path file = Files.writeString(folder.resolve(number + ".csv"), text);
    FileRows.read(
        FileRows.Split.whole(file.toString(), number),
        List.of(kind),
        NOW,
        new Configuration(),
        rows::add);
  }
}
