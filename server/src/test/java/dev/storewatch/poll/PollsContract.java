package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Seeds;
import dev.storewatch.interval.Span;
import dev.storewatch.uptime.PackedPoll;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What every place that keeps polls does. */
abstract class PollsContract {
  private static final Span EVER = new Span(0, Long.MAX_VALUE / 4);
  static final Span ALL = new Span(0, 1_000_000);

  /** Returns the polls of an installation that has none yet. */
  abstract Polls polls();

  /** Does work in a transaction. */
  abstract void inTransaction(Runnable work);

  @Test
  void hasNoNewestPollWhileThereIsNone() {
    assertThat(polls().newest()).isEmpty();
    assertThat(polls().countRoughly(ALL)).isZero();
    assertThat(scan(ALL, 1, 9)).isEmpty();
  }

  @Test
  void knowsTheNewestPollOfAllStores() {
    add("1 500 up", "2 900 down", "1 100 up");

    assertThat(polls().newest()).hasValue(900);
  }

  @Test
  void knowsTheNewestPollThatIsNotAfterAnInstant() {
    long month = 31L * 86_400_000_000L;
    add("1 500 up", "2 900 down", "3 " + 40 * month + " up", "3 " + (40 * month + 9) + " up");

    assertThat(polls().newest(Long.MAX_VALUE / 4)).hasValue(40 * month + 9);
    assertThat(polls().newest(40 * month + 9)).hasValue(40 * month + 9);
    assertThat(polls().newest(40 * month + 8)).hasValue(40 * month);
    assertThat(polls().newest(40 * month - 1)).hasValue(900);
    assertThat(polls().newest(20 * month)).hasValue(900);
    assertThat(polls().newest(899)).hasValue(500);
    assertThat(polls().newest(499)).isEmpty();
  }

  @Test
  void countsAtLeastWhatIsInAPeriodAndNothingFarFromAnyPoll() {
    long farther = 400L * 86_400_000_000L;
    add("1 10 up", "2 20 up", "1 30 down", "1 " + farther + " up");

    assertThat(polls().countRoughly(new Span(10, 30))).isBetween(2L, 3L);
    assertThat(polls().countRoughly(new Span(0, farther + 1))).isEqualTo(4);
    assertThat(polls().countRoughly(new Span(2 * farther, 3 * farther))).isZero();
    inTransaction(() -> polls().delete(1));
    assertThat(polls().countRoughly(new Span(0, farther + 1))).isEqualTo(1);
  }

  @Test
  void deletesWhatIsBeforeAnInstantAlone() {
    long month = 31L * 86_400_000_000L;
    add(
        "1 10 up",
        "1 20 down",
        "2 20 up",
        "2 " + (40 * month) + " up",
        "3 " + (41 * month) + " up");

    inTransaction(() -> assertThat(polls().deleteBefore(20)).isTrue());
    assertThat(scan(EVER, 1, 9)).hasSize(4).doesNotContain("1 10 up");
    inTransaction(() -> assertThat(polls().deleteBefore(20)).isFalse());
    inTransaction(() -> assertThat(polls().deleteBefore(41 * month)).isTrue());

    assertThat(scan(EVER, 1, 9)).containsExactly("3 " + (41 * month) + " up");
    assertThat(polls().newest()).hasValue(41 * month);
    add("1 10 up", "2 " + (40 * month) + " up");
    assertThat(scan(EVER, 1, 2)).containsExactlyInAnyOrder("1 10 up", "2 " + (40 * month) + " up");
  }

  @Test
  void makesRoomForWhatIsToCome() {
    long month = 31L * 86_400_000_000L;
    inTransaction(() -> polls().makeRoomUntil(650 * month));
    inTransaction(() -> polls().makeRoomUntil(651 * month));

    assertThat(polls().newest()).isEmpty();
    add("1 " + (650 * month) + " up");
    assertThat(polls().newest()).hasValue(650 * month);
  }

  @Test
  void scansFromTheStartOfAPeriodToBeforeItsEndAndBothEndsOfARangeOfStores() {
    add("1 10 up", "2 10 down", "2 20 up", "3 10 up", "3 20 down", "4 10 up");

    assertThat(scan(new Span(10, 20), 2, 3)).containsExactlyInAnyOrder("2 10 down", "3 10 up");
    assertThat(scan(ALL, 4, 4)).containsExactly("4 10 up");
    assertThat(scan(ALL, 5, 9)).isEmpty();
  }

  @Test
  void keepsInstantsToTheMicrosecondFarIntoTheFuture() {
    String last = "7 " + 7_258_118_399_999_999L + " up";
    add(last);

    assertThat(scan(new Span(0, Long.MAX_VALUE / 4), 7, 7)).containsExactly(last);
  }

