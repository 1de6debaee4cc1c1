package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.report.FleetReport;
import dev.storewatch.store.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures are computed when something was changed, and before they are asked for. */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // made before each test
final class FleetFiguresTest {
  private static final Instant FIRST = Instant.parse("2026-10-05T12:00:00Z");

  @TempDir private Path path;
  private TestFolder folder;
  private FleetFigures figures;
  private Duration passed = Duration.ofHours(1);

  @BeforeEach
  void open() throws Exception {
    folder = new TestFolder(path);
    poll(FIRST);
    figures = figures(folder, () -> passed.toNanos());
  }

  /** Returns the figures of what is in a folder, by a clock for how old they are. */
  static FleetFigures figures(TestFolder folder, LongSupplier nanoTime) {
    return new FleetFigures(
        new FleetReport(folder.database(), folder.stores(), folder.polls()),
        folder.polls(),
        folder.stores(),
        LateClose.AS_GIVEN,
        folder.clock(),
        nanoTime);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private void poll(Instant at) throws Exception {
    var _ = folder.importText("store_id,status,timestamp_utc\na,active,%s\n".formatted(at));
  }

  private void passes(Duration time) {
    passed = passed.plus(time);
  }

  private Instant asOf() {
    return Micros.toInstant(figures.of(Scope.EVERYTHING).asOf());
  }

  @Test
  void areThoseOfTheNewestPollAndAtMostASecondOld() throws Exception {
    assertThat(asOf()).isEqualTo(FIRST);

    poll(FIRST.plusSeconds(60));
    passes(Duration.ofMillis(999));
    assertThat(asOf()).isEqualTo(FIRST);
    passes(Duration.ofMillis(1));
    assertThat(asOf()).isEqualTo(FIRST.plusSeconds(60));
  }

  @Test
  void areComputedOnceWhenNothingIsChanged() {
    FleetFigures.Figures first = figures.of(Scope.EVERYTHING);
    passes(Duration.ofSeconds(50));
    figures.refresh();

    assertThat(figures.of(Scope.EVERYTHING)).isSameAs(first);
  }

  @Test
  void areComputedBeforeTheyAreAskedForWhileSomebodyLooks() throws Exception {
    assertThat(asOf()).isEqualTo(FIRST);
    poll(FIRST.plusSeconds(60));
    passes(Duration.ofSeconds(59));
    figures.refresh();

    // What is a moment old now was computed by the refresh, before this poll.
    poll(FIRST.plusSeconds(120));
    passes(Duration.ofMillis(500));
    assertThat(asOf()).isEqualTo(FIRST.plusSeconds(60));
  }

  /** A page that asked at once after a poll shows figures of before, and would show them on. */
  @Test
  void areToldOfToOpenPagesThatHaveOlderOnes() throws Exception {
    LiveEvents events = new LiveEvents(folder.polls(), folder.stores(), figures, 1);
    assertThat(asOf()).isEqualTo(FIRST);
    poll(FIRST.plusSeconds(60));
    passes(Duration.ofMillis(999));
    String known = events.known();
    assertThat(asOf()).isEqualTo(FIRST);
    assertThat(events.known()).isEqualTo(known);

    passes(Duration.ofMillis(1));
    figures.refresh();

    String news = events.known();
    assertThat(news).isNotEqualTo(known);
    assertThat(asOf()).isEqualTo(FIRST.plusSeconds(60));
    assertThat(events.known()).as("nothing is new since").isEqualTo(news);
  }

  @Test
  void areLeftAloneWhenNobodyLooksAnyMore() throws Exception {
    assertThat(asOf()).isEqualTo(FIRST);
    poll(FIRST.plusSeconds(60));
    passes(Duration.ofSeconds(60));
    figures.refresh();

    poll(FIRST.plusSeconds(120));
    passes(Duration.ofMillis(500));
    assertThat(asOf()).isEqualTo(FIRST.plusSeconds(120));
  }
}
