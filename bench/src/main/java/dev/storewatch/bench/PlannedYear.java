package dev.storewatch.bench;

import dev.storewatch.calendar.ClosureBody;
import dev.storewatch.calendar.ClosureBook;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Special days and planned closures of a fleet: {@link #DAYS} and {@link #CLOSURES} for each store,
 * some of the store itself, some of its tag, and some of all stores. They come in the ways in which
 * people enter them, files and the book of closures.
 *
 * <p>Every second day before the newest poll is a special one, so each week has three or four; of
 * the closures four have a part in the week of a report, as those that come weekly do.
 */
final class PlannedYear {
  /** The special days of each store. */
  static final int DAYS = 20;

  /** The closures of each store. */
  static final int CLOSURES = 10;

  private static final int TAGS = 25;

  /** The header of a file, and what stands in it for all stores. */
  private static final String DAYS_HEADER = "%s,date,start_time_local,end_time_local,label%n";

  private static final String CLOSURES_HEADER = "%s,from_local,to_local,reason%n";
  private static final String STORE = "store_id";
  private static final String TAG = "tag";
  private static final String ALL = "*";

  private final Installed installed;
  private final Registry registry;
  private final LocalDate newest;

  private PlannedYear(Installed installed) {
    this.installed = installed;
    this.registry = installed.stores().registry();
    this.newest = LocalDate.ofInstant(Micros.toInstant(installed.newest()), ZoneOffset.UTC);
  }

  /** Enters the days and closures of all stores that are there. */
  static void enter(Installed installed) throws IOException {
    new PlannedYear(installed).enter();
  }

  private void enter() throws IOException {
    send(STORE + ",tag%n", row -> "%s,%s%n".formatted(id(row), tag(row % TAGS)), registry.count());
    enterDays();
    enterClosures();
    repeat(null, true, "weekly", 1);
    repeat(null, true, "yearly", 200);
    for (int tag = 0; tag < Math.min(TAGS, registry.count()); tag++) {
      repeat(tag(tag), null, "weekly", 2);
      repeat(tag(tag), null, "yearly", 230);
    }
  }

  /** Imports a file of some rows. */
  private void send(String header, IntFunction<String> row, int rows) throws IOException {
    String file =
        header.formatted() + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining());
    var counts = installed.importBytes(file.getBytes(StandardCharsets.UTF_8));
    if (counts.rejected() > 0) {
      throw new IllegalStateException(
          "%d rows were refused: %s".formatted(counts.rejected(), header));
    }
  }

  private String id(int row) {
    return registry.id(registry.keysById()[row]);
  }

  private static String tag(int number) {
    return "region:" + number;
  }

  private void enterDays() throws IOException {
    int own = registry.count() * 4;
    int tagged = Math.min(TAGS, registry.count()) * 8;
    send(DAYS_HEADER.formatted(STORE), row -> day(id(row / 4), row % 4 * 5, row / 4), own);
    send(
        DAYS_HEADER.formatted(TAG),
        row -> day(tag(row / 8), row % 8 / 2 * 5 + 1 + row % 2, row / 8),
        tagged);
    send(DAYS_HEADER.formatted(STORE), row -> day(ALL, row / 2 * 5 + 3 + row % 2, row), 8);
  }

  /** Returns the row of a special day; one in five is closed. */
  private String day(String target, int number, int variant) {
    LocalDate date = newest.minusDays(2L * number + 1);
    return variant % 5 == 0
        ? "%s,%s,Closed,Closed,Inventory%n".formatted(target, date)
        : "%s,%s,%02d:30,%02d:00,Short day%n"
            .formatted(target, date, 7 + variant % 4, 14 + variant % 7);
  }

  private void enterClosures() throws IOException {
    int own = registry.count() * 3;
    send(CLOSURES_HEADER.formatted(STORE), row -> closing(id(row / 3), row % 3, row / 3), own);
    int tags = Math.min(TAGS, registry.count());
    send(CLOSURES_HEADER.formatted(TAG), row -> closing(tag(row), 0, row), tags);
    send(CLOSURES_HEADER.formatted(STORE), row -> closing(ALL, row, row), 2);
  }

  /** Returns the row of a closure; the first of each target is in the last week. */
  private String closing(String target, int number, int variant) {
    LocalDate date = newest.minusDays(2 + variant % 4 + 40L * number);
    return "%s,%sT%02d:00,%sT%02d:30,New kitchen%n"
        .formatted(target, date, 8 + variant % 9, date, 9 + variant % 9);
  }

  private void repeat(@Nullable String tag, @Nullable Boolean all, String repeat, int daysBefore) {
    ClosureBook book = installed.parts().closures();
    LocalDate date = newest.minusDays(daysBefore);
    book.add(
        Scope.EVERYTHING,
        null,
        new ClosureBody(
            null, tag, all, date + "T02:00", date + "T04:30", repeat, null, "Maintenance"));
  }
}
