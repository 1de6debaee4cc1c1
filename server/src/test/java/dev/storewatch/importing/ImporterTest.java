package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.ForwardingPolls;
import dev.storewatch.Parts;
import dev.storewatch.TestFolder;
import dev.storewatch.TestPasswords;
import dev.storewatch.entry.FuturePolls;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.ImportFile;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Registry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AnyDatabase
class ImporterTest {
  private static final String POLLS = "store_id,status,timestamp_utc\n";
  private static final String HOURS = "store_id,day,start_time_local,end_time_local\n";
  private static final String ZONES = "store_id,timezone_str\n";
  private static final long TEN = Micros.of(Instant.parse("2023-01-25T10:00:00Z"));

  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Test
  void countsEachRowByWhatWasKnownJustBeforeIt() throws IOException {
    String changing =
        POLLS
            + "a,active,2023-01-25 10:00:00 UTC\n"
            + "a,active,2023-01-25 10:00:00 UTC\n"
            + "a,inactive,2023-01-25 10:00:00 UTC\n"
            + "a,active,2023-01-25 10:00:00 UTC\n"
            + "a,inactive,2023-01-25 10:00:00 UTC\n";

    assertThat(folder.importText(changing).counts()).isEqualTo(new RowCounts(5, 1, 1, 3, 0));
    assertThat(folder.allPolls()).isEqualTo(Map.of("a", Map.of(TEN, false)));
    assertThat(folder.importText(changing).counts()).isEqualTo(new RowCounts(5, 0, 1, 4, 0));
    assertThat(folder.allPolls()).isEqualTo(Map.of("a", Map.of(TEN, false)));
  }

  @Test
  void addsNothingWhenAFileComesAgain() throws IOException {
    String file =
        POLLS
            + "b,inactive,2023-01-25 10:00:00 UTC\n"
            + "a,active,2023-01-25 10:00:00 UTC\n"
            + "b,active,2023-01-25 09:00:00 UTC\n";
    ImportRun first = folder.importText(file);
    var polls = folder.allPolls();

    ImportRun again = folder.importText(file);

    assertThat(first.counts()).isEqualTo(new RowCounts(3, 3, 0, 0, 0));
    assertThat(again.counts()).isEqualTo(new RowCounts(3, 0, 3, 0, 0));
    assertThat(folder.allPolls()).isEqualTo(polls);
  }

  @Test
  void rejectsPollsMoreThanADayAfterTheClock() throws IOException {
    Instant last = TestFolder.NOW.plus(Duration.ofDays(1));
    String late = "a,active,%s\n".formatted(last.plusNanos(1_000));

    ImportRun run = folder.importText(POLLS + "a,active,%s\n".formatted(last) + late + " " + late);

    assertThat(run.counts()).isEqualTo(new RowCounts(3, 1, 0, 0, 2));
    assertThat(folder.allPolls()).isEqualTo(Map.of("a", Map.of(Micros.of(last), true)));
    assertThat(folder.imports().rejects(run.id(), 0, 9))
        .extracting(Reject::reason)
        .containsOnly(FuturePolls.problem(Micros.of(TestFolder.NOW)));
  }

  @Test
  void completesAFileThatIsOnlyAHeader() throws IOException {
    for (String header : List.of(POLLS, HOURS, ZONES)) {
      ImportRun run = folder.importText(header);

      assertThat(run.state()).isEqualTo(ImportRun.State.COMPLETE);
      assertThat(run.counts()).isEqualTo(RowCounts.NONE);
      assertThat(folder.imports().find(run.id())).contains(run);
    }
    assertThat(folder.stores().registry().size()).isZero();
  }

  @Test
  void knowsEachStoresFirstPollRightAfterEachImport() throws IOException {
    folder.importText(POLLS + "a,active,2023-01-25 10:00:00 UTC\n");
    assertThat(firstPoll("a")).hasValue(TEN);

    folder.importText(
        POLLS + "a,active,2023-01-25 11:00:00 UTC\nb,active,2023-01-25 12:00:00 UTC\n");
    assertThat(firstPoll("a")).hasValue(TEN);
    assertThat(firstPoll("b")).hasValue(TEN + 2 * Micros.HOUR);

    folder.importText(
        POLLS + "b,active,2023-01-25 10:00:00 UTC\na,inactive,2023-01-25 09:00:00 UTC\n");
    assertThat(firstPoll("a")).hasValue(TEN - Micros.HOUR);
    assertThat(firstPoll("b")).hasValue(TEN);

    folder.importText(ZONES + "c,UTC\n");
    assertThat(firstPoll("c")).isEmpty();
  }

