package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.file.FileKind;
import dev.storewatch.importing.FileIntake;
import dev.storewatch.importing.ImportOrder;
import dev.storewatch.importing.ImportProgress;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.setting.BadSetting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The watched folder, cut off at each of its steps. */
@AnyDatabase
@Isolated // it reads the log, which is one for the process
final class InboxTest {
  private static final String POLLS =
      """
      store_id,status,timestamp_utc
      42,active,2026-10-30T10:00:00Z
      42,inactive,2026-10-30T11:00:00Z
      43,perhaps,2026-10-30T11:00:00Z
      """;

  private static final InboxSettings SETTINGS =
      new InboxSettings(null, Duration.ofSeconds(10), Duration.ofDays(30), Map.of());

  private static final Duration LOOK = Duration.ofSeconds(2);

  @TempDir private Path path;
  private final HandClock clock = new HandClock(TestFolder.NOW);
  private final List<Boolean> ended = new ArrayList<>();
  private TestFolder folder;
  private Path inbox;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path.resolve("data"));
    inbox = path.resolve("inbox");
  }

  @AfterEach
  void close() {
    folder.close();
  }

  /** Imports at once, and otherwise as the queue does. */
  private final class Direct implements FileIntake {
    @Override
    public ImportRun take(Path file, ImportOrder order, @Nullable FileKind said)
        throws IOException {
      ImportRun known = folder.imports().find(order.id()).orElse(null);
      return known != null
          ? known
          : folder.importer().run(order, Files.newInputStream(file), ImportProgress.NONE);
    }
  }

  /** The end of a process, as a test has it. */
  private static final class Cut extends Error {
    private static final long serialVersionUID = 1;
  }

  private Inbox inbox(FileIntake intake) {
    return new Inbox(inbox, SETTINGS, intake, folder.imports(), clock, List.of(ended::add));
  }

  private Inbox inbox() {
    return inbox(new Direct());
  }

  private void look(Inbox at, int times) {
    for (int i = 0; i < times; i++) {
      at.look();
      clock.pass(LOOK);
    }
  }

  private Path put(String name, String text, Instant changed) throws IOException {
    Path file = Files.writeString(Files.createDirectories(inbox).resolve(name), text);
    return Files.setLastModifiedTime(file, FileTime.from(changed));
  }

  private Path put(String name, String text) throws IOException {
    return put(name, text, clock.instant());
  }

  private List<String> names(String of) throws IOException {
    try (Stream<Path> files = Files.list(inbox.resolve(of))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private JsonNode result(String of) throws IOException {
    String name =
        names(of).stream().filter(each -> each.endsWith(".result.json")).findFirst().get();
    return new JsonMapper().readTree(Files.readString(inbox.resolve(of).resolve(name)));
  }

  /** Asserts that the file was imported once, and is put away with its result. */
  private void assertDoneOnce() throws IOException {
    assertThat(folder.imports().newest(10, null))
        .singleElement()
        .satisfies(run -> assertThat(run.state()).isEqualTo(ImportRun.State.COMPLETE));
    assertThat(folder.allPolls().get("42")).hasSize(2);
    assertThat(names(".taken")).isEmpty();
    assertThat(names("failed")).isEmpty();
    assertThat(names("done")).hasSize(2);
    String file = names("done").getFirst();
    assertThat(file).matches("20261101T0000\\d\\dZ-[0-9a-f]{8}-polls\\.csv");
    assertThat(names("done").getLast()).isEqualTo(file + ".result.json");
    assertThat(inbox.resolve("done").resolve(file)).hasContent(POLLS);
  }

  @Test
  void importsAFileAndSaysWhatBecameOfIt() throws Exception {
    put("polls.csv", POLLS);
    look(inbox(), 10);

    assertDoneOnce();
    JsonNode result = result("done");
    assertThat(result.get("file").stringValue()).isEqualTo("polls.csv");
    assertThat(result.get("state").stringValue()).isEqualTo("done");
    assertThat(result.get("kind").stringValue()).isEqualTo("polls");
    assertThat(result.get("added").asLong()).isEqualTo(2);
    assertThat(result.get("rejected").asLong()).isEqualTo(1);
    assertThat(result.at("/rejects/0/line").asLong()).isEqualTo(4);
    assertThat(result.get("import").stringValue())
        .isEqualTo(folder.imports().newest(1, null).getFirst().id());
    assertThat(folder.imports().newest(1, null).getFirst().source()).isEqualTo("inbox/polls.csv");
    assertThat(ended).containsExactly(true);
  }

  @Test
  void waitsUntilAFileStaysAsItIs() throws Exception {
    Inbox at = inbox();
    for (int i = 0; i < 20; i++) {
      put("polls.csv", POLLS.substring(0, 10 + i));
      look(at, 1);
    }
    put("polls.csv", POLLS);
    look(at, 5);
    assertThat(names(".taken")).isEmpty();
    assertThat(folder.imports().newest(1, null)).isEmpty();
    assertThat(at.waiting()).isEqualTo(1);
    look(at, 2);
    assertDoneOnce();
    assertThat(at.waiting()).isZero();
  }

  @Test
  void takesAFileThatWasMovedInAtTheSecondLook() throws Exception {
    Inbox at = inbox();
    put("polls.csv", POLLS, clock.instant().minusSeconds(60));
    look(at, 1);
    assertThat(folder.imports().newest(1, null)).isEmpty();
    look(at, 1);
    assertDoneOnce();
  }

  @Test
  void takesAFileWhoseTimeIsAheadWhenItWasSeenForLongEnough() throws Exception {
    put("polls.csv", POLLS, clock.instant().plusSeconds(86_400));
    look(inbox(), 7);
    assertDoneOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {".polls.csv", "polls.csv.part", "polls.csv.TMP", "polls.csv~"})
  void leavesWhatIsNotFinishedByItsName(String name) throws Exception {
    put(name, POLLS);
    look(inbox(), 10);
    assertThat(names("")).contains(name);
    assertThat(folder.imports().newest(1, null)).isEmpty();
  }

  @Test
  void leavesFoldersAndLinks() throws Exception {
    Path elsewhere = Files.writeString(path.resolve("elsewhere.csv"), POLLS);
    Files.createDirectories(inbox.resolve("folder.csv"));
    Files.createSymbolicLink(inbox.resolve("link.csv"), elsewhere);
    look(inbox(), 10);
    assertThat(names("")).contains("folder.csv", "link.csv");
    assertThat(folder.imports().newest(1, null)).isEmpty();
  }

  @Test
  void tellsOnceOfWhatIsNoFile() throws Exception {
    Files.createDirectories(inbox.resolve("export"));
    Inbox at = inbox();
    try (Logged logged = new Logged(Inbox.class.getName(), Level.WARN)) {
      look(at, 10);
      assertThat(logged.messages()).singleElement().asString().startsWith("export is left alone");
      Files.delete(inbox.resolve("export"));
      look(at, 1);
      Files.createDirectories(inbox.resolve("export"));
      look(at, 10);
      assertThat(logged.messages()).hasSize(2);
    }
  }

  @Test
  void goesOnWithTheOthersWhereAFileCannotBeTaken() throws Exception {
    boolean[] isHeld = {true};
    Inbox at =
        new Inbox(
            inbox,
            SETTINGS,
            new Direct(),
            folder.imports(),
            clock,
            List.of(ended::add),
            (from, to) -> {
              if (isHeld[0] && from.endsWith("held.csv")) {
                throw new FileSystemException(
                    from.toString(), to.toString(), "Operation not permitted");
              }
              Files.move(from, to);
            });
    put("held.csv", POLLS, clock.instant().minusSeconds(60));
    put("polls.csv", POLLS, clock.instant().minusSeconds(30));
    try (Logged logged = new Logged(Inbox.class.getName(), Level.WARN)) {
      look(at, 40);
      assertDoneOnce();
      assertThat(names("")).contains("held.csv");
      assertThat(logged.messages())
          .singleElement()
          .asString()
          .contains("held.csv cannot be taken", "Operation not permitted");
    }
    isHeld[0] = false;
    look(at, 40);
    assertThat(names("")).doesNotContain("held.csv");
    assertThat(names("done")).hasSize(4);
  }

  @Test
  void saysOfAFileThatItMayNotBeRead() throws Exception {
    Inbox at =
        inbox(
            (file, order, said) -> {
              throw new AccessDeniedException(file.toString());
            });
    put("polls.csv", POLLS);
    look(at, 10);
    assertThat(names("failed")).hasSize(2);
    assertThat(result("failed").get("error").stringValue())
        .startsWith("inbox/polls.csv may not be read by the user of the server")
        .doesNotContain(".taken");
  }

  /** It is no fault of the file when the server may not write somewhere else. */
  @Test
  void triesAgainWhenItIsAnotherFileThatIsDenied() throws Exception {
    boolean[] isDenied = {true};
    Inbox at =
        inbox(
            (file, order, said) -> {
              if (isDenied[0]) {
                throw new AccessDeniedException("/srv/storewatch/uploads/1");
              }
              return new Direct().take(file, order, said);
            });
    put("polls.csv", POLLS);
    look(at, 10);
    assertThat(names("failed")).isEmpty();
    assertThat(names(".taken")).hasSize(1);
    isDenied[0] = false;
    look(at, 40);
    assertDoneOnce();
  }

  @Test
  void tellsOnceThatTheFolderCannotBeLookedAt() throws Exception {
    Inbox at = inbox();
    Files.delete(inbox.resolve("failed"));
    Files.writeString(inbox.resolve("failed"), "a file where a folder has to be");
    try (Logged logged = new Logged(Inbox.class.getName(), Level.INFO)) {
      look(at, 10);
      assertThat(logged.messages()).singleElement().asString().contains("cannot be looked at");
      Files.delete(inbox.resolve("failed"));
      look(at, 10);
      assertThat(logged.messages()).hasSize(2).last().asString().contains("can be looked at again");
    }
  }

  @Test
  void takesWhatFailedAndIsMovedBackByItsFirstName() throws Exception {
    put("polls.csv", "Dear all,\n");
    Inbox at = inbox();
    for (int i = 0; i < 2; i++) {
      look(at, 10);
      assertThat(names("failed")).hasSize(2);
      for (String name : names("failed")) {
        Files.move(inbox.resolve("failed").resolve(name), inbox.resolve(name));
      }
    }
    String last = names("").stream().filter(name -> name.endsWith("-polls.csv")).findAny().get();
    assertThat(last).matches("20261101T0000\\d\\dZ-[0-9a-f]{8}-polls\\.csv");
    put(last, POLLS);
    look(at, 10);
    assertDoneOnce();
    // Results are moved along by those who move all there is, and are no files for an import.
    assertThat(names("")).filteredOn(name -> name.endsWith(".result.json")).hasSize(2);
  }

  @Test
  void putsAsideWhatIsNoImportFile() throws Exception {
    put("letter.txt", "Dear all,\n");
    put("polls.csv", POLLS);
    look(inbox(), 10);
    assertThat(names("failed")).hasSize(2).first().asString().endsWith("-letter.txt");
    assertThat(result("failed").get("state").stringValue()).isEqualTo("failed");
    assertThat(result("failed").get("error").stringValue()).contains("inbox/letter.txt");
    assertThat(names("done")).hasSize(2);
    assertThat(ended).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void logsWhyAFileWasNotImported() throws Exception {
    put("letter.txt", "Dear all,\n");
    Inbox at = inbox();
    try (Logged logged = new Logged(Inbox.class.getName(), Level.WARN)) {
      look(at, 10);
      assertThat(logged.messages())
          .singleElement()
          .asString()
          .startsWith("letter.txt was not imported: ")
          .contains(result("failed").get("error").stringValue(), "; see ", ".result.json");
    }
  }

  /** Whoever puts files there calls no command, so no option of one is advised. */
  @Test
  void advisesSettingsOfTheFolder() throws Exception {
    put("polls.csv", POLLS);
    put("other.csv", "store_id,timestamp_utc,Colour\n");
    look(inbox(), 10);
    assertThat(result("done").at("/rejects/0/reason").stringValue())
        .isEqualTo(
            "unknown status: write active or inactive, or name other words with the setting"
                + " storewatch.inbox.reading.statuses: active=OK,inactive=CRITICAL;WARNING");
    assertThat(result("failed").get("error").stringValue())
        .contains("name the column with the setting storewatch.inbox.reading.columns: status=NAME");
  }

  @Test
  void putsAsideWhatCannotBeReadToItsEnd() throws Exception {
    Path packed = inbox.resolve("polls.csv.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(POLLS.repeat(100).getBytes(StandardCharsets.UTF_8));
    }
    Files.createDirectories(inbox);
    Files.write(packed, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20));
    Files.setLastModifiedTime(packed, FileTime.from(clock.instant()));
    Inbox at = inbox(failingAsTheQueueDoes());
    look(at, 10);
    assertThat(names("failed")).hasSize(2);
    assertThat(result("failed").get("error").stringValue()).contains("polls.csv.gz");
    assertThat(folder.allPolls()).isEmpty();
  }

  /** The queue keeps a failure with the import, and throws nothing. */
  private FileIntake failingAsTheQueueDoes() {
    return (file, order, said) -> {
      try {
        return new Direct().take(file, order, said);
      } catch (IOException e) {
        return folder.imports().find(order.id()).orElseThrow(() -> e);
      }
    };
  }

  @Test
  void keepsFilesOfOneNameApart() throws Exception {
    Inbox at = inbox();
    put("polls.csv", POLLS);
    look(at, 7);
    put("polls.csv", POLLS);
    look(at, 7);
    assertThat(names("done")).hasSize(4);
    assertThat(folder.imports().newest(10, null)).hasSize(2);
  }

  @Test
  void takesNamesOfAnyLength() throws Exception {
    put("é".repeat(120) + ".csv", POLLS);
    look(inbox(), 7);
    assertThat(names("done")).hasSize(2).first().asString().endsWith("é.csv");
  }

  // What a process leaves that ends between two steps

  @Test
  void goesOnAfterAFileWasTaken() throws Exception {
    put("polls.csv", POLLS);
    Inbox first =
        inbox(
            (file, order, said) -> {
              throw new Cut();
            });
    assertThatThrownBy(() -> look(first, 10)).isInstanceOf(Cut.class);
    assertThat(names(".taken")).hasSize(1);
    look(inbox(), 1);
    assertDoneOnce();
  }

  @Test
  void goesOnAfterTheImportWasCommitted() throws Exception {
    put("polls.csv", POLLS);
    Inbox first =
        inbox(
            (file, order, said) -> {
              var _ = new Direct().take(file, order, said);
              throw new Cut();
            });
    assertThatThrownBy(() -> look(first, 10)).isInstanceOf(Cut.class);
    assertThat(folder.allPolls().get("42")).hasSize(2);
    look(inbox(), 1);
    assertDoneOnce();
  }

  @Test
  void goesOnAfterPartOfTheResultWasWritten() throws Exception {
    goOnAfter(
        taken ->
            Files.writeString(
                inbox.resolve("done").resolve("." + taken.endName() + ".result.json"), "{\"fi"));
  }

  @Test
  void goesOnAfterTheResultWasWritten() throws Exception {
    goOnAfter(
        taken ->
            Files.writeString(
                inbox.resolve("done").resolve(taken.endName() + ".result.json"), "{}"));
  }

  /** A move to another disk is a copy, of which a part may be there. */
  @Test
  void goesOnAfterPartOfTheFileWasMoved() throws Exception {
    goOnAfter(taken -> Files.writeString(inbox.resolve("done").resolve(taken.endName()), "stor"));
  }

  private interface Left {
    void after(TakenFile taken) throws IOException;
  }

  private void goOnAfter(Left left) throws IOException {
    put("polls.csv", POLLS);
    look(inbox((file, order, said) -> queued(new Direct().take(file, order, said))), 10);
    left.after(TakenFile.read(inbox.resolve(".taken").resolve(names(".taken").getFirst())).get());
    look(inbox(), 1);
    assertDoneOnce();
    assertThat(result("done").get("added").asLong()).isEqualTo(2);
  }

  @Test
  void makesItsFoldersAgain() throws Exception {
    put("polls.csv", POLLS);
    Inbox at = inbox();
    for (String name : List.of(".taken", "done", "failed")) {
      Files.delete(inbox.resolve(name));
    }
    look(at, 10);
    assertDoneOnce();
  }

  @Test
  void triesAgainLaterWhatCannotBeTakenNow() throws Exception {
    int[] tries = {0};
    Inbox at =
        inbox(
            (file, order, said) -> {
              if (tries[0]++ == 0) {
                throw new IOException("no room");
              }
              return new Direct().take(file, order, said);
            });
    put("polls.csv", POLLS);
    look(at, 20);
    assertThat(tries).containsExactly(1);
    assertThat(names(".taken")).hasSize(1);
    look(at, 30);
    assertThat(tries[0]).isEqualTo(2);
    assertDoneOnce();
  }

  @Test
  void waitsForTheEndOfImports() throws Exception {
    List<String> asked = new ArrayList<>();
    Inbox at =
        inbox(
            (file, order, said) -> {
              asked.add(order.id());
              ImportRun run = new Direct().take(file, order, said);
              return asked.size() < 4 ? queued(run) : run;
            });
    put("polls.csv", POLLS);
    look(at, 8);
    assertThat(names(".taken")).hasSize(1);
    assertThat(at.waiting()).isEqualTo(1);
    look(at, 5);
    assertThat(asked).hasSize(4).containsOnly(asked.getFirst());
    assertDoneOnce();
  }

  private static ImportRun queued(ImportRun run) {
    return new ImportRun(
        run.id(),
        run.source(),
        run.kind(),
        ImportRun.State.QUEUED,
        run.counts(),
        run.received(),
        null,
        null,
        run.options(),
        null,
        List.of());
  }

  @Test
  void takesNoMoreThanSomeAtOnce() throws Exception {
    Inbox at = inbox((file, order, said) -> queued(new Direct().take(file, order, said)));
    for (int i = 0; i < 15; i++) {
      put("polls-%02d.csv".formatted(i), POLLS, clock.instant().plusSeconds(i));
    }
    look(at, 20);
    assertThat(names(".taken")).hasSize(10);
    assertThat(names("")).contains("polls-10.csv", "polls-14.csv").doesNotContain("polls-09.csv");
    assertThat(at.waiting()).isEqualTo(15);
  }

  @Test
  void letsSeveralServersWatchOneFolder() throws Exception {
    Inbox one = inbox();
    Inbox other = inbox();
    for (int i = 0; i < 5; i++) {
      put("polls-%d.csv".formatted(i), POLLS);
    }
    for (int i = 0; i < 10; i++) {
      one.look();
      other.look();
      clock.pass(LOOK);
    }
    assertThat(folder.imports().newest(10, null)).hasSize(5);
    assertThat(names("done")).hasSize(10);
    assertThat(names(".taken")).isEmpty();
  }

  @Test
  void deletesWhatWasImportedLongAgo() throws Exception {
    Inbox at = inbox();
    put("polls.csv", POLLS);
    put("letter.txt", "Dear all,\n");
    look(at, 10);
    Files.writeString(inbox.resolve("done").resolve("mine.txt"), "not of the program");
    clock.pass(Duration.ofDays(29));
    look(at, 1);
    assertThat(names("done")).hasSize(3);
    clock.pass(Duration.ofDays(1));
    look(at, 1);
    assertThat(names("done")).containsExactly("mine.txt");
    assertThat(names("failed")).hasSize(2);
  }

  /** Ends the process at random in the middle of the queue, again and again. */
  @ParameterizedTest
  @Seeds
  void losesNoneAndImportsNoneTwice(long seed) throws Exception {
    Random random = new Random(seed);
    FileIntake cut =
        (file, order, said) -> {
          int what = random.nextInt(4);
          if (what == 0) {
            throw new Cut();
          }
          ImportRun run = new Direct().take(file, order, said);
          if (what == 1) {
            throw new Cut();
          }
          return what == 2 ? queued(run) : run;
        };
    int files = 20;
    for (int i = 0; i < files; i++) {
      put(
          i + ".csv",
          "store_id,status,timestamp_utc\n%d,active,2026-10-30 10:00:00 UTC\n".formatted(i));
    }
    look(inbox(cut), 1);
    for (int i = 0; i < 1_000 && names("done").size() < 2 * files; i++) {
      Inbox at = inbox(cut);
      try {
        look(at, 10);
      } catch (Cut e) {
        assertThat(folder.imports().newest(100, null).size()).isLessThanOrEqualTo(files);
      }
    }
    assertThat(names("done")).hasSize(2 * files);
    assertThat(names(".taken")).isEmpty();
    assertThat(folder.imports().newest(100, null)).hasSize(files);
    assertThat(folder.allPolls()).hasSize(files);
  }

  @Test
  void stopsTheStartWithoutAFolder() throws Exception {
    Files.writeString(inbox, "a file");
    assertThatThrownBy(this::inbox)
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("storewatch.inbox.folder")
        .hasMessageContaining("for example /var/lib/storewatch/inbox");
  }
}
