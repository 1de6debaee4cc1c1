package dev.storewatch.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.alert.Delivery;
import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Alert.Kind;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Whole days of a fleet with outages, storms, polls that stop, polls that come late, mutes and
 * restarts, and two servers: what was told is checked against what may be told at all. The days are
 * those on which the clocks of the stores change.
 */
@Tag("long")
@AnyDatabase
final class IncidentDaysTest {
  private static final int STORES = 14;
  private static final Duration STEP = Duration.ofMinutes(10);

  @TempDir private Path path;

  /** A fleet that somebody plays with by chance. */
  static final class Days {
    final Random random;
    final IncidentFixture fleet;
    final List<String> late = new ArrayList<>();
    final boolean[] down = new boolean[STORES];
    boolean storm;
    boolean silence;
    IncidentKeeper second;

    Days(Random random, IncidentFixture fleet) throws IOException {
      this.random = random;
      this.fleet = fleet;
      for (int i = 0; i < STORES; i++) {
        store(i);
      }
      second = fleet.keeper();
    }

    private void store(int i) throws IOException {
      String id = "s" + i;
      boolean night = i % 3 == 0;
      fleet.store(id, night ? "18:00:00" : "08:00:00", night ? "03:00:00" : "22:00:00", "");
      String zone = i % 2 == 0 ? "America/Vancouver" : "Asia/Beirut";
      var _ = fleet.folder.importText("store_id,timezone_str\n%s,%s\n".formatted(id, zone));
      var _ = fleet.folder.importText("store_id,tag\n%s,%s\n".formatted(id, i < 6 ? "a" : "b"));
    }

    void step() throws IOException {
      Instant now = fleet.now().plus(STEP);
      List<String> polls = new ArrayList<>();
      change();
      for (int i = 0; i < STORES; i++) {
        if ((now.getEpochSecond() / STEP.toSeconds() + i) % 6 == 0) {
          poll(i, now, polls);
        }
      }
      if (random.nextInt(20) == 0) {
        polls.addAll(late);
        late.clear();
      }
      fleet.polls(polls);
      fleet.look(now);
      if (random.nextInt(4) == 0) {
        assertThat(second.look()).as("told by the second server of what the first told").isZero();
      }
      if (random.nextInt(10) == 0) {
        fleet.restart();
        second = fleet.keeper();
      }
    }

    private void change() {
      int i = random.nextInt(STORES);
      if (random.nextInt(4) == 0) {
        down[i] = !down[i];
      }
      storm = random.nextInt(60) == 0 ? !storm : storm && random.nextInt(18) != 0;
      silence = random.nextInt(100) == 0 ? !silence : silence && random.nextInt(24) != 0;
      if (random.nextInt(80) == 0) {
        var _ =
            fleet.book().mute(null, new MuteBody("s" + i, null, null, null, "PT2H", "by chance"));
      }
    }

    private void poll(int i, Instant now, List<String> polls) {
      boolean isDown = down[i] || (storm && i < 6);
      String poll = "s%d %s %s".formatted(i, isDown ? "inactive" : "active", now);
      if (random.nextInt(12) == 0) {
        late.add(poll);
      } else if (!silence) {
        polls.add(poll);
      }
    }
  }

  @ParameterizedTest
  @Seeds
  void tellsEveryEndOnceToWhomTheBeginningWasToldInHours(long seed) throws IOException {
    Random random = new Random(seed);
    String start = random.nextBoolean() ? "2026-03-06T12:00:00Z" : "2026-03-27T12:00:00Z";
    try (IncidentFixture fleet = new IncidentFixture(path, start)) {
      Map<String, Boolean> channels = Map.of("chat", false, "pager", true);
      Days days = new Days(random, fleet.with(channels));
      for (int i = 0; i < steps(); i++) {
        days.step();
      }
      check(fleet);
      settle(days);
      check(fleet);
      assertThat(fleet.open()).as("what lasts when all stores are up").isEmpty();
      assertThat(lasting(fleet)).as("beginnings without an end").isEmpty();
    }
  }

  /**
   * Returns how many steps are played: long days grow slow, because all that was told is checked.
   */
  static int steps() {
    return Math.min(1_000, Seeds.Rounds.of(75));
  }

  /** All stores are up again, for longer than any rule looks back. */
  static void settle(Days days) throws IOException {
    Arrays.fill(days.down, false);
    days.storm = false;
    days.silence = false;
    days.fleet.polls(days.late);
    for (int hour = 0; hour < 60; hour++) {
      Instant now = days.fleet.now().plus(Duration.ofHours(1));
      List<String> polls = new ArrayList<>();
      for (int i = 0; i < STORES; i++) {
        polls.add("s%d active %s".formatted(i, now));
      }
      days.fleet.polls(polls);
      days.fleet.look(now);
    }
  }

  /** What a channel is told of an incident: a beginning, then what lasts, then an end, all once. */
  static void check(IncidentFixture fleet) {
    Map<String, Kind> last = new HashMap<>();
    for (Delivery each : fleet.messages()) {
      Alert alert = each.alert();
      String key = each.channelId() + " " + alert.incident();
      Kind before = last.put(key, alert.kind());
      String what = "%s after %s to %s".formatted(alert, before, each.channelId());
      switch (alert.kind()) {
        case STARTED, FOUND_LATE, DIGEST -> assertThat(before).as(what).isNull();
        case CONTINUES -> assertThat(before).as(what).isIn(Kind.STARTED, Kind.CONTINUES);
        case ENDED -> assertThat(before).as(what).isIn(Kind.STARTED, Kind.CONTINUES);
        case REPORT, TEST -> throw new AssertionError(what);
      }
      if (alert.kind() == Kind.STARTED && alert.subject().group() == null) {
        assertInHours(fleet, alert, each.queuedAt());
      }
    }
  }

  private static void assertInHours(IncidentFixture fleet, Alert alert, long at) {
    Registry registry = fleet.folder.stores().registry();
    int key = registry.key(alert.subject().stores().getFirst().id()).orElseThrow();
    Span until = new Span(at, at + Micros.of(Duration.ofMinutes(30)));
    assertThat(registry.schedule(key, LateClose.AS_GIVEN).inHours(until).length())
        .as("%s at %s", alert, Micros.toInstant(at))
        .isEqualTo(until.length());
  }

  static List<String> lasting(IncidentFixture fleet) {
    Map<String, Kind> last = new HashMap<>();
    fleet
        .messages()
        .forEach(
            each ->
                last.put(each.channelId() + " " + each.alert().incident(), each.alert().kind()));
    return last.entrySet().stream()
        .filter(entry -> entry.getValue().isOngoing())
        .map(Map.Entry::getKey)
        .toList();
  }
}