  private OptionalLong firstPoll(String id) {
    Registry registry = folder.stores().registry();
    return registry.firstPoll(registry.key(id).orElseThrow());
  }

  @Test
  void putsTheHoursOfAFileInThePlaceOfAllThatItsStoresHad() throws IOException {
    folder.importText(HOURS + "a,0,09:00,17:00\na,6,10:00,12:00\nb,0,08:00,16:00\n");

    ImportRun second =
        folder.importText(HOURS + "a,1,09:00,17:00\na,1,09:00,17:00\na,0,09:00,17:00\n");

    assertThat(second.counts()).isEqualTo(new RowCounts(3, 0, 2, 1, 0));
    assertThat(hours("a"))
        .containsExactly(
            new OpeningInterval(DayOfWeek.MONDAY, 32_400, 61_200),
            new OpeningInterval(DayOfWeek.TUESDAY, 32_400, 61_200));
    assertThat(hours("b")).containsExactly(new OpeningInterval(DayOfWeek.MONDAY, 28_800, 57_600));
  }

  @Test
  void takesHoursAwayThatANewFileDoesNotName() throws IOException {
    folder.importText(HOURS + "a,0,09:00,17:00\na,1,09:00,17:00\n");

    ImportRun second = folder.importText(HOURS + "a,0,09:00,17:00\n");

    assertThat(second.counts()).isEqualTo(new RowCounts(1, 0, 1, 0, 0));
    assertThat(hours("a")).containsExactly(new OpeningInterval(DayOfWeek.MONDAY, 32_400, 61_200));
  }

  private List<OpeningInterval> hours(String id) {
    Registry registry = folder.stores().registry();
    return registry.intervals(registry.key(id).orElseThrow());
  }

  @Test
  void keepsTheZoneOfAStoresLastRow() throws IOException {
    ImportRun run = folder.importText(ZONES + "a,UTC\nb,Asia/Kolkata\na,America/Denver\n");

    assertThat(run.counts()).isEqualTo(new RowCounts(3, 2, 0, 1, 0));
    assertThat(zone("a")).isEqualTo("America/Denver");
    assertThat(zone("b")).isEqualTo("Asia/Kolkata");
  }

  private String zone(String id) {
    Registry registry = folder.stores().registry();
    Zone zone = registry.zone(registry.key(id).orElseThrow());
    return String.valueOf(zone);
  }

  @Test
  void numbersNewStoresWithoutAGapWhateverFileNamesThem() throws IOException {
    folder.importText(ZONES + "z,UTC\n");
    folder.importText(POLLS + "y,active,2023-01-25 10:00:00 UTC\nbad,row\nz,active,10:00\n");
    folder.importText(HOURS + "x,0,09:00,17:00\nz,0,09:00,17:00\nw,0,09:00,17:00\n");

    Registry registry = folder.stores().registry();
    assertThat(IntStream.rangeClosed(1, registry.size()).mapToObj(registry::id))
        .containsExactly("z", "y", "x", "w");
  }

