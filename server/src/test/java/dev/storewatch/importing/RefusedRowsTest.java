package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Registry;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are refused turn no store into one that is always open, or in Chicago, in silence. */
@AnyDatabase
class RefusedRowsTest {
  private static final String HOURS = "store_id,day,start_time_local,end_time_local\n";
  private static final String ZONES = "store_id,timezone_str\n";
  private static final Instant MONDAY = Instant.parse("2026-02-02T06:00:00Z"); // midnight there
  private static final Instant NEXT_MONDAY = Instant.parse("2026-02-09T06:00:00Z");

  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private ImportRun hours(String... rows) throws IOException {
    return folder.importText(HOURS + String.join("\n", rows) + "\n");
  }

  private ImportRun zones(String... rows) throws IOException {
    return folder.importText(ZONES + String.join("\n", rows) + "\n");
  }

  private static String[] daily(String times) {
    return IntStream.range(0, 7).mapToObj(day -> "101," + day + "," + times).toArray(String[]::new);
  }

  private Registry registry() {
    return folder.stores().registry();
  }

  private int key(String id) {
    return registry().key(id).orElseThrow();
  }

  /** Returns the minutes of the week as scheduled/up/down, of hourly polls inactive by night. */
  private String week() {
    long[] polls =
        IntStream.rangeClosed(0, 168)
            .mapToLong(
                hour ->
                    PackedPoll.of(
                        Micros.of(MONDAY) + hour * Micros.HOUR, hour % 24 < 2 || hour % 24 >= 8))
            .toArray();
    Span week = new Span(Micros.of(MONDAY), Micros.of(NEXT_MONDAY));
    UptimeEngine engine = new UptimeEngine(Rule.standard(), Micros.of(NEXT_MONDAY), List.of(week));
    SpanSet open =
        registry()
            .schedule(key("101"), LateClose.AS_GIVEN)
            .open(new Clocks(new Span(week.start() - Micros.DAY, week.end())));
    WindowTotals totals =
        engine.measure(open, SpanSet.empty(), PollSeries.ofPacked(polls)).getFirst();
    return List.of(totals.scheduled(), totals.up(), totals.down()).stream()
        .map(micros -> Long.toString(micros / (60 * Micros.SECOND)))
        .collect(Collectors.joining("/"));
  }

  @Test
  void isClosedWhereTheFileSaysSo() throws IOException {
    ImportRun run = hours(daily("CLOSED,closed"));

    assertThat(run.counts()).isEqualTo(new RowCounts(7, 7, 0, 0, 0));
    assertThat(week()).isEqualTo("0/0/0");
    assertThat(registry().hasHours(key("101"))).isTrue();
    assertThat(registry().intervals(key("101"))).isEmpty();
    assertThat(hours(daily(",")).counts()).isEqualTo(new RowCounts(7, 0, 7, 0, 0));
    assertThat(hours(daily("09:00,17:00")).counts()).isEqualTo(new RowCounts(7, 0, 0, 7, 0));
    assertThat(week()).isEqualTo("3360/3360/0");
  }

  @Test
  void keepsTheOldHoursWhole() throws IOException {
    ImportRun _ = hours(daily("09:00,17:00"));

    ImportRun run =
        hours(
            "101,0,00:00,24:00",
            "101,1,00:00,24:00",
            "101,2,00:00,24:00",
            "101,3,00:00,24:00",
            "101,4,00:00,24:00",
            "101,5,10 in the morning,17:00",
            "101,x,09:00,17:00",
            "102,0,09:00,17:00");

    assertThat(run.counts()).isEqualTo(new RowCounts(8, 1, 0, 0, 7));
    assertThat(run.notes())
        .contains("1 store is new: 102")
        .first()
        .asString()
        .startsWith("1 store (101) kept the hours");
    assertThat(folder.imports().find(run.id())).contains(run);
    assertThat(week()).isEqualTo("3360/3360/0");
    assertThat(registry().hoursFlagged(key("101"))).isEmpty();
    assertThat(registry().hasHours(key("102"))).isTrue();
  }

