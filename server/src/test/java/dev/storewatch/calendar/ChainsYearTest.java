package dev.storewatch.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.Basis;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.timeline.Explainer;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The year of a chain, as its files say it and with figures made by hand: summer hours entered in
 * May, holidays, and works that are entered afterwards. The files are read in the order of their
 * names; {@code days.csv} has the figures, which {@code docs/uptime-rules.md} explains.
 */
@AnyDatabase
final class ChainsYearTest {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final LocalDate NEW_YEAR = LocalDate.of(2026, 1, 1);

  /** From noon on August 2 to noon on August 18 in Honolulu. */
  private static final Span WEEKS_OF_WORKS =
      Span.between(Instant.parse("2026-08-02T22:00:00Z"), Instant.parse("2026-08-18T22:00:00Z"));

  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    for (String file :
        List.of("1-zones.csv", "2-hours.csv", "3-summer.csv", "4-holidays.csv", "5-polls.csv")) {
      importAll(file);
    }
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private void importAll(String file) throws IOException {
    ImportRun run = folder.importText(text(file));
    assertThat(run.counts().rejected()).as(file).isZero();
  }

  private static String text(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ChainsYearTest.class.getResourceAsStream("/chains-year/" + file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private StoreCalendar calendar(String store, LocalDate from, LocalDate to) {
    return StoreCalendar.of(
        folder.stores().registry(),
        Scope.EVERYTHING,
        store,
        from,
        to,
        LateClose.AS_GIVEN,
        TestFolder.NOW);
  }

  /** Returns a day as {@code days.csv} has it. */
  private String day(String store, LocalDate date) {
    StoreCalendar.Day day = calendar(store, date, date).days().getFirst();
    Registry registry = folder.stores().registry();
    Schedule schedule = registry.schedule(registry.key(store).orElseThrow(), LateClose.AS_GIVEN);
    String restsOn =
        Stream.concat(
                Stream.of(Basis.of(schedule.hours().on(date)).words()),
                day.closures().stream().map(reason -> "closure " + reason))
            .collect(Collectors.joining(", "));
    return String.join(
        ";",
        store,
        date.toString(),
        day.open().stream()
            .map(open -> time(open.from()) + "-" + time(open.to()))
            .collect(Collectors.joining(" ")),
        hours(day.openTime()),
        hours(day.excludedTime()),
        restsOn);
  }

  private static String time(OffsetDateTime time) {
    return TIME.format(time);
  }

  private static String hours(double seconds) {
    return Long.toString(Math.round(seconds / 3_600));
  }

  private double year(String store) {
    return calendar(store, NEW_YEAR, NEW_YEAR.plusYears(1).minusDays(1)).days().stream()
            .mapToDouble(StoreCalendar.Day::openTime)
            .sum()
        / 3_600;
  }

  /** Returns scheduled, up, down, unknown and excluded hours of the bar in the weeks of works. */
  private List<Long> weeksOfWorks() {
    WindowTotals totals =
        new Explainer(folder.database(), folder.stores(), folder.polls())
            .explain(
                Scope.EVERYTHING,
                "bar",
                WEEKS_OF_WORKS.end(),
                Rule.standard(),
                WEEKS_OF_WORKS,
                LateClose.AS_GIVEN)
            .totals();
    return Stream.of(
            totals.scheduled(), totals.up(), totals.down(), totals.unknown(), totals.excluded())
        .map(micros -> micros / Micros.HOUR)
        .toList();
  }

  @Test
  void hasTheDaysThatAPencilGives() throws IOException {
    importAll("6-works.csv");

    List<String> expected = text("days.csv").lines().skip(1).toList();
    assertThat(expected).hasSize(20);
    assertThat(
            expected.stream()
                .map(line -> line.split(";"))
                .map(row -> day(row[0], LocalDate.parse(row[1])))
                .toList())
        .isEqualTo(expected);
  }

  @Test
  void addsUpToTheYear() throws IOException {
    assertThat(year("diner")).isEqualTo(1_812 + 1_274 + 1_445);
    assertThat(year("bar")).isEqualTo(2_920 - 3 * 8 + 9);
    importAll("6-works.csv");
    assertThat(year("diner")).isEqualTo(4_531);
    assertThat(year("bar")).isEqualTo(2_905 - 112);
  }

  @Test
  void excludesWorksThatAreEnteredAfterwards() throws IOException {
    assertThat(weeksOfWorks()).containsExactly(128L, 16L, 112L, 0L, 0L);

    importAll("6-works.csv");
    assertThat(weeksOfWorks()).containsExactly(128L, 16L, 0L, 0L, 112L);
  }
}