  @Test
  void findsTheStoresOfAFileThoughOthersWereAddedWhileItWasRead() throws IOException {
    folder.importText(POLLS + "old,active,2023-01-25 10:00:00 UTC\n");
    ImportProgress meanwhile =
        new ImportProgress() {
          @Override
          public void reading(ImportFile file) {
            importMeanwhile(
                POLLS + "c,inactive,2023-01-25 10:00:00 UTC\nb,active,2023-01-25 10:00:00 UTC\n");
          }

          @Override
          public void writing(long rows) {
            assertThat(rows).isEqualTo(4);
            importMeanwhile(POLLS + "d,inactive,2023-01-25 10:00:00 UTC\n");
          }
        };

    ImportRun run =
        run(
            folder.importer(),
            POLLS
                + "a,active,2023-01-25 10:00:00 UTC\n"
                + "old,inactive,2023-01-25 10:00:00 UTC\n"
                + "c,active,2023-01-25 10:00:00 UTC\n"
                + "d,active,2023-01-25 11:00:00 UTC\n",
            meanwhile);

    assertThat(run.counts()).isEqualTo(new RowCounts(4, 2, 0, 2, 0));
    assertThat(folder.allPolls())
        .isEqualTo(
            Map.of(
                "old", Map.of(TEN, false),
                "a", Map.of(TEN, true),
                "b", Map.of(TEN, true),
                "c", Map.of(TEN, true),
                "d", Map.of(TEN, false, TEN + Micros.HOUR, true)));
    assertThat(folder.stores().registry().size()).isEqualTo(5);
    assertThat(firstPoll("d")).hasValue(TEN);
  }