  @Test
  void scansHoweverFarApartStoresAndInstantsAre() {
    long day = 86_400_000_000L;
    String[] some = {
      "1 " + 1_600_000_000_000_000L + " up",
      "2000000 " + (1_600_000_000_000_000L + 300 * day) + " down"
    };
    add(some);

    for (Span period :
        List.of(
            EVER,
            new Span(1_600_000_000_000_000L, 1_600_000_000_000_000L + 301 * day),
            new Span(1_600_000_000_000_000L, 1_600_000_000_000_001L + 300 * day))) {
      assertThat(scan(period, 0, Integer.MAX_VALUE)).containsExactlyInAnyOrder(some);
      assertThat(scan(period, Integer.MIN_VALUE, Integer.MAX_VALUE))
          .containsExactlyInAnyOrder(some);
      assertThat(scan(period, 1, 2_000_000)).containsExactlyInAnyOrder(some);
      assertThat(scan(period, 2_000_000, 2_000_000)).containsExactly(some[1]);
    }
  }

  @Test
  void findsPollsByStoreAndInstantWhateverTheirStatus() {
    add("1 10 up", "1 20 down", "2 10 down", "3 900 up");

    assertThat(find("1 10 down", "2 20 up", "3 10 up", "3 900 up", "9 10 up"))
        .containsExactlyInAnyOrder("1 10 up", "3 900 up");
    assertThat(find()).isEmpty();
  }

  @Test
  void replacesTheStatusOfThosePollsAlone() {
    add("1 10 up", "1 20 up", "2 10 up");

    inTransaction(() -> polls().replace(rows("1 10 down", "2 10 up")));

    assertThat(scan(ALL, 1, 2)).containsExactlyInAnyOrder("1 10 down", "1 20 up", "2 10 up");
  }

  @Test
  void deletesThePollsOfThatStoreAlone() {
    add("1 10 up", "2 10 up", "2 900 down", "3 20 down");

    inTransaction(() -> polls().delete(2));
    inTransaction(() -> polls().delete(9));

    assertThat(scan(ALL, 1, 9)).containsExactlyInAnyOrder("1 10 up", "3 20 down");
    assertThat(polls().newest()).hasValue(20);
  }

  @Test
  void deletesThePollsOfAStoreInAPeriodAlone() {
    add("1 10 up", "1 20 down", "1 30 up", "2 20 up");

    inTransaction(() -> assertThat(polls().delete(1, new Span(11, 30))).isEqualTo(1));
    inTransaction(() -> assertThat(polls().delete(1, new Span(11, 30))).isZero());
    inTransaction(() -> assertThat(polls().delete(9, EVER)).isZero());
    assertThat(scan(ALL, 1, 9)).containsExactlyInAnyOrder("1 10 up", "1 30 up", "2 20 up");

    inTransaction(() -> assertThat(polls().delete(1, new Span(10, 31))).isEqualTo(2));
    assertThat(scan(ALL, 1, 9)).containsExactly("2 20 up");
    add("1 20 up");
    assertThat(scan(ALL, 1, 1)).containsExactly("1 20 up");
  }

  @Test
  void countsAnewWhatIsThereAfterADeletion() {
    long month = 31L * 86_400_000_000L;
    add("1 10 up", "2 20 up", "1 " + 20 * month + " up", "1 " + (40 * month) + " up");

    inTransaction(() -> assertThat(polls().delete(1, new Span(11, 41 * month))).isEqualTo(2));
    assertThat(polls().newest()).hasValue(20);
    assertThat(polls().newest(19)).hasValue(10);
    assertThat(polls().countRoughly(EVER)).isEqualTo(2);
    assertThat(polls().countRoughly(new Span(20 * month, 41 * month))).isZero();

    inTransaction(() -> assertThat(polls().delete(2, EVER)).isEqualTo(1));
    inTransaction(() -> assertThat(polls().delete(1, EVER)).isEqualTo(1));
    assertThat(polls().newest()).isEmpty();
    assertThat(polls().countRoughly(EVER)).isZero();
  }

  @Test
  void knowsTheFirstPollOfAStoreInAPeriod() {
    long month = 31L * 86_400_000_000L;
    add("1 10 up", "2 5 up", "1 20 down", "1 " + 40 * month + " up");

    assertThat(polls().first(1, EVER)).hasValue(10);
    assertThat(polls().first(1, new Span(11, 21))).hasValue(20);
    assertThat(polls().first(1, new Span(11, 20))).isEmpty();
    assertThat(polls().first(1, new Span(21, 41 * month))).hasValue(40 * month);
    assertThat(polls().first(9, EVER)).isEmpty();
  }

