package dev.storewatch.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.Seeds;
import dev.storewatch.TestDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.alert.Delivery;
import dev.storewatch.alert.PlayedServer;
import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Alert.Kind;
import dev.storewatch.channel.Message;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.incident.PlayedReceiver.Mood;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The days of {@link IncidentDaysTest}, with receivers that get the messages: each is away for a
 * day, loses answers at times, and the servers that send are stopped and killed. What a receiver
 * took is checked against what was queued for it.
 */
@AnyDatabase
@Tag("long")
final class IncidentDeliveriesTest {
  private static final int STEPS_OF_A_DAY = 144;
  private static final List<Mood> AWAY = List.of(Mood.GONE, Mood.BROKEN, Mood.BUSY);

  @TempDir private Path path;

  /** Two servers on one database, or one where the database is that of one process. */
  private final class Servers implements AutoCloseable {
    private final IncidentFixture fleet;
    private final Map<String, PlayedReceiver> receivers = new HashMap<>();
    private final List<PlayedReceiver> kinds =
        List.of(new PlayedReceiver("chat", false), new PlayedReceiver("pager", true));
    private PlayedServer first;
    private @Nullable Second second;
    private int killed;

    Servers(IncidentFixture fleet) {
      this.fleet = fleet;
      first = server(fleet.folder.database());
      for (PlayedReceiver each : kinds) {
        receivers.put(first.channel(each.name(), each.name()), each);
      }
      second = second();
    }

    /** A server with its own connections to the database. */
    private record Second(DataFolder folder, Database database, PlayedServer server) {
      void close() {
        server.close();
        database.close();
        folder.close();
      }
    }

    private PlayedServer server(Database database) {
      Deliveries deliveries =
          database == fleet.folder.database()
              ? fleet.deliveries()
              : Deliveries.open(database, fleet.clock());
      return new PlayedServer(database, deliveries, fleet.clock(), path, List.copyOf(kinds));
    }

    private @Nullable Second second() {
      if (!fleet.folder.database().isShared()) {
        return null;
      }
      DataFolder folder = DataFolder.take(path.resolve("second-" + killed), "test");
      Database database = TestFolder.open(folder, TestDatabase.settings(path));
      return new Second(folder, database, server(database));
    }

