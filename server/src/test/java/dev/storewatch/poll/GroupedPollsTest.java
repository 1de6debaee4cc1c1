package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class GroupedPollsTest {
  private final GroupedPolls grouped = new GroupedPolls();

  @Test
  void givesAStoreWithoutPollsNoneWhereverItStands() {
    PollRows rows = new PollRows(0);
    rows.add(13, 7);
    rows.add(11, 5);
    rows.add(13, 6);

    grouped.group(rows, 10, 14);

    assertThat(of(10)).isEmpty();
    assertThat(of(11)).containsExactly(5);
    assertThat(of(12)).isEmpty();
    assertThat(of(13)).containsExactly(7, 6);
    assertThat(of(14)).isEmpty();
  }

  @Test
  void givesNoStoreAnyPollWhenThereIsNone() {
    grouped.group(new PollRows(0), 1, 3);

    assertThat(of(1)).isEmpty();
    assertThat(of(2)).isEmpty();
    assertThat(of(3)).isEmpty();
  }

  @Test
  void forgetsALargerRangeBeforeASmallerOne() {
    PollRows rows = new PollRows(0);
    for (int key = 1; key <= 100; key++) {
      rows.add(key, key);
      rows.add(key, -key);
    }
    grouped.group(rows, 1, 100);
    PollRows few = new PollRows(0);
    few.add(51, 9);

    grouped.group(few, 50, 52);

    assertThat(of(50)).isEmpty();
    assertThat(of(51)).containsExactly(9);
    assertThat(of(52)).isEmpty();
  }

  @Test
  void bringsTogetherWhatIsScannedAndSortsIt() {
    PollScan source = new ScannedPolls(new int[] {2, 4, 2, 2}, new long[] {8, 5, 3, 6});

    grouped.load(source, ScannedPolls.PERIOD, 1, 4);

    assertThat(of(1)).isEmpty();
    assertThat(of(2)).containsExactly(3, 6, 8);
    assertThat(of(3)).isEmpty();
    assertThat(of(4)).containsExactly(5);
  }

  @ParameterizedTest
  @Seeds
  void agreesWithAMapOverManyRanges(long seed) {
    Random random = new Random(seed);
    PollRows rows = new PollRows(0);
    for (int round = 0; round < 300; round++) {
      int first = random.nextInt(1_000);
      int last = first + random.nextInt(60);
      rows.clear();
      Map<Integer, List<Long>> expected = new TreeMap<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        int key = random.nextInt(first, last + 1);
        rows.add(key, i);
        expected.computeIfAbsent(key, unknown -> new ArrayList<>()).add((long) i);
      }

      grouped.group(rows, first, last);

      for (int key = first; key <= last; key++) {
        assertThat(Arrays.stream(of(key)).boxed().toList())
            .as("round %d, store %d", round, key)
            .isEqualTo(expected.getOrDefault(key, List.of()));
      }
    }
  }

  @ParameterizedTest
  @Seeds
  void agreesWithSortingWhateverLiesInOrder(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int first = random.nextInt(1_000);
      int last = first + random.nextInt(60);
      int count = random.nextInt(200);
      long[] polls = random.longs(count, 0, 1_000).toArray();
      int[] stores = random.ints(count, first, last + 1).toArray();
      int storesInOrder = random.nextInt(count + 1);
      Arrays.sort(stores, 0, storesInOrder);
      if (random.nextBoolean()) {
        sortEachStore(stores, polls);
      }
      if (random.nextInt(5) == 0) {
        grouped.take(7, new long[] {1, 2}, new int[] {0}, new int[] {2});
      }

      grouped.load(new ScannedPolls(stores, polls), ScannedPolls.PERIOD, first, last);

      for (int key = first; key <= last; key++) {
        int store = key;
        assertThat(of(key))
            .as("round %d, store %d", round, key)
            .containsExactly(
                IntStream.range(0, count)
                    .filter(i -> stores[i] == store)
                    .mapToLong(i -> polls[i])
                    .sorted()
                    .toArray());
      }
    }
  }

  private static void sortEachStore(int[] stores, long[] polls) {
    int from = 0;
    for (int i = 1; i <= stores.length; i++) {
      if (i == stores.length || stores[i] != stores[from]) {
        Arrays.sort(polls, from, i);
        from = i;
      }
    }
  }

  private long[] of(int key) {
    return Arrays.copyOfRange(grouped.array(), grouped.from(key), grouped.to(key));
  }
}