  private void importMeanwhile(String file) {
    try {
      folder.importText(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void takesFilesFromSeveralThreadsAtOnce() throws Exception {
    int files = 6;
    try (ExecutorService threads = Executors.newFixedThreadPool(files)) {
      List<Future<ImportRun>> runs =
          IntStream.range(0, files)
              .mapToObj(file -> threads.submit(() -> folder.importText(sharedStores(file))))
              .toList();
      for (Future<ImportRun> run : runs) {
        assertThat(run.get().counts()).isEqualTo(new RowCounts(300, 300, 0, 0, 0));
      }
    } catch (ExecutionException e) {
      throw new AssertionError("an import failed", e);
    }
    assertThat(folder.stores().registry().size()).isEqualTo(150 + files * 150);
    assertThat(folder.allPolls().get("shared 149")).hasSize(files);
  }

  /** Returns a file of 150 stores that all have and 150 that no other has. */
  private static String sharedStores(int file) {
    StringBuilder text = new StringBuilder(POLLS);
    for (int i = 0; i < 150; i++) {
      int store = (i * 7 + file * 31) % 150;
      text.append("shared %d,active,2023-01-25 10:00:0%d UTC\n".formatted(store, file));
      text.append("own %d %d,active,2023-01-25 10:00:00 UTC\n".formatted(file, i));
    }
    return text.toString();
  }

  @Test
  void keepsEveryRejectedRowInTheOrderOfTheFile() throws IOException {
    StringBuilder file = new StringBuilder(POLLS);
    for (int i = 0; i < 2_500; i++) {
      file.append("a,asleep,").append(i).append('\n');
    }
    file.append("a,active,2023-01-25 10:00:00 UTC\n");

    ImportRun run = folder.importText(file.toString());

    assertThat(run.counts()).isEqualTo(new RowCounts(2_501, 1, 0, 0, 2_500));
    List<Reject> first = folder.imports().rejects(run.id(), 0, 2_000);
    List<Reject> rest = folder.imports().rejects(run.id(), first.getLast().line(), 2_000);
    assertThat(first).hasSize(2_000);
    assertThat(first.getFirst())
        .isEqualTo(
            new Reject(
                2,
                "unknown status: write active or inactive, or name other words with --statuses"
                    + " active=OK,inactive=CRITICAL;WARNING",
                "a,asleep,0"));
    assertThat(rest).hasSize(500);
    assertThat(rest.getLast().text()).isEqualTo("a,asleep,2499");
    assertThat(folder.imports().rejects(run.id(), 2_501, 10)).isEmpty();
  }

  @Test
  void leavesNothingOfAFileThatBreaksOff() throws IOException {
    byte[] whole = packed(manyPolls(40_000));
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    Importer importer = importer(folder.polls(), 1_000);

    assertThatThrownBy(
            () ->
                importer.run(
                    "broken", new ByteArrayInputStream(half), "p.csv.gz", ImportProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("p.csv.gz cannot be read from line ")
        .hasMessageContaining("the gzip data breaks off");

    ImportRun failed = folder.imports().find("broken").orElseThrow();
    assertThat(failed.state()).isEqualTo(ImportRun.State.FAILED);
    assertThat(failed.error()).startsWith("p.csv.gz cannot be read from line ");
    assertThat(failed.counts()).isEqualTo(RowCounts.NONE);
    assertThat(failed.ended()).isEqualTo(TestFolder.NOW);
    assertNothingIsThere();

    ImportRun mended =
        importer.run("whole", new ByteArrayInputStream(whole), "p.csv.gz", ImportProgress.NONE);
    assertThat(mended.counts()).isEqualTo(new RowCounts(40_000, 40_000, 0, 0, 0));
  }

  private static String manyPolls(int polls) {
    StringBuilder file = new StringBuilder(POLLS);
    for (int i = 0; i < polls; i++) {
      file.append("store ").append(i * 31L % 977).append(",active,");
      file.append(Instant.parse("2023-01-25T10:00:00Z").plusSeconds(i)).append('\n');
    }
    return file.toString();
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void assertNothingIsThere() throws IOException {
    assertThat(folder.allPolls()).isEmpty();
    assertThat(folder.stores().registry().size()).isZero();
    assertThat(folder.folder().temporary()).isEmptyDirectory();
  }

  @Test
  void keepsNothingOfAFileOfNoKind() throws IOException {
    assertThatThrownBy(() -> folder.importText("id,up\na,1\n"))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("store_id,status,timestamp_utc");

    assertThat(folder.imports().newest(10, null)).isEmpty();
    assertNothingIsThere();
  }

  @Test
  void leavesNothingWhenTheDatabaseRefusesTheLastRows() throws IOException {
    folder.importText(POLLS + "store 155,inactive,2023-01-25 10:00:05 UTC\n");
    var before = folder.allPolls();
    Importer importer = importer(new FullPolls(folder.polls(), 2), 1_000);

    assertThatThrownBy(() -> run(importer, manyPolls(5_000), ImportProgress.NONE))
        .hasMessage("the disk is full");

    ImportRun failed = folder.imports().find("id").orElseThrow();
    assertThat(failed.state()).isEqualTo(ImportRun.State.FAILED);
    assertThat(failed.error()).isEqualTo("the disk is full");
    assertThat(folder.allPolls()).isEqualTo(before);
    assertThat(folder.stores().registry().size()).isEqualTo(1);
    assertThat(folder.folder().temporary()).isEmptyDirectory();

    ImportRun second = folder.importText(manyPolls(5_000));
    assertThat(second.counts()).isEqualTo(new RowCounts(5_000, 4_999, 0, 1, 0));
  }

  @Test
  void keepsTheReasonOfAFailureThatHasNoMessage() {
    ImportProgress broken =
        new ImportProgress() {
          @Override
          public void writing(long rows) {
            throw new UnsupportedOperationException();
          }
        };

    assertThatThrownBy(() -> run(folder.importer(), POLLS, broken))
        .isInstanceOf(UnsupportedOperationException.class);

    assertThat(folder.imports().find("id").orElseThrow().error())
        .isEqualTo("java.lang.UnsupportedOperationException");
  }

  @Test
  void leavesNoTemporaryFile() throws IOException {
    run(importer(folder.polls(), 10), manyPolls(2_000), ImportProgress.NONE);

    assertThat(folder.folder().temporary()).isEmptyDirectory();
  }

  private Importer importer(Polls polls, int pollsInMemory) {
    return new Parts(
            folder.folder(),
            folder.database(),
            folder.clock(),
            polls,
            List.of(),
            TestPasswords.cheap())
        .importer()
        .holding(pollsInMemory);
  }

  private static ImportRun run(Importer importer, String file, ImportProgress progress)
      throws IOException {
    return importer.run(
        "id",
        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
        "test.csv",
        progress);
  }

  /** Takes polls a number of times, then no more. */
  private static final class FullPolls extends ForwardingPolls {
    private int room;

    FullPolls(Polls polls, int room) {
      super(polls);
      this.room = room;
    }

    @Override
    public void add(PollRows added) {
      if (room-- == 0) {
        throw new IllegalStateException("the disk is full");
      }
      super.add(added);
    }
  }
}
