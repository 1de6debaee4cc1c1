package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.poll.PollRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

class PollRunsTest {
  @TempDir private Path folder;

  /** The polls of each store in the order in which they came out. */
  private final Map<Integer, List<Long>> given = new TreeMap<>();

  private int ranges;
  private int lastGiven = -1;

  @Test
  void givesNothingWhenItGotNothing() throws IOException {
    try (PollRuns runs = new PollRuns(folder, 3)) {
      runs.forEachRange(this::take);
      assertThat(runs.earliest()).isGreaterThan(runs.latest());
    }
    assertThat(ranges).isZero();
  }

  @Test
  void givesAllPollsAtOnceWhileTheyFitMemory() throws IOException {
    try (PollRuns runs = new PollRuns(folder, 3)) {
      runs.add(40, 7);
      runs.add(2, 5);
      runs.add(40, 6);
      runs.forEachRange(this::take);
      assertThat(runs.earliest()).isEqualTo(5);
      assertThat(runs.latest()).isEqualTo(7);
    }
    assertThat(ranges).isEqualTo(1);
    assertThat(given).isEqualTo(Map.of(2, List.of(5L), 40, List.of(7L, 6L)));
  }

  @Test
  void keepsSixteenStoresTogetherHoweverManyPollsTheyHave() throws IOException {
    try (PollRuns runs = new PollRuns(folder, 2)) {
      for (int i = 0; i < 96; i++) {
        runs.add(i % 48, i);
      }
      runs.forEachRange(this::take);
    }
    assertThat(ranges).isEqualTo(3);
    assertThat(given).hasSize(48);
    assertThat(given.get(17)).containsExactly(17L, 65L);
  }

  @Test
  void givesStoresThatOnlyLaterRunsKnow() throws IOException {
    try (PollRuns runs = new PollRuns(folder, 2)) {
      runs.add(0, 1);
      runs.add(0, 2);
      runs.add(500, 3);
      runs.add(500, 4);
      runs.add(17, 5);
      runs.forEachRange(this::take);
    }
    assertThat(given).isEqualTo(Map.of(0, List.of(1L, 2L), 17, List.of(5L), 500, List.of(3L, 4L)));
  }

  @ParameterizedTest
  @Seeds
  void givesEveryStoresPollsOnceAndInTheOrderTheyCame(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      Map<Integer, List<Long>> expected = new TreeMap<>();
      given.clear();
      lastGiven = -1;
      int capacity = 1 + random.nextInt(200);
      int stores = 1 + random.nextInt(300);
      try (PollRuns runs = new PollRuns(folder, capacity)) {
        for (int i = random.nextInt(3_000); i >= 0; i--) {
          int store = random.nextInt(1 + random.nextInt(stores));
          long poll = random.nextLong(1_000);
          runs.add(store, poll);
          expected.computeIfAbsent(store, unknown -> new ArrayList<>()).add(poll);
        }
        runs.forEachRange(this::take);
      }
      assertThat(given).as("round %d", round).isEqualTo(expected);
    }
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    try (PollRuns runs = new PollRuns(folder, 1)) {
      runs.add(1, 1);
      runs.add(2, 2);
      runs.forEachRange(this::take);
    }
    assertThat(folder).isEmptyDirectory();
  }

  private void take(PollRows polls, int first, int last) {
    assertThat(first).isGreaterThan(lastGiven).isLessThanOrEqualTo(last);
    ranges++;
    lastGiven = last;
    for (int i = 0; i < polls.size(); i++) {
      assertThat(polls.store(i)).isBetween(first, last);
      given.computeIfAbsent(polls.store(i), unknown -> new ArrayList<>()).add(polls.poll(i));
    }
  }
}
