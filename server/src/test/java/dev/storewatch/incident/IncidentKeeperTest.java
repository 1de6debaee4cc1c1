package dev.storewatch.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is told of stores that are open from 09:00 to 21:00 in Chicago, which is 15:00 to 03:00 in
 * UTC in January.
 */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // a fleet is made before each test
final class IncidentKeeperTest {
  @TempDir private Path path;
  private IncidentFixture fleet;

  @BeforeEach
  void open() throws IOException {
    fleet = new IncidentFixture(path, "2026-01-14T15:00:00Z");
    fleet.store("one", "09:00:00", "21:00:00", "west");
    fleet.poll("one", "active", "2026-01-14T15:10:00Z");
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  /** Goes on to an instant, when a store is polled. */
  private void poll(String store, String status, String at) throws IOException {
    fleet.until(at);
    fleet.poll(store, status, at);
    fleet.look(Instant.parse(at));
  }

  @Test
  void tellsOfTheSecondInactivePollAndOfTheEnd() throws IOException {
    poll("one", "inactive", "2026-01-14T16:10:00Z");
    assertThat(fleet.heard()).isEmpty();
    poll("one", "inactive", "2026-01-14T16:30:00Z");
    fleet.until("2026-01-14T17:10:00Z");
    assertThat(fleet.heard()).containsExactly("01-14T16:35 started one down");

    poll("one", "active", "2026-01-14T17:10:00Z");

    assertThat(fleet.heard())
        .containsExactly("01-14T16:35 started one down", "01-14T17:10 ended one down");
    assertThat(fleet.messages().getLast().alert().times().openTime())
        .isEqualTo(Duration.ofMinutes(70));
    assertThat(fleet.messages().getLast().alert().endedBy()).isEqualTo("an active poll");
    assertThat(fleet.messages().getLast().alert().times().start())
        .hasToString("2026-01-14T09:40-06:00");
  }

  @Test
  void tellsOfAnOutageThatHasLastedWithoutASecondPoll() throws IOException {
    poll("one", "inactive", "2026-01-14T16:10:00Z");
    fleet.until("2026-01-14T16:35:00Z");
    assertThat(fleet.heard()).isEmpty();
    fleet.until("2026-01-14T16:50:00Z");
    assertThat(fleet.heard()).containsExactly("01-14T16:45 started one down");
  }

  @Test
  void saysNothingOfWhatIsOverSoon() throws IOException {
    poll("one", "inactive", "2026-01-14T16:10:00Z");
    poll("one", "active", "2026-01-14T16:20:00Z");
    fleet.until("2026-01-14T18:00:00Z");
    assertThat(fleet.heard()).isEmpty();
    assertThat(fleet.open()).isEmpty();
  }

  @Test
  void beginsNothingBeforeClosingOrWhileClosedAndTellsInTheMorning() throws IOException {
    fleet.with(IncidentFixture.WITHOUT_DARK);
    fleet.passTo("2026-01-15T01:00:00Z");
    poll("one", "active", "2026-01-15T02:10:00Z");
    poll("one", "inactive", "2026-01-15T02:40:00Z");
    poll("one", "inactive", "2026-01-15T02:50:00Z");
    fleet.until("2026-01-15T04:00:00Z");
    fleet.passTo("2026-01-15T14:55:00Z");
    assertThat(fleet.heard()).isEmpty();
    poll("one", "inactive", "2026-01-15T15:05:00Z");
    fleet.until("2026-01-15T15:30:00Z");
    assertThat(fleet.heard()).containsExactly("01-15T15:00 started one down");
  }

  @Test
  void beginsNothingInAPlannedClosure() throws IOException {
    var _ =
        fleet.folder.importText(
            """
            store_id,from_utc,to_utc,reason
            one,2026-01-14T15:30:00Z,2026-01-14T20:00:00Z,works
            """);
    poll("one", "inactive", "2026-01-14T16:10:00Z");
    poll("one", "inactive", "2026-01-14T17:10:00Z");
    fleet.until("2026-01-14T19:55:00Z");
    assertThat(fleet.heard()).isEmpty();
  }

  @Test
  void tellsTheEndInClosedHoursAndAfterAMute() throws IOException {
    fleet.with(IncidentFixture.WITHOUT_DARK);
    fleet.passTo("2026-01-15T01:10:00Z");
    poll("one", "inactive", "2026-01-15T01:10:00Z");
    poll("one", "inactive", "2026-01-15T02:10:00Z");
    fleet.until("2026-01-15T05:00:00Z");
    assertThat(fleet.heard()).containsExactly("01-15T01:15 started one down");
    var _ = fleet.book().mute("ann", new MuteBody("one", null, null, null, "P2D", "enough"));

    // A poll of before closing comes at night.
    fleet.poll("one", "active", "2026-01-15T02:55:00Z");
    fleet.look(fleet.now());

    assertThat(fleet.heard())
        .containsExactly("01-15T01:15 started one down", "01-15T05:00 ended one down");
  }

  @Test
  void tellsWhatStillLastsWhenAMuteEndsAndNothingOfTheRest() throws IOException {
    fleet.store("two", "09:00:00", "21:00:00", "west");
    fleet.poll("two", "active", "2026-01-14T15:10:00Z");
    fleet.until("2026-01-14T16:00:00Z");
    var _ = fleet.book().mute(null, new MuteBody(null, "west", null, null, "PT2H", "new router"));
    for (String store : List.of("one", "two")) {
      fleet.poll(store, "inactive", "2026-01-14T15:30:00Z");
      fleet.poll(store, "inactive", "2026-01-14T15:50:00Z");
    }
    fleet.until("2026-01-14T17:00:00Z");
    fleet.poll("two", "active", "2026-01-14T17:00:00Z");
    fleet.until("2026-01-14T17:55:00Z");
    assertThat(fleet.heard()).isEmpty();

    fleet.until("2026-01-14T18:10:00Z");

    assertThat(fleet.heard()).containsExactly("01-14T18:00 started one down");
  }

  @Test
  void waitsForTheEndOfQuietHoursAndTellsAnAcknowledgedOneToNobodyElse() throws IOException {
    fleet.with(Map.of("day", false, "later", false));
    var _ =
        fleet
            .book()
            .add(
                null,
                new RouteBody("day", null, null, null, "09:00", "11:00", "America/Chicago", null));
    var _ =
        fleet.book().add(null, new RouteBody("later", null, null, "PT3H", null, null, null, null));
    poll("one", "inactive", "2026-01-14T15:30:00Z");
    poll("one", "inactive", "2026-01-14T15:50:00Z");
    fleet.until("2026-01-14T16:55:00Z");
    assertThat(fleet.heard()).isEmpty();
    fleet.until("2026-01-14T17:05:00Z");
    assertThat(fleet.messages()).singleElement().matches(one -> one.channelId().equals("day"));

    String id = fleet.open().getFirst().id();
    IncidentView known = fleet.book().acknowledge(Scope.EVERYTHING, "ann", id, "on my way");
    assertThat(known.told()).singleElement().matches(one -> one.channel().equals("day"));
    fleet.until("2026-01-14T19:30:00Z");
    assertThat(fleet.messages()).hasSize(1);
    poll("one", "active", "2026-01-14T19:40:00Z");
    assertThat(fleet.messages()).hasSize(2).allMatch(one -> one.channelId().equals("day"));
  }

  @Test
  void escalatesWhatNobodyHasAcknowledged() throws IOException {
    var _ =
        fleet
            .book()
            .add(
                null, new RouteBody("chat", null, List.of("down"), "PT3H", null, null, null, null));
    poll("one", "inactive", "2026-01-14T15:30:00Z");
    poll("one", "inactive", "2026-01-14T15:50:00Z");
    fleet.until("2026-01-14T19:30:00Z");
    assertThat(fleet.heard()).containsExactly("01-14T18:50 started one down");
  }

  @Test
  void tellsNobodyOfStoresOfOtherTags() throws IOException {
    var _ =
        fleet
            .book()
            .add(null, new RouteBody("chat", List.of("east"), null, null, null, null, null, null));
    poll("one", "inactive", "2026-01-14T15:30:00Z");
    poll("one", "inactive", "2026-01-14T15:50:00Z");
    fleet.until("2026-01-14T17:00:00Z");
    assertThat(fleet.heard()).isEmpty();
    assertThat(fleet.open()).hasSize(1);
  }

  @Test
  void tellsAtOpeningOnceWhatStillLasts() throws IOException {
    fleet.with(Map.of("chat", false, "pager", true));
    fleet.store("two", "09:00:00", "21:00:00", "");
    fleet.poll("two", "active", "2026-01-14T15:10:00Z");
    for (String at : List.of("2026-01-14T15:30:00Z", "2026-01-14T15:50:00Z")) {
      fleet.until(at);
      fleet.polls(List.of("one inactive " + at, "two inactive " + at));
    }
    fleet.until("2026-01-14T17:00:00Z");
    fleet.passTo("2026-01-15T14:00:00Z");
    assertThat(fleet.heard())
        .containsExactlyInAnyOrder(
            "01-14T16:00 started one down",
            "01-14T16:00 started two down",
            "01-14T16:00 started one down",
            "01-14T16:00 started two down");
    poll("one", "inactive", "2026-01-15T15:05:00Z");
    poll("two", "inactive", "2026-01-15T15:05:00Z");
    fleet.until("2026-01-15T16:00:00Z");
    assertThat(fleet.heard().subList(4, fleet.heard().size()))
        .containsExactly("01-15T15:15 digest at opening (2) down");
    assertThat(fleet.messages().getLast().channelId()).isEqualTo("chat");
  }

  @Test
  void tellsOnceOfWhatWasOverWhenItWasFound() throws IOException {
    fleet.with(IncidentFixture.WITHOUT_DARK);
    fleet.passTo("2026-01-14T20:00:00Z");
    fleet.polls(
        List.of(
            "one inactive 2026-01-14T16:10:00Z",
            "one inactive 2026-01-14T17:10:00Z",
            "one active 2026-01-14T18:10:00Z",
            "one active 2026-01-14T19:10:00Z"));
    fleet.until("2026-01-14T21:00:00Z");
    assertThat(fleet.heard()).containsExactly("01-14T20:05 found_late one down");
    assertThat(fleet.messages().getFirst().alert().times().openTime())
        .isEqualTo(Duration.ofHours(2));
  }

  @Test
  void saysNothingOfOutagesThatAreHistory() throws IOException {
    fleet.polls(
        List.of(
            "one active 2026-01-10T16:00:00Z",
            "one inactive 2026-01-10T16:10:00Z",
            "one inactive 2026-01-10T17:10:00Z",
            "one active 2026-01-10T18:10:00Z"));
    fleet.until("2026-01-14T15:30:00Z");
    assertThat(fleet.heard()).isEmpty();
  }

  @Test
  void tellsOfAStoreThatIsNotHeardOfAndOfOneThatDidNotOpen() throws IOException {
    fleet.store("two", "09:00:00", "21:00:00", "");
    fleet.poll("two", "active", "2026-01-14T15:10:00Z");
    for (int hour = 16; hour < 22; hour++) {
      poll("two", "active", "2026-01-14T%d:10:00Z".formatted(hour));
    }
    assertThat(fleet.heard()).containsExactly("01-14T18:15 started one dark");
    poll("one", "active", "2026-01-14T22:10:00Z");
    assertThat(fleet.heard()).hasSize(2).last().isEqualTo("01-14T22:10 ended one dark");

    poll("one", "active", "2026-01-15T02:50:00Z");
    poll("two", "active", "2026-01-15T02:55:00Z");
    fleet.until("2026-01-15T04:00:00Z");
    fleet.passTo("2026-01-15T15:00:00Z");
    int before = fleet.heard().size();
    poll("two", "active", "2026-01-15T15:10:00Z");
    poll("two", "active", "2026-01-15T16:10:00Z");
    poll("two", "active", "2026-01-15T17:10:00Z");
    assertThat(fleet.heard().subList(before, fleet.heard().size()))
        .contains("01-15T16:35 started one not_opened");
    poll("one", "active", "2026-01-15T17:20:00Z");
    assertThat(fleet.heard()).last().isEqualTo("01-15T17:20 ended one not_opened");
  }

  @Tag("long")
  @Test
  void tellsOfAStoreThatGoesDownAgainAndAgainAsOneThing() throws IOException {
    fleet.with(IncidentFixture.WITHOUT_DARK);
    for (int hour = 16; hour < 24; hour++) {
      String at = "2026-01-14T%d:%s:00Z";
      poll("one", "inactive", at.formatted(hour, "10"));
      poll("one", "inactive", at.formatted(hour, "20"));
      poll("one", "active", at.formatted(hour, "40"));
    }
    assertThat(fleet.heard())
        .containsExactly(
            "01-14T16:25 started one down",
            "01-14T16:40 ended one down",
            "01-14T17:25 started one down",
            "01-14T17:40 ended one down",
            "01-14T18:15 started one flapping");
    for (int hour = 15; hour < 24; hour++) {
      poll("one", "active", "2026-01-15T%d:10:00Z".formatted(hour));
    }
    assertThat(fleet.heard()).hasSize(6).last().isEqualTo("01-15T11:00 ended one flapping");
  }

  private List<String> moreStores(int count, String tag) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = tag + i;
      fleet.store(id, "09:00:00", "21:00:00", tag);
      ids.add(id);
    }
    return ids;
  }

  private void pollAll(List<String> stores, String status, String at) throws IOException {
    fleet.until(at);
    fleet.polls(stores.stream().map(store -> "%s %s %s".formatted(store, status, at)).toList());
    fleet.look(Instant.parse(at));
  }

  @Tag("long")
  @Test
  void tellsOfTheMonitorAloneWhenThePollsOfMostStoresStop() throws IOException {
    List<String> stores = moreStores(9, "east");
    stores.add("one");
    pollAll(stores, "active", "2026-01-14T16:00:00Z");
    pollAll(stores, "active", "2026-01-14T17:00:00Z");
    fleet.until("2026-01-14T23:00:00Z");
    assertThat(fleet.heard()).containsExactly("01-14T18:35 started the fleet (10) monitor");
    assertThat(fleet.open()).filteredOn(one -> one.memberOf() != null).hasSize(10);

    fleet.restart();
    pollAll(stores.subList(0, 8), "active", "2026-01-14T23:00:00Z");
    fleet.until("2026-01-14T23:30:00Z");

    assertThat(fleet.heard().subList(1, fleet.heard().size()))
        .containsExactlyInAnyOrder(
            "01-14T23:00 ended the fleet (10) monitor",
            "01-14T23:00 started east8 dark",
            "01-14T23:00 started one dark");
  }

  @Tag("long")
  @Test
  void tellsOfTheMonitorAloneWhenMostStoresTurnInactiveAtOnce() throws IOException {
    List<String> stores = moreStores(9, "east");
    pollAll(stores, "active", "2026-01-14T16:00:00Z");
    poll("one", "active", "2026-01-14T16:10:00Z");
    pollAll(stores, "inactive", "2026-01-14T17:00:00Z");
    poll("one", "active", "2026-01-14T17:10:00Z");
    pollAll(stores, "inactive", "2026-01-14T18:00:00Z");
    poll("one", "active", "2026-01-14T18:10:00Z");
    pollAll(stores, "active", "2026-01-14T19:00:00Z");
    assertThat(fleet.heard())
        .containsExactly(
            "01-14T17:05 started the fleet (9) monitor", "01-14T19:00 ended the fleet (9) monitor");
  }

  @Tag("long")
  @Test
  void tellsOfAStormOfATagAsOneThing() throws IOException {
    List<String> east = moreStores(6, "east");
    List<String> north = moreStores(9, "north");
    List<String> all = new ArrayList<>(east);
    all.addAll(north);
    all.add("one");
    pollAll(all, "active", "2026-01-14T16:00:00Z");
    pollAll(east, "inactive", "2026-01-14T17:00:00Z");
    pollAll(north, "active", "2026-01-14T17:00:00Z");
    pollAll(List.of("one"), "active", "2026-01-14T17:00:00Z");
    pollAll(east, "inactive", "2026-01-14T17:30:00Z");
    pollAll(east.subList(0, 5), "active", "2026-01-14T18:00:00Z");
    fleet.until("2026-01-14T18:20:00Z");
    assertThat(fleet.heard())
        .containsExactly(
            "01-14T17:05 started tag east (6) down",
            "01-14T18:00 ended tag east (6) down",
            "01-14T18:00 started east5 down");
  }

  @Test
  void tellsOfOneWayByWhichPollsComeAsOfTheMonitor() throws IOException {
    List<String> some = moreStores(6, "");
    List<String> others = new ArrayList<>(List.of("one"));
    for (int i = 6; i < 15; i++) {
      others.add("more" + i);
      fleet.store("more" + i, "09:00:00", "21:00:00", "");
    }
    pullAll("west", some, "active", "2026-01-14T16:00:00Z");
    pullAll("east", others, "active", "2026-01-14T16:00:00Z");
    fleet.restart();
    pullAll("west", some, "inactive", "2026-01-14T17:00:00Z");
    pullAll("east", others, "active", "2026-01-14T17:00:00Z");
    pullAll("west", some, "inactive", "2026-01-14T17:30:00Z");
    pullAll("east", others, "active", "2026-01-14T18:00:00Z");
    pullAll("west", some, "active", "2026-01-14T18:00:00Z");
    assertThat(fleet.heard())
        .containsExactly(
            "01-14T17:05 started source west (6) monitor",
            "01-14T18:00 ended source west (6) monitor");
  }

  /** Imports polls as from an address that is pulled. */
  private void pullAll(String source, List<String> stores, String status, String at)
      throws IOException {
    fleet.until(at);
    fleet.pull(
        source, stores.stream().map(store -> "%s %s %s".formatted(store, status, at)).toList());
    fleet.look(Instant.parse(at));
  }

  @Test
  void tellsNothingTwiceThoughTwoServersLookAndBothBeginAnew() throws IOException {
    IncidentKeeper second = fleet.keeper();
    poll("one", "inactive", "2026-01-14T15:30:00Z");
    poll("one", "inactive", "2026-01-14T15:50:00Z");
    for (int i = 0; i < 12; i++) {
      fleet.look(fleet.now().plus(Duration.ofMinutes(1)));
      assertThat(second.look()).isZero();
      fleet.restart();
    }
    fleet.poll("one", "active", "2026-01-14T16:10:00Z");
    fleet.look(Instant.parse("2026-01-14T16:10:00Z"));
    assertThat(second.look()).isZero();
    fleet.restart();
    fleet.look(Instant.parse("2026-01-14T16:11:00Z"));
    assertThat(fleet.heard())
        .containsExactly("01-14T15:52 started one down", "01-14T16:10 ended one down");
  }

  @Test
  void endsWhatIsWithdrawnAndWhatIsOfADeletedStore() throws IOException {
    poll("one", "inactive", "2026-01-14T15:30:00Z");
    poll("one", "inactive", "2026-01-14T15:50:00Z");
    fleet.until("2026-01-14T16:00:00Z");
    fleet.polls(List.of("one active 2026-01-14T15:30:00Z", "one active 2026-01-14T15:50:00Z"));
    fleet.look(Instant.parse("2026-01-14T16:05:00Z"));
    assertThat(fleet.messages().getLast().alert().endedBy())
        .isEqualTo("polls that came late: it was not down");
    poll("one", "inactive", "2026-01-14T16:30:00Z");
    poll("one", "inactive", "2026-01-14T16:50:00Z");
    fleet.until("2026-01-14T17:00:00Z");
    fleet.folder.inTransaction(
        () -> {
          int key = fleet.folder.stores().registry().key("one").orElseThrow();
          fleet.folder.polls().delete(key);
          fleet.folder.stores().delete(key);
        });
    fleet.look(Instant.parse("2026-01-14T17:05:00Z"));
    assertThat(fleet.messages().getLast().alert().endedBy()).isEqualTo("the store was deleted");
    assertThat(fleet.open()).isEmpty();
  }
}
