package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.database.DataFolder;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.OptionWords;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.TimeForm;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Registry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Files that are read ahead come to what they come to when each is read in its turn. */
final class FilesAheadTest {
  private static final Instant START = Instant.parse("2026-10-05T12:00:00Z");
  private static final String POLLS = "store_id,status,timestamp_utc\n";

  @TempDir private Path path;
  private int folders;

  /** What an import says of itself. */
  private record Said(RowCounts counts, List<String> notes, List<Reject> rejects) {}

  /** What is known of a store. */
  private record Known(
      String id,
      OptionalLong firstPoll,
      String zone,
      List<OpeningInterval> hours,
      OptionalLong hoursFlagged,
      OptionalLong zoneFlagged) {}

  /** All that imports leave. */
  private record Left(
      List<Said> said, List<Known> stores, SortedMap<String, SortedMap<Long, Boolean>> polls) {}

  private static FileKind kind(Path file) throws IOException {
    return Importer.check(Files.newInputStream(file), file.toString(), ReadOptions.NONE);
  }

  private static FilesAhead ahead(List<Path> files) throws IOException {
    List<FileKind> kinds = new ArrayList<>();
    for (Path file : files) {
      kinds.add(kind(file));
    }
    return FilesAhead.of(files, kinds, ReadOptions.NONE);
  }