    Map<String, Boolean> channels() {
      return receivers.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().keepsIncidents()));
    }

    void restart() {
      first.close();
      first = server(fleet.folder.database());
    }

    /** Ends the second server in the middle of its work, and starts another one. */
    void kill() {
      Second had = second;
      if (had != null) {
        had.server.claimsAndIsKilled();
        had.database.close(); // as if it were gone: what it has claimed is not put back
        had.close();
        killed++;
        second = second();
      }
    }

    /** Has the servers send until nothing waits for the receivers that are there. */
    void drain() {
      int[] looks = {0};
      Eventually.until(
          "nothing waits for whoever is there",
          () -> {
            Map<String, Deliveries.Load> loads = fleet.deliveries().loads();
            boolean isDone =
                receivers.entrySet().stream()
                    .noneMatch(
                        one ->
                            one.getValue().isThere()
                                && loads.getOrDefault(one.getKey(), Deliveries.Load.NONE).waiting()
                                    > 0);
            if (!isDone) {
              fleet.passes(looks[0]++ < 20 ? Duration.ofMillis(200) : Duration.ofSeconds(5));
            }
            wake();
            return isDone;
          });
    }

    private void wake() {
      first.wake();
      if (second != null) {
        second.server.wake();
      }
    }

    @Override
    public void close() {
      first.close();
      if (second != null) {
        second.close();
      }
    }
  }

  @ParameterizedTest
  @Seeds
  void bringsEachMessageToReceiversThatAreAwayForADay(long seed) throws IOException {
    Random random = new Random(seed);
    String start = random.nextBoolean() ? "2026-03-06T12:00:00Z" : "2026-03-27T12:00:00Z";
    try (IncidentFixture fleet = new IncidentFixture(path, start);
        Servers servers = new Servers(fleet)) {
      IncidentDaysTest.Days days =
          new IncidentDaysTest.Days(random, fleet.with(servers.channels()));
      int steps = IncidentDaysTest.steps();
      int[] away = servers.kinds.stream().mapToInt(_ -> random.nextInt(100)).toArray();
      Mood[] moods = servers.kinds.stream().map(_ -> any(random)).toArray(Mood[]::new);
      for (int step = 0; step < steps; step++) {
        for (int i = 0; i < away.length; i++) {
          boolean isAway = step >= away[i] && step < away[i] + STEPS_OF_A_DAY;
          Mood other = random.nextInt(15) == 0 ? Mood.SILENT : Mood.THERE;
          servers.kinds.get(i).is(isAway ? moods[i] : other);
        }
        days.step();
        servers.drain();
        if (random.nextInt(30) == 0) {
          servers.restart();
        }
        if (random.nextInt(60) == 0) {
          servers.kill();
        }
      }
      servers.kinds.forEach(each -> each.is(Mood.THERE));
      IncidentDaysTest.settle(days);
      servers.drain();
      IncidentDaysTest.check(fleet);
      assertThat(fleet.open()).as("what lasts when all stores are up").isEmpty();
      servers.receivers.forEach((id, receiver) -> check(of(fleet, id), receiver.taken()));
    }
  }

  private static Mood any(Random random) {
    return AWAY.get(random.nextInt(AWAY.size()));
  }

  private static List<Delivery> of(IncidentFixture fleet, String channel) {
    return fleet.messages().stream().filter(each -> each.channelId().equals(channel)).toList();
  }

  private static void check(List<Delivery> queued, List<Message> taken) {
    Map<String, Delivery> byId =
        queued.stream().collect(Collectors.toMap(Delivery::id, each -> each));
    Set<String> ids = taken.stream().map(Message::id).collect(Collectors.toSet());
    assertThat(byId.keySet()).as("what was taken and never queued").containsAll(ids);
    assertThat(queued).as("messages").isNotEmpty();
    for (Delivery each : queued) {
      assertThat(each.state())
          .as(each.toString())
          .isIn(Delivery.State.DELIVERED, Delivery.State.SKIPPED);
      if (each.state() == Delivery.State.DELIVERED) {
        assertThat(ids).as(each.toString()).contains(each.id());
      } else {
        assertThat(ended(queued, each)).as("the end of %s", each).isTrue();
      }
    }
    taken.forEach(
        each -> {
          Delivery delivery = Objects.requireNonNull(byId.get(each.id()));
          assertThat(each.alert()).isEqualTo(delivery.alert());
        });
    checkOrder(taken);
  }

  private static boolean ended(List<Delivery> queued, Delivery beginning) {
    return queued.stream()
        .anyMatch(
            each ->
                each.alert().kind() == Kind.ENDED
                    && each.alert().incident().equals(beginning.alert().incident())
                    && each.state() == Delivery.State.DELIVERED);
  }

  /** What comes twice has one id, and nothing comes after the end, nor a beginning without one. */
  private static void checkOrder(List<Message> taken) {
    Map<String, List<Message>> ofIncidents = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Map<Alert, String> ids = new HashMap<>();
    for (Message each : taken) {
      assertThat(ids.computeIfAbsent(each.alert(), _ -> each.id()))
          .as("the id of %s", each.alert())
          .isEqualTo(each.id());
      if (seen.add(each.id())) {
        ofIncidents.computeIfAbsent(each.alert().incident(), _ -> new ArrayList<>()).add(each);
      }
    }
    ofIncidents.forEach(
        (incident, messages) -> {
          List<Kind> kinds = messages.stream().map(each -> each.alert().kind()).toList();
          int end = kinds.indexOf(Kind.ENDED);
          assertThat(kinds.lastIndexOf(Kind.STARTED)).as(kinds.toString()).isLessThanOrEqualTo(0);
          assertThat(kinds.lastIndexOf(Kind.ENDED)).as(kinds.toString()).isEqualTo(end);
          if (kinds.getFirst().isOngoing()) {
            assertThat(end).as("%s of %s", kinds, incident).isEqualTo(kinds.size() - 1);
          }
        });
  }
}
