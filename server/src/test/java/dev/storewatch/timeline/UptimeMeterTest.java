package dev.storewatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.cost.CostSettings;
import dev.storewatch.cost.Costs;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Between;
import dev.storewatch.window.Dates;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;

@AnyDatabase
@ParameterizedClass
@Seeds
class UptimeMeterTest {
  private static final Costs NO_COSTS = new Costs(new CostSettings("USD", List.of()));

  /** The clocks of New York change some days before. */
  private static final LocalDate DAY = LocalDate.parse("2023-03-15");

  private static final long AS_OF = Micros.of(Instant.parse("2023-03-15T20:00:00.000001Z"));

  private static final List<String> STORES = List.of("s0", "s1", "s2", "s3");

  @TempDir private Path path;
  private TestFolder folder;
  private UptimeMeter meter;
  private final Random random;

  UptimeMeterTest(long seed) {
    random = new Random(seed);
  }

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    meter = new UptimeMeter(folder.database(), folder.stores(), folder.polls(), NO_COSTS);
    StringBuilder polls = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int i = 0; i < 500; i++) {
      polls.append(STORES.get(random.nextInt(4))).append(random.nextInt(4) == 0 ? ",in" : ",");
      long back = random.nextLong(12 * Micros.DAY);
      polls.append("active,").append(Micros.toInstant(AS_OF + Micros.HOUR - back)).append('\n');
    }
    folder.importText(polls.toString());
    folder.importText("store_id,timezone_str\ns1,Asia/Kolkata\ns2,America/New_York\n");
    folder.importText(
        """
        store_id,day,start_time_local,end_time_local
        s1,0,08:00,23:59
        s1,2,22:00,02:00
        s2,6,00:00,12:00
        s2,3,00:00,00:00
        """);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private Terms terms(Rule rule) {
    return new Terms(AS_OF, rule, LateClose.asMidnight(random.nextBoolean()));
  }

  private Rule anyRule(String name) {
    return Rule.of(name, Duration.ofMinutes(1 + random.nextInt(3 * 24 * 60)));
  }

  @Test
  void measuresWhatAReportDoes() {
    for (String name : List.of("nearest", "previous", "ratio")) {
      Terms terms = terms(anyRule(name));
      List<Window> windows =
          List.of(
              Window.of(Duration.ofHours(1)),
              Window.of(Duration.ofDays(7)),
              Window.parse("P1M"),
              Window.parse("P2D-before"),
              Dates.day(DAY.minusDays(random.nextInt(8))),
              new Dates(DAY.minusDays(5 + random.nextInt(5)), DAY.minusDays(random.nextInt(5))),
              new Between(Span.endingAt(AS_OF - random.nextLong(Micros.DAY), Micros.DAY)),
              Window.of(Duration.ofMinutes(1 + random.nextInt(10_000))));
      ReportSpec spec = new ReportSpec(AS_OF, terms.rule(), windows, null, terms.lateClose());
      ReportTable report =
          new FleetReport(folder.database(), folder.stores(), folder.polls())
              .compute(spec, FleetReport.Progress.NONE);
      assertThat(report.size()).isEqualTo(4);
      for (int row = 0; row < 4; row++) {
        int own = row;
        List<WindowTotals> expected =
            IntStream.range(0, windows.size())
                .mapToObj(window -> report.totals(own, window))
                .toList();
        AskedWindow.Asked asked =
            AskedWindow.listOf(
                terms,
                null,
                windows.stream().map(Window::format).collect(Collectors.joining(",")),
                null,
                () -> DAY);
        assertThat(meter.measure(Scope.EVERYTHING, report.storeId(row), terms, asked).totals())
            .as("%s of %s", report.storeId(row), terms)
            .isEqualTo(expected);
      }
    }
  }

  private List<WindowTotals> measure(String store, Terms terms, List<Span> windows) {
    return meter.measure(Scope.EVERYTHING, store, terms, asked(windows)).totals();
  }

  private static AskedWindow.Asked asked(List<Span> windows) {
    return _ -> windows.stream().map(window -> new AskedWindow(null, window, true)).toList();
  }

  /** A period that ended long before as-of is measured from the polls around it alone. */
  @Test
  void measuresAnyPeriodAsWithAllPolls() {
    for (int i = 0; i < 60; i++) {
      Terms terms = terms(anyRule(List.of("nearest", "previous", "ratio").get(i % 3)));
      long end = AS_OF - random.nextLong(8 * Micros.DAY);
      Span period = Span.endingAt(end, 1 + random.nextLong(3 * Micros.DAY));
      // A window up to as-of makes the meter look at all polls.
      List<Span> both = List.of(period, Span.endingAt(AS_OF, Micros.HOUR));
      for (String store : STORES) {
        assertThat(measure(store, terms, List.of(period)).getFirst())
            .as("%s in %s by %s", store, period, terms)
            .isEqualTo(measure(store, terms, both).getFirst());
      }
    }
  }

  @Test
  void cutsAPeriodIntoPiecesThatSumToIt() {
    for (String name : List.of("nearest", "previous")) {
      Terms terms = terms(anyRule(name));
      long step = 3 * Micros.HOUR + random.nextLong(Micros.DAY);
      Span period = Span.endingAt(AS_OF - random.nextLong(Micros.DAY), 8 * Micros.DAY);
      List<Span> parts =
          AskedWindow.listOf(
                  terms,
                  new Between(period),
                  null,
                  Duration.of(step, ChronoUnit.MICROS).toString(),
                  () -> DAY)
              .on(Schedule.unknown())
              .stream()
              .map(AskedWindow::span)
              .toList();
      assertThat(parts.getFirst().start()).isEqualTo(period.start());
      assertThat(parts.getLast().end()).isEqualTo(period.end());
      assertThat(parts.subList(0, parts.size() - 1)).allMatch(part -> part.length() == step);
      for (String store : STORES) {
        WindowTotals sum =
            measure(store, terms, parts).stream().reduce(WindowTotals.ZERO, WindowTotals::plus);
        assertThat(List.of(sum))
            .as("%s by %s", store, terms)
            .isEqualTo(measure(store, terms, List.of(period)));
      }
    }
  }

  @Test
  void knowsTheStoresOfTheScopeAlone() {
    Terms terms = terms(Rule.standard());
    List<Span> windows = Window.spans(AS_OF, Window.STANDARD, Schedule.unknown());

    assertThatThrownBy(() -> meter.measure(Scope.of(Set.of("west")), "s1", terms, asked(windows)))
        .isInstanceOf(UnknownStore.class)
        .hasMessage("there is no store with the id s1");
    assertThatThrownBy(() -> meter.measure(Scope.EVERYTHING, "s9", terms, asked(windows)))
        .isInstanceOf(UnknownStore.class)
        .hasMessage("there is no store with the id s9");
  }

  @Test
  void takesNoMorePollsThanFitInMemory() {
    UptimeMeter small =
        new UptimeMeter(folder.database(), folder.stores(), folder.polls(), NO_COSTS, 10);
    Terms terms = terms(Rule.standard());
    List<Span> windows = List.of(Span.endingAt(AS_OF, 10 * Micros.DAY));

    assertThatThrownBy(() -> small.measure(Scope.EVERYTHING, "s1", terms, asked(windows)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 10 polls")
        .hasMessageContaining("windows=P7D");
  }
}