  /** Imports files, of which those that are read ahead keep so many polls in memory. */
  private Left imported(List<Path> files, FilesAhead ahead, int polls) throws IOException {
    try (TestFolder folder = new TestFolder(path.resolve("data" + folders++))) {
      folder.importText(POLLS + "s3,active,2026-10-01T00:00:00Z\n");
      ahead.begin(folder.folder(), folder.clock(), polls);
      List<Said> said = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        ImportOrder order =
            new ImportOrder("id" + i, "file", ReadOptions.NONE, new FileSet("set", false));
        Optional<FileAhead> next = ahead.take();
        ImportRun run =
            next.isPresent()
                ? folder.importer().run(order, next.get(), ImportProgress.NONE)
                : folder.importer().run(order, files.get(i), ImportProgress.NONE);
        said.add(
            new Said(run.counts(), run.notes(), folder.imports().rejects(run.id(), 0, 100_000)));
      }
      return new Left(said, stores(folder.stores().registry()), folder.allPolls());
    }
  }

  private static List<Known> stores(Registry registry) {
    List<Known> stores = new ArrayList<>();
    for (int key = 1; key <= registry.size(); key++) {
      stores.add(
          new Known(
              registry.id(key),
              registry.firstPoll(key),
              String.valueOf(registry.zone(key)),
              registry.intervals(key),
              registry.hoursFlagged(key),
              registry.zoneFlagged(key)));
    }
    return stores;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(path.resolve(name), text);
  }

  private static String randomRow(Random random, int kind) {
    String store = "s" + random.nextInt(12);
    boolean wrong = random.nextInt(8) == 0;
    return switch (kind) {
      case 0 ->
          "%s,%s,%s"
              .formatted(
                  store,
                  wrong ? "maybe" : random.nextBoolean() ? "active" : "inactive",
                  START.plusSeconds(600L * random.nextInt(20)));
      case 1 ->
          "%s,%d,%s,1%d:00:00"
              .formatted(store, random.nextInt(7), wrong ? "late" : "09:00:00", random.nextInt(9));
      default -> "%s,%s".formatted(store, wrong ? "Mars/North" : "America/New_York");
    };
  }

  private static String randomText(Random random) {
    int kind = random.nextInt(3);
    StringBuilder text =
        new StringBuilder(
            List.of(
                    "store_id,status,timestamp_utc",
                    "store_id,day,start_time_local,end_time_local",
                    "store_id,timezone_str")
                .get(kind));
    for (int rows = random.nextInt(60); rows > 0; rows--) {
      text.append('\n').append(randomRow(random, kind));
    }
    return text.append('\n').toString();
  }

  @ParameterizedTest
  @Seeds
  void comeToTheSameAsFilesThatAreReadInTheirTurn(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < Seeds.Rounds.of(4); round++) {
      List<Path> files = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        texts.add(randomText(random));
        files.add(file("file" + i, texts.getLast()));
      }
      Left expected = imported(files, FilesAhead.none(), 0);
      int polls = random.nextBoolean() ? 1 + random.nextInt(40) : 10_000;
      try (FilesAhead ahead = ahead(files)) {
        assertThat(imported(files, ahead, polls))
            .as("round %d, %d polls in memory, of%n%s", round, polls, texts)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void keepsAllWrongRowsOfAFileInTheirOrder() throws IOException {
    StringBuilder text = new StringBuilder(POLLS);
    for (int row = 0; row < 2_500; row++) {
      text.append("s1,maybe %d,2026-10-05T12:00:00Z\n".formatted(row));
    }
    List<Path> files =
        List.of(file("hours", "store_id,timezone_str\na,UTC\n"), file("p", text.toString()));
    try (FilesAhead ahead = ahead(files)) {
      Said said = imported(files, ahead, 10).said.getLast();
      assertThat(said.counts.rejected()).isEqualTo(2_500);
      assertThat(said.rejects)
          .extracting(Reject::line)
          .containsExactlyElementsOf(LongStream.range(2, 2_502).boxed().toList());
    }
  }

  @Test
  void failsInItsTurnAloneIfAFileIsBroken() throws IOException {
    byte[] whole = packed(POLLS + "s1,active,2026-10-05T12:00:00Z\n".repeat(9_000));
    Path broken = Files.write(path.resolve("p.csv.gz"), Arrays.copyOf(whole, whole.length - 9));
    List<Path> files = List.of(file("zones", "store_id,timezone_str\ns1,Europe/Paris\n"), broken);
    try (TestFolder folder = new TestFolder(path.resolve("data"));
        FilesAhead ahead = ahead(files)) {
      ahead.begin(folder.folder(), folder.clock());
      ImportRun zones = run(folder, "first", ahead.take().orElseThrow());
      assertThat(zones.counts().added()).isEqualTo(1);
      assertThatThrownBy(() -> run(folder, "second", ahead.take().orElseThrow()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("line");
      ImportRun failed = folder.imports().find("second").orElseThrow();
      assertThat(failed.state()).isEqualTo(ImportRun.State.FAILED);
      assertThat(folder.allPolls()).isEmpty();
    }
  }

  @Test
  void keepsNothingOfAFileThatChangedIntoNoneOfTheKinds() throws IOException {
    Path changed = file("p", POLLS);
    try (TestFolder folder = new TestFolder(path.resolve("data"));
        FilesAhead ahead = ahead(List.of(changed))) {
      Files.writeString(changed, "who,knows\n1,2\n");
      ahead.begin(folder.folder(), folder.clock());
      assertThatThrownBy(() -> run(folder, "id", ahead.take().orElseThrow()))
          .isInstanceOf(BadFileException.class);
      assertThat(folder.imports().find("id")).isEmpty();
    }
  }

  private static ImportRun run(TestFolder folder, String id, FileAhead file) throws IOException {
    ImportOrder order = new ImportOrder(id, "file", ReadOptions.NONE, null);
    return folder.importer().run(order, file, ImportProgress.NONE);
  }

  /** Of one file there is no room for a poll more, of the other for no wrong row more. */
  @Test
  void endsWhenTheTurnOfAFileNeverComes() throws IOException {
    Path many = file("many", POLLS + poll(1) + poll(2) + poll(3));
    Path wrong = file("wrong", POLLS + "s1,maybe,2026-10-05T12:00:00Z\n".repeat(1_100));
    try (DataFolder folder = DataFolder.take(path.resolve("data"), "test")) {
      for (Path file : List.of(many, wrong)) {
        FilesAhead ahead = ahead(List.of(file, many));
        ahead.begin(folder, Clock.systemUTC(), 2);
        ahead.close();
      }
      assertThat(folder.temporary()).isEmptyDirectory();
    }
  }

  @Test
  void leavesFilesToTheirTurnThatDependOnWhatIsThere() throws IOException {
    Path tags = file("tags", "store_id,tag\ns1,west\n");
    Path polls = file("polls", POLLS + poll(1));
    ReadOptions knownOnly =
        new ReadOptions(
            null,
            Map.of(),
            List.of(),
            List.of(),
            new TimeForm.Standard(),
            true,
            OptionWords.COMMAND);
    try (DataFolder folder = DataFolder.take(path.resolve("data"), "test");
        FilesAhead ahead = ahead(List.of(tags, polls));
        FilesAhead known = FilesAhead.of(List.of(polls), List.of(FileKind.POLLS), knownOnly)) {
      ahead.begin(folder, Clock.systemUTC());
      known.begin(folder, Clock.systemUTC());
      assertThat(ahead.take()).isEmpty();
      assertThat(ahead.take()).isPresent();
      assertThat(ahead.take()).isEmpty();
      assertThat(known.take()).isEmpty();
    }
  }

  private static String poll(int hour) {
    return "s1,active,%s\n".formatted(START.plusSeconds(3_600L * hour));
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
