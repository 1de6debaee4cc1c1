package dev.storewatch.importing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.OptionWords;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.TimeForm;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.ranges.RangeReading;
import dev.storewatch.ranges.Workers;
import dev.storewatch.revision.Change;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** A file that several threads read comes to what it comes to when one reads it. */
final class RangeImportTest {
  private static final Instant START = Instant.parse("2026-10-05T12:00:00Z");
  private static final ReadOptions KNOWN_ONLY =
      new ReadOptions(
          null, Map.of(), List.of(), List.of(), new TimeForm.Standard(), true, OptionWords.COMMAND);

  @TempDir private Path path;
  private int folders;

  /**
   * All that an import leaves.
   *
   * @param ids the stores in the order in which they were named
   * @param polls the polls of each store
   */
  private record Left(
      RowCounts counts,
      List<String> notes,
      List<Reject> rejects,
      List<String> ids,
      Map<String, List<Long>> polls,
      long bytes,
      long rows) {}

  /** Remembers how far a file was read. */
  private static final class Progress implements ImportProgress {
    private @Nullable ImportFile file;

    @Override
    public void reading(ImportFile read) {
      file = read;
    }
  }

  private Left byOneThread(Path file, ReadOptions options) throws IOException {
    return left(file, options, null);
  }

  private Left left(Path file, ReadOptions options, RangeReading.@Nullable Plan plan)
      throws IOException {
    try (TestFolder folder = new TestFolder(path.resolve("data" + folders++))) {
      folder.importText("store_id,status,timestamp_utc\ns3,active,2026-10-01T00:00:00Z\n");
      ImportOrder order = new ImportOrder("id", "polls.csv", options, null);
      Progress progress = new Progress();
      ImportRun run =
          plan == null
              ? folder.importer().run(order, Files.newInputStream(file), progress)
              : folder.importer().reading(plan).run(order, file, progress);
      Registry registry = folder.stores().registry();
      Map<String, List<Long>> polls = new TreeMap<>();
      List<String> ids = new ArrayList<>();
      for (int key = 1; key <= registry.size(); key++) {
        ids.add(registry.id(key));
      }
      folder
          .polls()
          .scan(
              Change.ALWAYS,
              1,
              Math.max(1, registry.size()),
              (store, poll) ->
                  polls.computeIfAbsent(registry.id(store), _ -> new ArrayList<>()).add(poll));
      return new Left(
          run.counts(),
          run.notes(),
          folder.imports().rejects("id", 0, 1_000),
          ids,
          polls,
          requireNonNull(progress.file).bytesRead(),
          requireNonNull(progress.file).rowsRead());
    }
  }

  private static RangeReading.Plan plan(int threads, int range) {
    return new RangeReading.Plan(new Workers(threads), range);
  }

  private static String poll(Random random) {
    String store = "s" + random.nextInt(12);
    String status = random.nextInt(3) == 0 ? "inactive" : "active";
    String at = START.plusSeconds(600L * random.nextInt(20)).toString();
    return switch (random.nextInt(14)) {
      case 0 -> "%s,maybe,%s".formatted(store, at);
      case 1 -> "";
      case 2 -> "\"%s\",%s,%s".formatted(store, status, at);
      case 3 -> "%s,%s,yesterday".formatted(store, status);
      case 4 -> "%s,%s,2031-01-01T00:00:00Z".formatted(store, status);
      default -> "%s,%s,%s".formatted(store, status, at);
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    int rows = random.nextInt(60);
    int joined = random.nextInt(3) == 0 ? random.nextInt(60) : -1;
    for (int row = 0; row < rows; row++) {
      if (row == joined) {
        text.append("\"s,\nlong\",active,2026-10-05T12:00:00Z\n");
      }
      text.append(poll(random)).append(random.nextInt(4) == 0 ? "\r\n" : "\n");
    }
    if (random.nextBoolean()) {
      text.append("s1,active,2026-10-05T18:00:00Z");
    }
    return text.toString();
  }

  @ParameterizedTest
  @Seeds
  void comesToTheSameWhereverTheFileIsSplit(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < Seeds.Rounds.of(2); round++) {
      String text = text(random);
      Path file = Files.writeString(path.resolve("polls" + round), text);
      for (ReadOptions options : List.of(ReadOptions.NONE, KNOWN_ONLY)) {
        Left whole = byOneThread(file, options);
        assertThat(whole.bytes).isEqualTo(Files.size(file));
        for (int split = 0; split < 3; split++) {
          RangeReading.Plan plan = plan(1 + random.nextInt(3), 1 + random.nextInt(400));
          assertThat(left(file, options, plan)).as("%s of%n%s", plan, text).isEqualTo(whole);
        }
      }
    }
  }

  /** The last poll of an instant holds, also if another thread read it. */
  @Test
  void takesTheLastOfContradictoryPolls() throws IOException {
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int row = 0; row < 500; row++) {
      text.append("s1,%s,%s\n".formatted(row % 3 == 1 ? "active" : "inactive", START));
    }
    Path file = Files.writeString(path.resolve("polls"), text);
    Left left = left(file, ReadOptions.NONE, plan(4, 50));
    assertThat(left.polls.get("s1")).hasSize(1).allMatch(PackedPoll::isActive);
    assertThat(left.counts).isEqualTo(byOneThread(file, ReadOptions.NONE).counts);
  }
}