  @Test
  void hasAnotherVersionAfterEachChange() {
    Set<Long> versions = new HashSet<>(Set.of(polls().version()));

    add("1 10 up");
    assertThat(versions.add(polls().version())).isTrue();
    inTransaction(() -> polls().replace(rows("1 10 down")));
    assertThat(versions.add(polls().version())).isTrue();
    inTransaction(() -> assertThat(polls().delete(1, ALL)).isEqualTo(1));
    assertThat(versions.add(polls().version())).isTrue();
    inTransaction(() -> polls().delete(1));
    assertThat(versions.add(polls().version())).isTrue();

    scan(ALL, 1, 9);
    assertThat(versions).contains(polls().version());
  }

  @Test
  void keepsItsVersionUntilAChangeCanBeSeen() {
    long before = polls().version();

    inTransaction(
        () -> {
          polls().add(rows("1 10 up"));
          assertThat(polls().version()).isEqualTo(before);
        });

    assertThat(polls().version()).isNotEqualTo(before);
  }

  @Test
  void seesWhatItsOwnTransactionWrote() {
    inTransaction(
        () -> {
          polls().add(rows("1 10 up"));
          polls().replace(rows("1 10 down"));
          assertThat(scan(ALL, 1, 1)).containsExactly("1 10 down");
          assertThat(find("1 10 up")).containsExactly("1 10 down");
        });
  }

  @Test
  void keepsNothingOfATransactionThatFails() {
    add("1 10 up");

    assertThatThrownBy(
            () ->
                inTransaction(
                    () -> {
                      polls().add(rows("1 20 up"));
                      polls().replace(rows("1 10 down"));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(scan(ALL, 1, 1)).containsExactly("1 10 up");
  }

  @ParameterizedTest
  @Seeds
  void givesBackMorePollsThanAnyBatchHolds(long seed) {
    Random random = new Random(seed);
    TreeMap<String, Boolean> expected = new TreeMap<>();
    PollRows rows = new PollRows(0);
    for (int i = 0; i < 150_000; i++) {
      int store = random.nextInt(500);
      boolean active = random.nextBoolean();
      if (expected.put(store + " " + i, active) == null) {
        rows.add(store, PackedPoll.of(i, active));
      }
    }
    inTransaction(() -> polls().add(rows));

    TreeMap<String, Boolean> found = new TreeMap<>();
    polls()
        .scan(
            ALL,
            0,
            500,
            (store, poll) ->
                found.put(store + " " + PackedPoll.at(poll), PackedPoll.isActive(poll)));
    assertThat(found.equals(expected)).isTrue();
  }

  void add(String... polls) {
    inTransaction(() -> polls().add(rows(polls)));
  }

  private static PollRows rows(String... polls) {
    PollRows rows = new PollRows(0);
    for (String poll : polls) {
      String[] parts = poll.split(" ", -1);
      rows.add(
          Integer.parseInt(parts[0]),
          PackedPoll.of(Long.parseLong(parts[1]), parts[2].equals("up")));
    }
    return rows;
  }

  @Test
  void scansAPeriodOfSomeStores() {
    add("1 10 up", "2 10 down", "2 20 up", "3 10 up", "4 10 up", "4 20 down", "5 10 down");

    assertThat(scanSome(new Span(10, 20), 2, 4, 9))
        .containsExactlyInAnyOrder("2 10 down", "4 10 up");
    assertThat(scanSome(EVER, 5)).containsExactly("5 10 down");
    assertThat(scanSome(EVER)).isEmpty();
    assertThat(scanSome(new Span(20, 20), 2)).isEmpty();
  }

  private List<String> scanSome(Span period, int... keys) {
    List<String> found = new ArrayList<>();
    polls().scan(period, keys, (store, poll) -> found.add(text(store, poll)));
    return found;
  }

  List<String> scan(Span period, int firstKey, int lastKey) {
    List<String> found = new ArrayList<>();
    polls().scan(period, firstKey, lastKey, (store, poll) -> found.add(text(store, poll)));
    return found;
  }

  List<String> find(String... wanted) {
    List<String> found = new ArrayList<>();
    polls().find(rows(wanted), (store, poll) -> found.add(text(store, poll)));
    return found;
  }

  private static String text(int store, long poll) {
    return "%d %d %s"
        .formatted(store, PackedPoll.at(poll), PackedPoll.isActive(poll) ? "up" : "down");
  }
}
