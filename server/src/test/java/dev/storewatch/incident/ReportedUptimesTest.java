package dev.storewatch.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.alert.Delivery;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores whose uptime of a day is lower than a rule allows. */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // a folder is opened before each test
final class ReportedUptimesTest {
  private static final AlertRules RULES =
      new AlertRules(
          2,
          Duration.ofHours(1),
          Duration.ofMinutes(90),
          Duration.ZERO,
          Duration.ofMinutes(30),
          0,
          Duration.ofHours(12),
          Duration.ZERO,
          5,
          50,
          Duration.ofHours(2),
          90.0,
          Duration.ofDays(1),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofSeconds(15),
          null);

  @TempDir private Path path;
  private TestFolder folder;
  private Instant now = Instant.parse("2026-01-14T16:00:00Z");

  /** Two stores that are always open, of which one was down for six of the last 24 hours. */
  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    StringBuilder polls = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int hour = 0; hour <= 24; hour++) {
      Instant at = now.minus(Duration.ofHours(24 - hour));
      polls.append("good,active,%s\n".formatted(at));
      polls.append("bad,%s,%s\n".formatted(hour > 8 && hour <= 14 ? "inactive" : "active", at));
    }
    var _ = folder.importText(polls.toString());
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private LowUptimes uptimes() {
    return ReportedUptimes.by(RULES, folder.parts().fleetReport(), LateClose.AS_GIVEN);
  }

  @Test
  void findsThoseThatAreTooLow() {
    int bad = folder.stores().registry().key("bad").orElseThrow();
    Map<Integer, Double> found = uptimes().at(Micros.of(now));
    assertThat(found).containsOnlyKeys(bad);
    assertThat(found.get(bad)).isCloseTo(75, Offset.offset(0.01));
    assertThat(
            ReportedUptimes.by(
                AlertRules.usual(), folder.parts().fleetReport(), LateClose.AS_GIVEN))
        .isEqualTo(LowUptimes.NONE);
  }

  @Test
  void tellsOfThemAndWhenTheyAreHighEnoughAgain() throws IOException {
    InstantSource source = () -> now;
    Clock clock = source.withZone(ZoneOffset.UTC);
    Deliveries deliveries = Deliveries.open(folder.database(), clock);
    IncidentKeeper keeper =
        new IncidentKeeper(
            folder.database(),
            folder.stores(),
            folder.polls(),
            LateClose.AS_GIVEN,
            deliveries,
            () -> Map.of("chat", false),
            uptimes(),
            RULES,
            clock);
    assertThat(keeper.look()).isEqualTo(1);
    assertThat(newest(deliveries).alert().note())
        .contains("of the last P1D was 75.00 %, less than 90.0 %");

    StringBuilder polls = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int hour = 1; hour <= 18; hour++) {
      Instant at = now.plus(Duration.ofHours(hour));
      polls.append("good,active,%1$s\nbad,active,%1$s\n".formatted(at));
    }
    var _ = folder.importText(polls.toString());
    now = now.plus(Duration.ofHours(18));

    assertThat(keeper.look()).isEqualTo(1);
    assertThat(newest(deliveries).alert().endedBy()).isEqualTo("its uptime is high enough again");
    assertThat(keeper.look()).isZero();
  }

  private static Delivery newest(Deliveries deliveries) {
    List<Delivery> all = deliveries.list(1, Long.MAX_VALUE, null, null, null);
    return all.getFirst();
  }
}
