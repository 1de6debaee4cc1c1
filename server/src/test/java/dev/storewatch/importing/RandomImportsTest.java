package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.Zone;
import dev.storewatch.poll.PollReplay;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Registry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;

/** Compares what a series of imports leaves and counts with a naive replay of all their rows. */
@AnyDatabase
@ParameterizedClass
@Seeds
class RandomImportsTest {
  private static final String[] ZONES = {"America/Chicago", "UTC", "Asia/Kolkata"};
  private static final Instant START = Instant.parse("2023-01-18T00:00:00Z");

  private final Random random;
  @TempDir private Path path;
  private TestFolder folder;

  RandomImportsTest(long seed) {
    random = new Random(seed);
  }

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Test
  void leavesAndCountsPollsAsAReplayDoes() throws IOException {
    PollReplay replay = new PollReplay();
    for (int i = 0; i < Seeds.Rounds.of(5); i++) {
      int pollsInMemory = List.of(1, 5, 64, PollRuns.RUN).get(random.nextInt(4));
      String file = polls(replay, random.nextInt(100) == 0 ? 0 : random.nextInt(400));
      String description = "file %d, %d in memory".formatted(i, pollsInMemory);

      RowCounts counts = run(file, pollsInMemory).counts();

      assertThat(counts).as(description).isEqualTo(replay.takeCounts());
      assertThat(folder.allPolls()).as(description).isEqualTo(replay.polls());
      assertFirstPolls(description, replay.polls());
    }
  }

  private void assertFirstPolls(
      String description, SortedMap<String, SortedMap<Long, Boolean>> polls) {
    Registry registry = folder.stores().registry();
    assertThat(registry.size()).as(description).isEqualTo(polls.size());
    polls.forEach(
        (id, ofStore) ->
            assertThat(registry.firstPoll(registry.key(id).orElseThrow()))
                .as("%s, store %s", description, id)
                .isEqualTo(OptionalLong.of(ofStore.firstKey())));
  }

  private ImportRun run(String file, int pollsInMemory) throws IOException {
    return folder
        .importer()
        .holding(pollsInMemory)
        .run(
            Long.toString(random.nextLong()),
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            "test.csv",
            ImportProgress.NONE);
  }

  /** Few stores and instants, so that most are met several times; some rows are in order. */
  private String polls(PollReplay replay, int rows) {
    StringBuilder file = new StringBuilder("store_id,status,timestamp_utc\n");
    int stores = 1 + random.nextInt(70);
    int instants = 1 + random.nextInt(40);
    int firstInstant = random.nextInt(60);
    boolean inOrder = random.nextInt(4) == 0;
    for (int row = 0; row < rows; row++) {
      int instant = inOrder ? row * instants / rows : random.nextInt(instants);
      file.append(
          random.nextInt(50) == 0
              ? replay.wrongRow()
              : replay.row(
                  "store " + random.nextInt(stores),
                  START.plusSeconds(3_600L * (firstInstant + instant)).plusNanos(1_000),
                  random.nextInt(3) > 0));
    }
    return file.toString();
  }

  @Test
  void leavesAndCountsHoursAsAReplayDoes() throws IOException {
    SortedMap<String, SortedSet<String>> expected = new TreeMap<>();
    for (int i = 0; i < Seeds.Rounds.of(4); i++) {
      List<String[]> rows = hours();
      RowCounts counts = replayHours(expected, rows);
      String file =
          rows.stream()
              .map(row -> String.join(",", row) + "\n")
              .reduce("store_id,day,start_time_local,end_time_local\n", String::concat);

      assertThat(folder.importText(file).counts()).as("file %d", i).isEqualTo(counts);
      assertThat(hoursThere()).as("file %d", i).isEqualTo(expected);
    }
  }

  private List<String[]> hours() {
    List<String[]> rows = new ArrayList<>();
    for (int row = random.nextInt(30); row >= 0; row--) {
      rows.add(
          new String[] {
            "s" + random.nextInt(8),
            Integer.toString(random.nextInt(2)),
            "0%d:00:00".formatted(random.nextInt(2)),
            "2%d:00:00".formatted(random.nextInt(2))
          });
    }
    return rows;
  }

  private static RowCounts replayHours(
      SortedMap<String, SortedSet<String>> known, List<String[]> rows) {
    SortedMap<String, SortedSet<String>> inFile = new TreeMap<>();
    int added = 0;
    int repeated = 0;
    int replaced = 0;
    for (String[] row : rows) {
      String interval = String.join(" ", Arrays.asList(row).subList(1, 4));
      SortedSet<String> had = known.getOrDefault(row[0], new TreeSet<>());
      boolean isNewInFile =
          inFile.computeIfAbsent(row[0], unknown -> new TreeSet<>()).add(interval);
      if (!isNewInFile || had.contains(interval)) {
        repeated++;
      } else if (had.isEmpty()) {
        added++;
      } else {
        replaced++;
      }
    }
    known.putAll(inFile);
    return new RowCounts(rows.size(), added, repeated, replaced, 0);
  }

  private SortedMap<String, SortedSet<String>> hoursThere() {
    Registry registry = folder.stores().registry();
    SortedMap<String, SortedSet<String>> there = new TreeMap<>();
    for (int key = 1; key <= registry.size(); key++) {
      SortedSet<String> hours = new TreeSet<>();
      registry
          .intervals(key)
          .forEach(
              interval ->
                  hours.add(
                      "%d %02d:00:00 %02d:00:00"
                          .formatted(
                              interval.day().getValue() - 1,
                              interval.opens() / 3_600,
                              interval.closes() / 3_600)));
      assertThat(registry.intervals(key)).hasSameSizeAs(hours);
      there.put(registry.id(key), hours);
    }
    return there;
  }

  @Test
  void leavesAndCountsZonesAsAReplayDoes() throws IOException {
    SortedMap<String, String> expected = new TreeMap<>();
    for (int i = 0; i < Seeds.Rounds.of(3); i++) {
      StringBuilder file = new StringBuilder("timezone_str,store_id\n");
      int rows = random.nextInt(30);
      int added = 0;
      int repeated = 0;
      for (int row = 0; row < rows; row++) {
        String store = "s" + random.nextInt(12);
        String zone = ZONES[random.nextInt(ZONES.length)];
        file.append(zone).append(',').append(store).append('\n');
        String known = expected.put(store, zone);
        added += known == null ? 1 : 0;
        repeated += zone.equals(known) ? 1 : 0;
      }

      assertThat(folder.importText(file.toString()).counts())
          .as("file %d", i)
          .isEqualTo(new RowCounts(rows, added, repeated, rows - added - repeated, 0));
      assertThat(zonesThere()).as("file %d", i).isEqualTo(expected);
    }
  }

  private SortedMap<String, String> zonesThere() {
    Registry registry = folder.stores().registry();
    SortedMap<String, String> there = new TreeMap<>();
    for (int key = 1; key <= registry.size(); key++) {
      Zone zone = registry.zone(key);
      there.put(registry.id(key), String.valueOf(zone));
    }
    return there;
  }
}