  @Test
  void closesANewStoreOnRefusedDaysUntilTheyAreMended() throws IOException {
    ImportRun run = hours("101,0,09:00,17:00", "101,1,9 o'clock,17:00");

    assertThat(run.counts()).isEqualTo(new RowCounts(2, 1, 0, 0, 1));
    assertThat(run.notes()).first().asString().startsWith("1 store (101) had no hours");
    assertThat(week()).isEqualTo("480/480/0");
    assertThat(registry().hoursFlagged(key("101"))).isPresent();

    ImportRun _ = hours("101,0,09:00,17:00");
    assertThat(registry().hoursFlagged(key("101"))).isEmpty();
    assertThat(week()).isEqualTo("480/480/0");
  }

  @Test
  void closesAStoreOfWhichAllRowsWereRefused() throws IOException {
    ImportRun _ = hours("101,moonday,09:00,17:00", "102,0,09:00");

    assertThat(week()).isEqualTo("0/0/0");
    assertThat(registry().hoursFlagged(key("101"))).isPresent();
    assertThat(registry().hoursFlagged(key("102"))).isPresent();

    ImportRun _ = hours("101,0,09:00,17:00", "101,1,x,y");
    assertThat(week()).isEqualTo("480/480/0");
    assertThat(registry().hoursFlagged(key("101"))).isPresent();
  }

  @Test
  void keepsTheOldZone() throws IOException {
    ImportRun _ = zones("101,Asia/Tokyo");

    ImportRun run =
        zones("101,Mars/Olympus_Mons", "101,UTC", "102,Mars/Olympus_Mons", "103,x", "103,UTC");

    assertThat(run.counts()).isEqualTo(new RowCounts(5, 1, 0, 0, 4));
    assertThat(run.notes()).hasSize(3).last().isEqualTo("2 stores are new: 102, 103");
    assertThat(registry().zone(key("101"))).isEqualTo(Zone.of("Asia/Tokyo"));
    assertThat(registry().zoneFlagged(key("101"))).isEmpty();
    assertThat(registry().zone(key("102"))).isNull();
    assertThat(registry().zoneFlagged(key("102"))).isPresent();
    assertThat(registry().zone(key("103"))).isEqualTo(Zone.of("UTC"));
    assertThat(registry().zoneFlagged(key("103"))).isPresent();

    ImportRun _ = zones("102,UTC", "103,UTC");
    assertThat(registry().zoneFlagged(key("102"))).isEmpty();
    assertThat(registry().zoneFlagged(key("103"))).isEmpty();
  }

  @Test
  void takesTheFlagsOffAStoreThatSomebodyDescribesOrDeletes() throws IOException {
    ImportRun _ = hours("101,0,x,y", "102,0,x,y");
    ImportRun _ = zones("101,x", "102,x");

    folder.inTransaction(() -> folder.stores().describe(key("101"), StoreDetails.NONE));
    int deleted = key("102");
    folder.inTransaction(() -> folder.stores().delete(deleted));

    for (int key : List.of(key("101"), deleted)) {
      assertThat(registry().hoursFlagged(key)).isEmpty();
      assertThat(registry().zoneFlagged(key)).isEmpty();
    }
    ImportRun _ = zones("102,x");
    assertThat(registry().zoneFlagged(key("102"))).isPresent();
  }

  @Test
  void keepsThatAStoreIsNeverOpen() {
    StoreDetails closed = new StoreDetails(null, null, List.of(), true, Set.of());

    folder.inTransaction(
        () -> {
          folder.stores().add(1, List.of("101"));
          folder.stores().describe(1, closed);
        });

    assertThat(registry().details(1)).isEqualTo(closed);
    assertThat(week()).isEqualTo("0/0/0");
  }
}
